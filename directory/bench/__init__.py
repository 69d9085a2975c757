"""The benchmark: invented schools by the million, the site beside a floor, and the goals it is held to."""
