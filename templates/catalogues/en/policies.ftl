# What administrators decide, row by row and from a day on.

nav-policy = Rules
policies-text = Every rule holds from a day on. Who wrote it, and when, stays written.
policies-weights = how much each part of the score counts.
policies-minimums = which rows of the table of minimums are wrong, and why.
policies-waves = which questions are asked after a sheet.
policies-factors = which roles sign in in two steps.
policies-local = who signs in by a password and who by the identity provider.
policies-kept = how long the log of who opened what is kept.
policies-backups = how often they are made, and how many are kept.

weights-title = How much each part of the score counts
weights-text = They sum to 100. No part looks at citizenship, origin, religion, age or family. Every sheet keeps the weights it was made with.
weights-since = These weights hold since { $date }.
weights-change = Change the weights
weights-heading = Weights
weights-part = { $name } { $weight }
weights-look = See the effect first
weights-effect = What would change today
weights-effect-text = Requests with others among the first five, or in another order: { $changed } of { $looked } of those opened last. Nothing is written yet.
weights-nobody = Nobody fits the requests opened last today. Nothing is written yet.
weights-now = The first now
weights-then = The first with these weights
problem-weights-sum = The weights sum to { $sum }. They must sum to 100.
problem-setting = Choose something from the list.

policies-notices = the texts that say how data is used, and who still has to know.

record-notice = The notice
notice-kind-worker = People looking for work
notice-kind-family = Families
notice-kind-care_recipient = People cared for
notice-kind-contact = Who decides for the person cared for
notice-title-care_recipient = Notice about data, for the person cared for
notice-title-contact = Notice about data, for who decides for the person cared for
told-how-mail = by mail
told-how-paper = on paper
told-how-screen = on the screen

notices-page-title = Notices about data
notices-page-text = A new text takes the place of the one before from the chosen day on. From that day on the desks find who has to know.
notices-held = { $kind }: text of { $date }.
notices-to-tell = To be told: { $total }.
notices-new = Publish a new text
notices-words = Text in { $language }
notices-reviewed = Somebody who has always spoken { $language } has read the text, and it is right
notices-unreviewed = { $language } (to be read)
notices-from-hint = Today or a day to come. An empty line parts two paragraphs. Languages left empty show the Italian.
notices-publish = Publish
notices-published = The text is published.
notices-history = The texts published
notices-for = For whom
notices-languages = Languages
problem-notice-kind = Choose for whom the text is.
problem-notice-day = Another text holds from this day on. Choose another day.
problem-notice-long = The text is too long: { $most } characters at the most.

inform-title = People to be told
inform-wait = { $kind }: { $total } to be told
inform-kind = { $kind }: { $total }
inform-or-more = { $number } or more
inform-text = { $kind }: from { $date } a new text on the use of data holds.
inform-read = The text
inform-none-heading = Nobody to be told
inform-none-text = Once a new text is published, whoever has to know of it stands here.
inform-by-mail = By mail
inform-by-mail-text = { $count ->
    [one] One person on the list has an address and wants mail.
   *[other] { $count } people on the list have an address and want mail.
}
inform-count = How many mails
inform-count-hint = Type the same number, to confirm.
inform-by-mail-do = Send the mails
inform-going = The mails of this notice are still being prepared, some at a time: there is nothing to do.
inform-stop-text = The mails of this notice that have not left yet can be stopped. Whoever would have got one is on the list again, and can be written to from tomorrow on.
inform-stop = Stop the mails
inform-stopped = { $count ->
    [one] One mail was stopped.
   *[other] { $count } mails were stopped.
}
refused-notice-wide = These mails are of all desks: they are stopped on the list of all.
inform-by-hand = In person
inform-who = { $count ->
    [one] One person to be told
   *[other] { $count } people to be told
}
inform-takes-mail = by mail
inform-how = How
inform-on = On which day
inform-by-hand-do = Mark as told
inform-told = { $count ->
    [one] One person is marked as told.
   *[other] { $count } people are marked as told.
}
inform-mails = { $count ->
    [one] One mail is ready to go.
   *[other] { $count } mails are ready to go.
}
inform-empty-heading = All told
inform-empty-text = Nobody is left on this list.
problem-nobody-chosen = Choose at least one person.
problem-told-how = Choose how.
problem-told-before = The day lies before the new text.
refused-notice-over = There is another text by now. Look at the list again.
refused-notice-going = The mails of this notice are being prepared already.
refused-mail-again = This mail goes no more: whoever should have had it was told meanwhile, or gets another one.
problem-count-again = The number is { $count }. Type this number to confirm.
notice-given = { $kind }, text of { $date }: { $how } on { $on }. { $name }
mail-kind-new_notice = Notice: new text on the use of data
fact-notice-given = Notice given

policies-retention = for how long each thing is kept, and what has gone already.
policies-thresholds = when something waits on the first page, for how long proposals, sheets and sessions hold, how many tries a sign-in has.

