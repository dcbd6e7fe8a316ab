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

unusual-title = What is out of the ordinary
unusual-text = In the last { $days } days: who opened more than { $most } records in an hour, who opened any between { $evening } and { $morning } o’clock, which lists of more than { $rows } rows left. It is a question to ask whoever did it, no blame.
unusual-empty-heading = Nothing out of the ordinary
unusual-empty-text = Nobody opened many records in an hour, or any at night, and no long list left.
unusual-many = { $count ->
    [one] One record in an hour
   *[other] { $count } records in an hour
}
unusual-night = { $count ->
    [one] One record at night
   *[other] { $count } records at night
}
unusual-export = { $count ->
    [one] A list that left, of one row
   *[other] A list that left, of { $count } rows
}

kept-title = How long the log is kept
kept-text = Lines are kept for { $days } days; then they are erased, and their seal stays. Administrators choose only how long: they can neither take a line out nor change one.
kept-change = Change how long
kept-days = Days kept
kept-days-hint = From { $least } (six months) to { $most } (ten years).

# The record of processing, which “dom privacy register” writes.

register-title = Record of processing activities
register-made = Written on { $day } from the database and the configuration in use.
register-to-complete = The body adds who the controller and the data-protection officer are. It also decides whether these are the legal bases.
register-undescribed = Nobody wrote down what these columns are for: { $columns }
register-measures = What guards the data
register-days = { $count ->
    [one] one day
   *[other] { $count } days
}
register-months = { $count ->
    [one] one month
   *[other] { $count } months
}
register-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
register-copies = every { $hours } hours, { $kept } are kept
register-head-data = Data
register-head-people = Of whom
register-head-recipients = Who sees them
register-head-kept = For how long
register-head-where = Where they stand
register-purpose-access_log = Counting contacts at the desks
register-purpose-accountability = Knowing who saw what, and being able to tell
register-purpose-care = Understanding which help is needed
register-purpose-follow_up = Knowing whether a meeting became a job
register-purpose-naming = Giving the family the sheet with the name
register-purpose-operation = Running the program
register-purpose-safeguarding = Stopping who may do harm
register-purpose-security = Letting in only who may come in
register-purpose-service = Bringing together people who look for work and families
register-purpose-statistics = Statistics
register-basis-accountability = Duty to account
register-basis-authorisation = The person’s authorisation to be named
register-basis-consent = Consent, taken back in one step
register-basis-health_needs = Reasons of substantial public interest
register-basis-public_task = Task in the public interest
register-basis-security = Security of processing
register-data-answers = Answers and outcomes
register-data-authorisation = Authorisations, limits and refusals
register-data-availability = Hours and availability
register-data-birth = Date of birth
register-data-citizenship = Citizenship
register-data-contact = Ways to reach somebody
register-data-credentials = Keys, as a hash alone where that can be
register-data-disclosure = Sheets handed out and to whom
register-data-history = History of the case
register-data-household = Family ties and guardianship
register-data-identity = Name and code
register-data-needs = Tasks and needs of care
register-data-notes = Notes
register-data-pay = Pay
register-data-permit = Title of stay
register-data-place = Comune, zone, address
register-data-policy = Rules and lists
register-data-reads = Who opened what
register-data-safeguarding = Safeguarding holds
register-data-sex = Sex, or the sex asked for with its ground
register-data-skills = Skills and experience
register-data-staff = Name and role of who works with the program
register-data-statistics = Counts
register-data-technical = Technical data
register-data-visit = Contact at a desk, without a name
register-people-family = who asks for the family
register-people-guardian = guardian
register-people-nobody = no person
register-people-partner_staff = who works at a partner
register-people-recipient = person cared for
register-people-staff = who works at a desk
register-people-visitor = who comes to a desk
register-people-worker = who looks for work
register-recipient-administrator = administrators
register-recipient-desk = the desks
register-recipient-family = the family
register-recipient-mail_server = the mail server
register-recipient-nobody = nobody
register-recipient-partner = the partner that sent the family
register-recipient-public = everybody
register-recipient-readers = who reads the reports, in numbers alone
register-recipient-worker = who looks for work
register-kept-accounts = While there is the account, then as a trace
register-kept-appointments = From the day of the appointment
register-kept-askings = If nobody decides; after the decision 30 days, or as long as the person’s record is there
register-kept-changes = After the change
register-kept-comments = From the writing of the comment
register-kept-copies = The last 800 rows
register-kept-done_tasks = After it is done
register-kept-drafts = After the last change
register-kept-file_bytes = Until the file is loaded, or at most
register-kept-files = After loading
register-kept-fits = Six whole years
register-kept-forms = One week
register-kept-kept = Without end: it is the trace of rules and facts
register-kept-mail = After delivery
register-kept-merge = After the records were made one
register-kept-night = Until the night
register-kept-notes = From the writing of the note
register-kept-password_links = Until used, or at most
register-kept-reads = From the opening
register-kept-record = While there is the person’s record
register-kept-revisions = While a program needs them
register-kept-searches = One day
register-kept-sessions = Twelve hours
register-kept-statistics = Without end: it does not tell whose it is
register-kept-throttles = One hour without a try
register-measure-copies = Copies of the database
register-measure-disclosures = Every sheet that goes out leaves a line that the person can see
register-measure-mail_leaves = Mail leaves by a server
register-measure-passwords = Passwords are kept as a hash
register-measure-reads = Who opens data of persons is written down, under seal
register-measure-roles = Each role opens its own pages alone
register-measure-second_factor = Must sign in in two steps
register-measure-sessions = A sign-in lasts at most
register-measure-site_encrypted = The site is reached encrypted alone
register-measure-withheld = Small numbers are not published
