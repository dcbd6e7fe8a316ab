# Proposals as the desk sees them: asking, the list, one proposal, where a sheet does not go.

nav-proposals = Proposals
match-propose = Ask whether it suits
match-propose-these = Ask those who were chosen
match-left-out-heading = { $count ->
    [one] One person left out
   *[other] { $count } people left out
}
match-left-out-text = Their sheet does not go to this family. The family is told nothing.
match-left-out-wish = left out at the worker’s wish
match-left-out-declined = said no to this family

propose-title = Asking for request { $code }
propose-told-heading = What the worker is told
propose-told-text = Nothing more. Of the person to be cared for nothing is said.
propose-whom = Who is asked
refused-out-of-reach = This request can’t be proposed to { $worker }: they are neither among those who fit, nor among the near misses, nor in a team.
propose-not-asked = is not asked
propose-language = In { $language }
propose-how = How they are asked
propose-way-mail = by mail
propose-way-phone = by telephone, or by a text to copy
propose-way-desk = by word of mouth, at the desk
propose-do = { $count ->
    [one] Ask one person
   *[other] Ask { $count } people
}
propose-at-once = Prepare the sheet with those who need no asking

refused-already-accepted = { $worker } has said yes to this request already. The sheet can be issued.
refused-declined-before = { $worker } said no to this family. If they changed their mind, take the limit off their page first.
refused-too-many-asked = At most { $most } people are asked at once. Take some away.
refused-nobody-to-ask = Among those chosen there is nobody to ask.
refused-proposal-over = This proposal is closed already, or there is nothing left to do.
refused-no-word = Choose yes or no.
refused-limits-many = There are too many limits for this person. Better talk with them, and change their status.
refused-limit-there = This limit is there already.
obstacle-left-out = { $worker } does not want their sheet to go here. Take this person off the choice.
problem-not-found = cannot be found
problem-limit-kind = choose whether it is a family, a comune or a partner

proposal-state-cancelled = cancelled
proposals-which = Which proposals
proposals-show-waiting = Without a word
proposals-show-to_issue = Sheets to issue
proposals-show-to_phone = To phone
proposals-show-to_review = Data to review
proposals-show-all = All
proposals-count = { $count ->
    [one] One proposal
   *[other] { $count } proposals
}
proposals-empty-heading = No proposal
proposals-empty-text = Proposals are made from an open request, by choosing among those who fit.
proposals-column-on = Asked on
proposals-column-until = Waits until
proposals-next-wait = Record the answer
proposals-next-issue = Issue the sheet
proposals-next-phone = Phone
proposals-next-review = Review the data
proposals-next-again = Ask again
proposals-next-nothing = Open

proposal-title = { $worker } for { $request }
proposal-to-phone = to phone
proposal-phone-asked = They asked to be phoned.
proposal-phone-undelivered = The mail did not arrive.
proposal-phone-over = They have to be told that the job is gone.
proposal-phoned-do = Phoned
proposal-skipped = Why not a better band
proposal-answered = Answered on
proposal-reason = Reason of the no
proposal-why-over = Why it was cancelled
proposal-over-undone = taken back by the desk
proposal-over-request_over = the request is closed
proposal-over-worker_away = the person is not looking now, or may not be named
proposal-via-phone = by telephone
proposal-via-desk = at the desk
proposal-via-link = by their link
proposal-issue = Prepare the sheet
proposal-again = Ask again
proposal-changed = The terms changed after they were asked. Ask again: a sheet only stands on a yes to those of today.
proposal-review-heading = Data to review with the person
proposal-review-text = Nothing changes by itself: the page opens filled in, and is saved only after you talked.
proposal-review-edit = Open their data
proposal-review-done = Not needed
proposal-suggests-hours = They said no because of the hours: perhaps they are not free then.
proposal-suggests-pay = They said no because of the pay: perhaps they ask for more than this offer.
proposal-suggests-distance = They said no because of the distance: perhaps the kilometres on record are too many.
proposal-suggests-tasks = They said no because of the tasks: perhaps some skills are to be taken off.
proposal-suggests-live_in = They said no to living in: perhaps they no longer want to live where they work.
proposal-suggests-found_work = They found work: perhaps their status has changed.
proposal-suggests-temporarily_away = They are away at this time: perhaps a pause is needed.
proposal-text-how = The text is in the person’s language. It holds a link by which they can say yes or no.
proposal-text-label = Text to copy into an SMS or WhatsApp
proposal-copy = Copy the text
proposal-copied = Copied.
proposal-word-heading = Record the answer
proposal-word-label = What they said
proposal-word-yes = Yes
proposal-word-no = It is a no
proposal-reason-label = If no, the reason
proposal-via-label = How
proposal-word-do = Record
proposal-undo-heading = Take the proposal back
proposal-undo-text = This can be done while there is no answer. The link stops working.
proposal-undo-do = Take back
proposal-done-asked = Done. The proposals are below.
proposal-done-answer = The answer is recorded.
proposal-done-undo = The proposal is taken back.
proposal-done-phoned = Done.
proposal-done-review = Done: the data stays as it is.

wait-to-issue = Said yes: sheets to issue
wait-to-phone = Proposals: people to phone
wait-to-review = Data to review after a no
wait-silent = Sheets without a word for { $days } days or more
wait-sheet = { $number }, { $family }, { $request }, issued on { $date }

record-proposal = The proposal
record-limit = The limit
record-action-limit_added = new limit on the sheet
record-action-limit_lifted = limit on the sheet lifted

diffusion-link = Where the sheet does not go
diffusion-title = Where the sheet of { $name } does not go
diffusion-text = The person may say to which families, comuni or partners their sheet must not go. The family is told nothing. A sheet that is there already is revoked, and whoever has it has to be told.
diffusion-none = No limit.
diffusion-add = New limit
diffusion-kind-label = What it is
diffusion-kind-family = Family
diffusion-kind-comune = Comune
diffusion-kind-partner = Partner
diffusion-ground-wish = at their wish
diffusion-ground-declined = said no to a proposal
diffusion-whom = The family’s code, or the name of the comune
diffusion-whom-hint = For example F-000012, or Grosseto. Leave it empty for a partner.
diffusion-partner = The partner, if it is one
diffusion-do = Add
diffusion-lift = Lift

notices-link = Who is told
notices-title = Who is told of sheet { $number }
notices-text = The family knows whom to phone, and by when. Workers know that a call may come.
notices-none = Nobody to tell: the sheet is revoked, or older than this page.
notices-family = calls
notices-worker = will be called
notices-by-mail = Told by mail.
notices-by-phone = to be told

propose-part = These hours only: { $hours }
proposal-words-heading = What was written down
proposal-word-line = { $said }, on { $day }, { $via }. Written on { $at }: { $by }.
proposal-word-by-worker = the worker, by the link
proposal-correct-heading = Correct the answer
proposal-correct-text = If the answer was written down wrong, enter the right one here. The one before stays on record.
refused-sheet-stands = A sheet that names { $worker } stands on this answer. Revoke the sheet first.
