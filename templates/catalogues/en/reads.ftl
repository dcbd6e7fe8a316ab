# The log of who opened what.

nav-reads = Who opened what
reads-title = Who opened what
reads-text = Every page with data of persons leaves a line, also when an administrator opens it. Nothing can be changed here. After { $days } days the lines are dropped, and only their seal stays.
reads-command = command line
reads-head = Seal of the whole log
reads-head-text = It is well written down elsewhere now and then. The command “dom audit verify” checks every seal and writes the same one.
reads-account = Who
reads-everybody = everybody
reads-record = Code
reads-record-hint = For instance W-000123. Leave it empty for all.
reads-do = Show
reads-count = { $count ->
    [one] One sealed minute
   *[other] { $count } sealed minutes
}
reads-empty-heading = No line
reads-empty-text = So far nobody opened data of persons, or nobody with this choice.
reads-who = Who
reads-desk = Desk
reads-what = What
reads-of = Whose, or which list
reads-sealed = sealed
reads-open = to be sealed

kept-title = How long the log is kept
kept-text = Lines are kept for { $days } days; then they are erased, and their seal stays. Administrators choose only how long: they can neither take a line out nor change one.
kept-change = Change how long
kept-days = Days kept
kept-days-hint = From { $least } (six months) to { $most } (ten years).
