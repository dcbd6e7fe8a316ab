# Mail and telephone calls of the follow-up, as operators see them.

nav-mail = Mail

mail-title = Mail
mail-count = { $count ->
    [one] One mail
   *[other] { $count } mails
}
mail-empty-heading = No mail
mail-empty-text = Mail that waits, was sent or was stopped appears here.
mail-kept-text = There is no mail server. Mail stays here, and is read here.
mail-filter = Status
mail-filter-do = Show
mail-state-queued = waiting
mail-state-sending = being sent
mail-state-sent = sent
mail-state-kept = kept here
mail-state-failed = not delivered
mail-state-cancelled = stopped
mail-kind-survey = First question
mail-kind-first_reminder = First reminder
mail-kind-last_reminder = Last reminder
mail-kind-test = Test
mail-kind-proposal = Proposal to a worker
mail-kind-proposal_over = Proposal that no longer stands
mail-kind-sheet_to_family = Word to the family after the sheet
mail-kind-sheet_to_worker = Word to the worker after the sheet
mail-column-what = What
mail-column-due = To be sent
mail-column-tries = Tries
mail-column-trouble = Last problem
mail-one-title = Mail no. { $id }
mail-body-to-come = The text is written when the mail leaves.
mail-body-gone = The text is gone: the mail has left, or its time is over.
mail-plain = Text
mail-links = Links
mail-retry = Try again now
mail-cancel = Do not send
mail-done-retry = The mail goes with the next round.
mail-done-cancel = The mail will not go.
mail-done-test = The test mail waits. It goes with the next round: its state is shown here.
mail-test-heading = A test mail
mail-test-hint = The mail says only that mail works.
mail-test-do = Send the test
refused-mail-done = This mail does not wait any more.
mail-test-subject = Test of the mail
mail-test-text = This mail is a test. If it has arrived, mail works.

nav-calls = Calls
calls-title = Calls to make
calls-text = On top stand the names drawn by lot: with them three tries are made. Then whoever has the fewest days left.
calls-count = { $count ->
    [one] One call to make
   *[other] { $count } calls to make
}
calls-empty-heading = No call to make
calls-empty-text = Whoever did not answer the mail, or asked to be phoned, appears here.
calls-mine = My desk only
calls-all = All desks
calls-conflicts = Introductions to clear up
calls-column-about = About whom
calls-column-wave = Question
calls-column-until = Until
calls-drawn = drawn by lot
calls-wave-w1 = after 15 days
calls-wave-w2 = after 90 days
calls-wave-w3 = after six months of work
calls-wave-w4 = after a year of work
call-title = Call to { $name }
call-phone = Telephone
call-language = Language
call-about = About
call-no-phone = there is no number
call-script = “Good morning, I am calling from the desk. Some time ago a sheet with the name of { $name } went out. May I ask how it went? You need not answer.”
call-questions = Questions
call-save = Record the answers
call-saved = The answers are recorded.
call-tries = Tries
call-no-tries = No try yet.
call-try = No answer to record
call-try-how = How the call went
call-try-do = Record the try
call-tried = The try is recorded.
call-try-non_contact = Nobody answered, or not the right person
call-try-refusal = Does not want to answer
call-try-break_off = Broke off the call
call-try-unable = Is not able to answer
call-try-language = No common language
call-try-died = The person cared for has died
call-text = Text to copy into an SMS or WhatsApp
call-text-do = Prepare the text
call-finding = What the desk found
refused-call-over = There is nothing more to ask about this.
refused-call-too-soon = A try was made a short while ago. Try at another hour.
conflicts-title = Introductions to clear up
conflicts-text = One side says that there is a job, the other says no. The desk calls and writes what it finds.
conflicts-empty-heading = Nothing to clear up
conflicts-empty-text = Both sides say the same, or only one has answered.
finding-title = What was found: { $code }
finding-said = What was said
finding-nothing = Has not said anything yet.
finding-via = How it came
finding-who-family = Family
finding-who-worker = Worker
finding-who-desk = Desk
finding-notes = Notes
finding-form = Write what was found
finding-result = Is there a job?
finding-result-hired = Yes
finding-result-no = No, there is none
finding-document = Document seen
finding-document-none = None
finding-document-hint = Only the kind of document is kept, never the document.
finding-note = Note
finding-note-hint = What was made clear, and how. Only operators read it. At most 1,000 characters.
finding-save = Record
finding-saved = What was found is recorded.
problem-finding-result = Choose yes or no.
problem-finding-document = A document can be seen only where there is a job.
problem-finding-note-missing = Write a note of what was made clear, and how.
problem-finding-note = The note is too long: at most 1,000 characters.

# Begin and end of a job.
wait-jobs-begun = Jobs that began, to be noted
wait-jobs-ended = Jobs that ended, to be noted
wait-job = { $worker } with { $family }
column-job = Job
job-link = Begin and end of the job
job-title = Job from { $code }
job-said-hired = Somebody said that there is a hire.
job-said-nothing = So far nobody said that there is a hire.
job-begin = The job began
job-begin-text = The request becomes filled. Others who were asked are told at once. What becomes of the worker is chosen below. It can be undone.
job-begin-hours = Take these hours off the availability: { $hours }
job-begin-placed = Looks for nothing more
job-begin-left = Leave the worker as they are
job-end = The job ended
job-end-text = First the worker is asked whether they look again, and the family whether it searches anew.
job-end-reopen = The family searches anew: open the request again
job-end-back = Looks again, with the hours of before
job-end-left = Leave the worker as they are now
job-changes = What was done
job-event-begun = Begin
job-event-ended = End
job-undo = Undo
job-begun-saved = The begin is noted.
job-ended-saved = The end is noted.
job-undone-saved = Everything is as it was before.
job-others = Others who had been asked
job-others-text = They too had been asked for this request. Who has e-mail is written to by itself, the others are phoned.
job-other-mail = A mail tells them.
job-other-phone = To be phoned, or this text can be copied into a message.
job-other-task = Note the call
refused-job-begun = The begin of this job is noted already.
refused-job-ended = The end of this job is noted already.
refused-job-undone = This is undone already, or something else was done since.
refused-job-choice = A choice is missing: what becomes of the worker.

# The partners' pages.
nav-partner = My families
partner-title = Families sent by this partner
partner-text = Here are the introductions of the families that this partner sent. What came of them can be written down.
partner-empty-heading = No introduction yet
partner-empty-text = When a family that this partner sent receives a sheet, it appears here.
partner-count = { $count ->
    [one] One introduction
   *[other] { $count } introductions
}
partner-column-known = What is known
partner-state-hired = Hired
partner-state-no = Not hired
partner-state-unknown = Not known yet
partner-form = What the family says
partner-introduction = Introduction { $code }

# Which questions are asked: the rule, with its history.
nav-waves = Follow-up
waves-title = Which questions are asked
waves-text = After each sheet both sides are asked how it went. Each question stays open for 21 days.
waves-first = 15 days after the sheet: was somebody chosen?
waves-second = 90 days after the sheet: is there a hire?
waves-third = Six months after the start of the job: do they still work together?
waves-fourth = A year after the start of the job: do they still work together?
waves-on = asked
waves-off = not asked
waves-change = Change the fourth question
waves-choice = Question after a year
problem-waves-choice = Choose whether the question is asked.
