"""What schools send in, from the form to the statement: mailboxes, claims, sending, deciding, letters."""