retention-title = How long things are kept
retention-text = When their time is over the program takes things away by itself, every night. Only how much stays written.
retention-on = A try: what would go by the day
retention-try = Try without erasing
retention-by = What goes by { $date }
retention-what = What
retention-kept = Is kept
retention-before = Goes when it is older than
retention-over = How much
retention-years = The figures of closed years do not change: they are counted apart.
retention-others = The rest
retention-went = What has gone
retention-nothing-went = Nothing so far.
retention-day = Day
retention-count = How much
retention-fixed-searches = Words searched in lists: 24 hours.
retention-fixed-sessions = Open sessions: the hours that the page of times says. Tries to sign in: one hour.
retention-fixed-receipts = Receipts of forms sent: 7 days.
retention-fixed-uploads = Files handed in: a day. Their report: 7 days.
retention-fixed-merges = How two records were before they were made one: 30 days.
retention-fixed-askings = Requests from the public: 3 days without confirmation, 30 days when refused, 180 days when accepted.
retention-fixed-fits = Who fitted a request: six whole years.
retention-fixed-accesses = Accesses at the desks have no names, and stay.
retention-rules-title = Change the times
retention-rules-text = A shorter time holds from the first night of the chosen day. What goes does not come back.

thresholds-title = After how long
thresholds-text = These numbers decide when something waits on the first page, and when the program asks or tells. They decide for how long a proposal, a sheet and a session hold, and after how many wrong tries one has to wait. A proposal, a sheet and a session keep the number of their day.

setting-mail_words = Words and addresses of mails that have left
setting-drafts = Forms not finished
setting-notes = Notes of the diary
setting-comments = Free comments in answers
setting-done_tasks = Things done about a person, with what they wrote
setting-askings = Requests from the public that nobody decided
setting-appointments = Appointments at the desk
setting-changes = How records were before each change
setting-workers = Who looks for work and is not heard of any more
setting-families = Families without requests
setting-stalled = Request without a sheet
setting-silent = Sheet without a word
setting-permits = Title of stay that ends
setting-ask = Question about hours, without news
setting-pause = Pause, without news
setting-proposals = Proposal that waits for a word
setting-sheets = Validity of a sheet
setting-remind_far = First word of an end
setting-remind_near = Second word of an end
setting-fresh = Availability that counts as confirmed
setting-calls = Call of the family after its sheet
setting-session_idle = Session without doing anything
setting-session_longest = Session in all
setting-tries_here = Wrong sign-ins to an account from one network
setting-tries_account = Wrong sign-ins to an account from everywhere
setting-tries_network = Wrong sign-ins from a network
setting-reads_hour = Records opened in an hour before it is noticed
setting-night_begins = Begin of the hours when no desk is open
setting-night_ends = End of the hours when no desk is open
setting-long_list = Rows of a list taken away before it is noticed
setting-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
setting-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
setting-days = { $count ->
    [one] one day
   *[other] { $count } days
}
setting-months = { $count ->
    [one] one month
   *[other] { $count } months
}
setting-tries = { $count ->
    [one] one try
   *[other] { $count } tries
}
setting-records = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
setting-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
setting-clock = { $hour } o’clock
setting-line = { $name }: { $number }
setting-point = { $name } (from { $least } to { $most })
setting-change = Change a number
setting-what = What
setting-which = Which
setting-value = How much
setting-value-hint = A number in the unit of the list above: minutes, hours, days, months, tries, records, rows or the hour of the day.

renew-title = Data that go
renew-text = Nothing has been heard of these people for long. If nobody says a word, their data may go from that day on. Any change of their record will do.
renew-wait-workers = { $count ->
    [one] One person looking for work
   *[other] { $count } people looking for work
}
renew-wait-families = { $count ->
    [one] One family
   *[other] { $count } families
}
renew-count = { $count ->
    [one] One record
   *[other] { $count } records
}
renew-line = told on { $asked }, may go from { $date } on
renew-do = Keep on
renew-kept = { $count ->
    [one] The data of one person stay.
   *[other] The data of { $count } people stay.
}
renew-empty-heading = Nothing goes
renew-empty-text = Nobody was told, or all have answered.
mail-kind-ask_to_keep = Question whether to keep the data

minimums-title = Minimum pay that is wrong
minimums-text = Where a row of the table of minimums is wrong, it is marked here with the reason. From that day on no offer is compared with that row, and sheets can go out.
minimums-none = No row is marked as wrong.
minimums-change = Mark a row
minimums-row = Row of the table
minimums-state = The row is
minimums-wrong = wrong
minimums-right = right
minimums-reason = Why
minimums-reason-hint = For example the source that says another figure. It is kept with the sheets that go out.
minimums-line = Table { $table }, level { $level }, from { $date }: { $amount }
minimums-said = { $row }: { $state } ({ $reason })
problem-minimum-row = Choose a row of the table.
problem-minimum-choice = Choose whether the row is wrong or right.
