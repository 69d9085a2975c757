"""Pages for schools, without an account: a private page opened by a link in a mail, and forms."""
