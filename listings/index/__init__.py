"""The listings in memory: which schools meet what is asked, how many, in which order."""
