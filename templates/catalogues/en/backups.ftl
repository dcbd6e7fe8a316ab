# The copies that the program makes by itself.

nav-backups = Backups
backups-title = Backups
backups-last = The last good copy is { $age } old.
backups-late = The last good copy is { $age } old: that is too old. Look why the others failed.
backups-none = There is no good copy yet.
backups-off = The program makes no copies: today’s rule says so.
backups-hours = { $count ->
    [0] less than an hour
    [one] an hour
   *[other] { $count } hours
}
backups-days = { $count ->
    [one] a day
   *[other] { $count } days
}
backups-rule = A copy every { $every } hours; { $kept } are kept; an alarm after { $alarm } hours without a good copy.
backups-rule-off = No copies.
backups-rule-heading = Rule
backups-folder = The copies lie in the folder
backups-elsewhere = A copy holds everything: take it to another machine too, where only administrators see it.
backups-make = Make a copy now
backups-asked = The copy was asked for: it begins at once.
backups-waits = A copy is being made.
backups-look-again = Look again
backups-not-here = This program makes no copies: the demo’s data go when it stops.
backups-empty-heading = No copy
backups-empty-text = The first begins within a few minutes, where the rule wants one.
backups-age = How long ago
backups-bytes = Size
backups-size = { $kilobytes } kB
backups-file = File
backups-by-itself = the program
backups-cut = The file is not as long as it was when it was made: do not use it.
backups-gone = The file is not in the folder any more, or is on another machine.
backups-no-tool = pg_dump of version { $version }, the server’s, is missing. Install postgresql-client-{ $version } on this machine.

backup-state-asked = asked for
backup-state-running = being made
backup-state-made = made
backup-state-failed = failed

backup-trouble-tool = The server’s tool is missing.
backup-trouble-room = The disk is full.
backup-trouble-folder = The folder of copies cannot be written to.
backup-trouble-damaged = What was written was not what was to be written.
backup-trouble-interrupted = The program ended in the middle.
backup-trouble-too_long = It came to no end, and was given up.
backup-trouble-other = Something went wrong.

backups-rules-title = When copies are made
backups-rules-text = An older copy goes only when there is a new one that was read again to its end. Those asked for by the button don’t count and stay: whoever keeps the machine takes them away. The folder is chosen by whoever keeps the machine.
backups-change = Change the rule
backups-every = Hours between two copies
backups-every-hint = Up to { $most }. Zero: the program makes no copies.
backups-alarm = Hours without a good copy until the alarm
backups-alarm-hint = Not fewer than between two copies, up to { $most }.
backups-kept = Copies kept
backups-kept-hint = From one to { $most }.
refused-no-copies = This program makes no copies: the demo’s data go when it stops.
