"""Many programs of a school in one spreadsheet: read, kept row by row, mended in the browser, sent as one."""
