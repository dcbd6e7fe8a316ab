# The command line.

command-link = Link to choose the password. It works once, for 48 hours:
command-forbidden = This account may not do that: it takes somebody who works at a desk.
command-not-found = { $what } { $code } does not exist
record-worker = The person
record-family = The family
record-request = The request
record-sheet = The sheet
record-account = The account
record-session = The session
record-desk = The desk
record-partner = The partner
record-accompaniment = The accompaniment
record-term = The entry of the list
record-upload = This file
record-mail = The mail
record-introduction = The introduction
refused-desk-exists = There is a desk with the code { $code } or that prefix already. Choose others.
refused-partner-exists = There is a partner with the code { $code } already. Choose another.
refused-demo-not-empty = Demo data only go into an empty database. State a new one.
