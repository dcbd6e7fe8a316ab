# The forms of the desk: registering people, families and requests.

form-title-new-worker = A new person who looks for work
form-title-new-family = A new family
form-title-new-request = A new request
form-title-edit = Change: { $name }
form-new-worker = Register a person
form-new-family = Register a family
form-new-request = New request
form-edit = Change
form-parts = Parts of the form
form-save = Save
form-save-by-key = Ctrl+Enter saves from anywhere in the form.
form-keep = Keep it and go on later
form-leave = Leave without saving
form-saved = Saved.
draft-kept = Kept. It is found on the home page, also after signing in again.
draft-kept-by-itself = What was typed is safe: it is found on the home page.
draft-kept-at = Safe at { $when }
draft-kept-before = Safe at { $when }, the latest changes not yet
draft-not-kept = What was typed is not safe yet

form-problem = { $label } – { $why }
form-empty = Type or choose something.
form-required = { $label }: type or choose something.
form-one-of = { $label }: choose one of the list.
form-unreachable = { $label }: a telephone or an e-mail address is needed, or contact at the desk.
form-sex-without-ground = { $label }: a sex can be asked for only with its ground.
form-ground-without-sex = { $label }: there is a ground, but no sex.
form-coverage-range = { $label }: from 0.1 to 100, with one decimal at most.

form-others = { $name } is changing this record: last typed { $when }, not saved yet. Whoever saves second sees both versions, and nothing is lost.
stale-heading = Somebody else changed these data meanwhile
stale-by = { $name } saved, { $when }. Nothing is lost: what is typed here is still there.
stale-by-somebody = Nothing is lost: what is typed here is still there.
stale-taken = Changed by the other person alone, and taken over here:
stale-none = Nothing was changed by both. Saving again is enough.
stale-choose = Both sides changed these. Choose, then save.
stale-heading-own = These data were saved from here already
stale-by-oneself = { $name } saved, { $when }: perhaps in another page, or before going back. Nothing is lost: what is typed here is still there.
stale-taken-own = Changed by that saving, and taken over here:
stale-none-own = There is nothing to choose. Saving again is enough.
stale-choose-own = The form says these otherwise than the saved record. Choose, then save.
stale-mine = Keep what the form says:
stale-theirs = Take what was saved:

section-authorisation = Authorisation to be named
section-tasks = Tasks and abilities
section-worker-sex = Sex of the worker

fact-sex = Sex on the document
fact-birth-date = Date of birth
fact-citizenship = Citizenship
fact-experience-years = Years of experience
fact-notice-version = Version of the notice handed over
fact-consent-how = How they said yes
fact-consent-folder = Folder of the signed paper
fact-family-code = Code of the family
fact-work-comune = Municipality of the work
fact-live-in-hours = Hours of living in
fact-coverage-percent = Part of the schedule to cover, per cent
fact-needed-by = Needed by
fact-worker-sex-ground = Ground
fact-status = State
fact-close-reason = Reason of the closing
fact-excluded = Left out of the outcomes
fact-excluded-on = Left out of the outcomes on
fact-code = Code

hint-optional = May be left empty.
hint-name = As on the document, in Latin letters.
hint-date = Day, month and year, for example 23/11/2026.
hint-citizenship = For the statistics only. Need not be said, and never counts in a choice.
hint-reachable = A telephone or an e-mail address is needed. Who has neither comes to the desk.
hint-comune = Type the name. Those of the region complete themselves.
hint-comuni = One municipality a line.
hint-week = For example: Mon-Fri 08:00-13:00; Sat 09:00-12:00
hint-schedule = For example: Mon-Fri 08:00-13:00; Sat 09:00-12:00. Not needed for living in.
hint-max-km = Needed unless living in is the only arrangement.
hint-amount = In euro, for example 8.50.
hint-amount-month = In euro a month, for example 1200.00.
hint-languages = Levels from A1 (beginner) to C2 (like one’s own).
hint-required-languages = The level that the work really needs.
hint-permit = Some titles end on a day. For others the desk has to confirm.
hint-consent = The day they said yes. Without it the person stays registered but is proposed to nobody.
hint-notice = The date stands at the foot of the paper.
hint-family-code = On the family’s page, for example F-000045.
hint-live-in-hours = Counts for living in alone.
hint-covers = The code of the live-in request, where this one covers its rest days.
hint-coverage = Usually 100.
hint-end-date = Empty where the work has no end.
hint-needed-by = Only if it is urgent, for example after a stay in hospital.
hint-tasks = What there is to do. Never the person’s illnesses.
hint-worker-sex = For personal hygiene alone. A second person of the desk has to confirm it.
hint-sex = Counts in no choice, but where a family asks for it for personal hygiene.
hint-contact-by = Proposals, questions and answers go this way.
hint-contact-language = Messages and pages come in this language.
hint-desk = The desk that looks after it. The others see it too.
hint-arrangements = All that would be accepted.
hint-relocates = Counts for living in alone.
hint-skills = What they can do: families read it on the sheet. Two look alike: with “Medication reminder” the person takes the medicine without help; with “Assistance with giving medication” the worker gives it, as health staff say.
hint-qualifications = Only those already held.
hint-experience = Whole years.
hint-accreditation = Needed where public money pays for the care.
hint-renewal-receipt = If renewal was asked for and the receipt is there.
hint-work-right = To be ticked once the desk has looked at the title.
hint-consent-how = Needed together with the date.
hint-consent-folder = Where the paper is found again, for example 12.
hint-share = Holds while the availability was confirmed lately.
hint-referred-by = Who sent the family, unless it came by itself.
hint-guardianship = Who signs and says yes for the person cared for.
hint-guardian = Only where somebody else decides.
hint-preferred-skills = Who has them comes first; who has not is proposed all the same. Two look alike: with “Medication reminder” the person takes the medicine without help; with “Assistance with giving medication” the worker gives it, as health staff say.
hint-required-qualifications = One will do. Empty: none is needed.
hint-ccnl-level = Beside the form stands which one the tasks lead to.
hint-public-contribution = If so, whoever works must be accredited.
hint-self-sufficient = Washing, dressing, eating, moving. The level of the contract depends on it.
hint-relation = What whoever asks is to the person cared for.
hint-arrangement = By the hour, at night, or living in the home of the person cared for.

consent-how-paper = on paper, signed
consent-how-screen = on the screen, at the desk
sex-ground-personal_hygiene = personal hygiene
skill-group-personal_care = Care of the person
skill-group-health_related_support = Support of health
skill-group-household = Household
skill-group-mobility = Getting about
skill-group-childcare = Children
language-number = Language { $number }
language-level-number = Level { $number }

paint-label = Paint the week
paint-help = Drag with the mouse. With a finger: a tap marks one box, and going sideways marks several. Press for a moment, and then drag up and down too. By keys: arrows to move, space to mark, shift and arrows to mark several.
paint-unread = The text can’t be read as a schedule yet.
paint-hours = { $hours } hours a week.
paint-undo = Undo
paint-clear = Empty the week

refused-sex-not-confirmed = The request names the worker’s sex. Before any search, a second person of the desk has to confirm it.
refused-sex-own-word = Whoever named the sex can’t confirm it. Ask a colleague.
record-draft = The form that was kept
record-filter = The saved filter

fits-heading = { $count ->
    [0] No open request that fits, so far
    [one] One open request that fits
   *[other] { $count } open requests that fit
}
fits-missed-heading = The nearest of the others, and what is missing
fits-missed-text = The open requests that fewest things keep them from. It also answers why somebody is not among those who fit.
fits-show = Open requests that fit

history-heading = History
history-put-back = Put back as it was
history-as-before = The form is filled as it was before the change of { $when }. Nothing is saved yet.
history-none = Nothing was changed at the desk.
history-by-itself = the program
history-change = { $label }: before “{ $before }”, then “{ $now }”
record-action-created = registered
record-action-changed = changed
record-action-sex_confirmed = the sex asked for was confirmed
exclusion-died = died
exclusion-residential_care = moved into residential care
exclusion-moved = moved away
exclusion-duplicate = duplicate

authorisation-recorded = Notice { $notice }, { $how }. Recorded by { $name }.
authorisation-folder = The signed paper is in folder { $folder }.
worker-birth-doubtful = The date of birth is less than { $years } years ago: check the year.
record-phone-doubtful = The telephone number { $number } is not recognised: it stays as it is written. Check it.
problem-notice-later = this notice is in force from a day after the signature: choose the one of then
refused-draft-of-another = This form is a colleague’s, who has not saved it yet: only whoever typed it opens it. The requests of somebody away are taken with the hand-over, from the first page.
worker-permit-no-date = The end of the title of stay is missing. Until it is known, the person is not proposed.
worker-permit-to-confirm = The right to this work has to be confirmed. Until then the person is not proposed.

drafts-heading = Forms that were kept
draft-new-worker = A new person
draft-new-family = A new family
draft-new-request = A new request
draft-of = Change of { $code }
draft-since = last changed { $when }
draft-discard = Throw away
draft-restore = Bring back
drafts-thrown = { $count ->
    [one] A form that was thrown away can still be brought back
   *[other] { $count } forms that were thrown away can still be brought back
}

request-cover-rest = Open the request for the rest days
request-sex-waits = The request names the worker’s sex, for personal hygiene. A second person of the desk has to confirm that it is really needed.
request-sex-confirm = I confirm: it is needed for personal hygiene

advice-heading = Advice on the schedule
advice-do = Work it out and look who fits
advice-nothing-yet = Choose the arrangement and type the schedule. What the agreement says will show here.
advice-form = Form of contract
advice-hours = Hours
advice-hours-week = { $hours } a week
advice-people = People needed
advice-people-least = { $count ->
    [one] one at the least
   *[other] { $count } at the least
}
advice-level = Level that seems right
advice-level-unknown = Can’t be said yet: the tasks are needed, and whether the person manages the day alone.
advice-minimum = Minimum in force
advice-no-level = Nothing is compared without a level.
advice-no-row = The table has no row for this level. Nothing is compared.
advice-row-wrong = The row is marked as wrong ({ $reason }): nothing is compared.
advice-no-offer = There is no offer of this kind: nothing is compared.
advice-offer-below = The offer is below this minimum.
advice-offer-enough = The offer meets this minimum.
advice-amount = { $amount } { $unit } for level { $level }.
advice-below = The offer of { $offer } is below the minimum of { $minimum }. As long as it is, no sheet can go out.
advice-broken-week = One person alone would work { $hours } hours a week. The limit is { $limit }.
advice-broken-day = { $day }: one person alone would work { $hours } hours. The limit is { $limit }.
advice-broken-rest = { $day }: one person alone would rest { $hours } hours on end at most. { $limit } are needed.
advice-broken-free = One person alone would have { $hours } hours off on end in the week at most. { $limit } are needed.
advice-broken-window = { $hours } hours lie outside { $limit }.
advice-sources = Where the figures come from
advice-source = Limits since { $since }: { $source }
advice-source-table = Table { $table } since { $since }: { $source }
advice-cost = Contributions and the total cost are worked out on the INPS site, by its simulator for domestic work.
advice-fits-unknown = Something is missing still before it can be seen who fits.
advice-fits = { $count ->
    [0] Nobody fits these data.
    [one] One person fits these data.
   *[other] { $count } people fit these data.
}
advice-fits-before = With the saved data: { $before }.
advice-if-begins = If { $day } began at { $time }: { $more } more.
advice-if-ends = If { $day } ended at { $time }: { $more } more.
advice-if-all-begin = If every day began half an hour later: { $more } more.
advice-if-all-end = If every day ended half an hour earlier: { $more } more.
contract-form-live_in = living in
contract-form-live_in_reduced = living in, reduced hours
contract-form-hourly = by the hour, not living in
contract-form-rest_cover = cover of rest days
contract-form-night_care = care by night
contract-form-night_presence = presence by night alone
pay-unit-hour = an hour
pay-unit-month = a month
pay-unit-day = a day

sign-in-typed-kept = The session has ended. What stood in the form is not lost: it comes back after signing in.

likely-heading = Maybe there already
likely-none = So far nobody alike is found. Name, telephone, e-mail and date of birth are compared.
likely-in-short = Perhaps already here: { $name }. Look
likely-in-short-more = Perhaps already here: { $name }, and { $count ->
    [one] another person
   *[other] { $count } others
}. Look
advice-in-short = { $count ->
    [one] Advice on the hours: one thing to look at
   *[other] Advice on the hours: { $count } things to look at
}
likely-do = Look who is there already
likely-another = It is another person: save all the same
likely-waits = What was typed in the form has been put aside.
likely-back = Back to the form
problem-likely = This person may be there already. Look at who is alike. If it is another person, say so and save.
likeness-same_name = the same name
likeness-similar_name = a similar name
likeness-phone = the same telephone
likeness-email = the same e-mail address
likeness-birth_date = the same date of birth

form-title-standing = State: { $name }
section-standing = Pausing, closing, opening again
standing-change = Pause, close, open again
hint-paused-until = For a pause alone: its last day. On the day after it ends by itself.
hint-pause-reason = For a pause alone. In brackets, from whom it comes.
hint-close-reason = For closing alone. In brackets, from whom it comes.
hint-request-status = Filled: the desk saw to it. Closed: ended otherwise. Withdrawn: the family asks no more.
hint-excluded = Only if the request must not count among the outcomes.
problem-pause-over = the pause must end after today
from-side-worker = from the worker
from-side-family = from the family
from-side-both = from one of the sides
from-side-desk = from the desk
record-action-active = looking for work again
record-action-open = opened again
record-action-paused = paused
record-action-placed = placed
record-action-withdrawn = left the service, or taken back
record-action-filled = filled
record-action-closed = closed

diary-link = Contact diary
diary-title = Contact diary: { $name }
diary-text = Short notes, reserved to the desks. They never serve to search or choose people.
diary-on = Day
diary-words = Note
diary-hint = For example: called, no answer; would like Tuesdays. 500 letters at most.
diary-do = Write the note
diary-notes = Notes
diary-none = No note so far.
diary-erase = Erase
diary-erased = Erased.
problem-note-empty = Write the note.
record-note = The note

charge-of = In charge: { $name }.
charge-nobody = Nobody is in charge.
charge-take = Take charge
record-action-taken = taken in charge
hand-over-title = Handing over
hand-over-text = To another person of the desk go: the open or paused requests and the closed ones about which something is still to be done, with the proposals, calls and contradictions about them, and the forms that were put aside. Who did what before stays written down.
hand-over-from = From
hand-over-to = To
hand-over-do = Hand over all requests
hand-over-done = { $count ->
    [0] No request to hand over.
    [one] One request went over.
   *[other] { $count } requests went over.
}
problem-no-colleague = Choose a person of the desk.
problem-same-colleague = Choose two different people.

home-whose = Whose
home-scope-mine = Mine
home-scope-desk = My desk’s
home-scope-all = Everybody’s
wait-nothing = Nothing waits now.
wait-search = Search in this list
wait-alike = Nobody is in this list with these letters. Shown are names spelt alike: { $words }.
wait-not-found = Nobody in this list answers to these words.
wait-urgent = Urgent requests
wait-proposals = Proposals without a word
wait-sex = Sex asked for, to be confirmed
wait-stalled = Requests open for { $days } days or more without a sheet
wait-untouched = Requests to look at: nobody is proposed yet
wait-calls = Calls to make
wait-call = { $name }, about { $about }
wait-conflicts = Answers that contradict each other
wait-all = All { $count }
wait-permits = Titles of stay that end within { $days } days, or have ended
wait-unconfirmed = Availability not confirmed for more than { $days } days
wait-paused-requests = Requests paused without an end
wait-paused-workers = People paused without an end
wait-request = { $request }, { $family }, { $comune }, opened on { $date }
wait-proposal = { $worker } for { $request }, asked on { $date }
wait-worker-day = { $worker }: { $date }

to-tell-heading = Families to be told
to-tell-text = These sheets hold no longer: the person withdrew, nobody proposes them for now, or they don’t want their sheet to go there. The families that received them have to be told, but not why.

tour-title = Guided tour
tour-offer = Ten steps show how one works here.
tour-done = Don’t offer it any more
tour-done-text = The first page offers it no more. It stays at the foot of every page.
tour-intro = Ten steps, in the order of the work. Each leads to the real page. The link at the foot of every page leads back here.
tour-in-demo = Here the people are made up: everything can be tried without harm.
tour-demo = Here the data are real. There are made-up data to practise on: whoever runs the program opens them with the command “dom demo”.
tour-go = Open the page
tour-help = Every question of the forms has its help beside it. What is written can always be put right.
tour-step-today = Beginning the day
tour-text-today = The first page lists what waits, the most pressing first. Each line opens the thing to do.
tour-step-search = Finding somebody
tour-text-search = Part of a name, a telephone or a code is enough. Status, arrangement and desk narrow the list. That choice can be saved, for the whole desk too.
tour-step-worker = Registering who looks for work
tour-text-worker = The sections are filled in any order. What is typed keeps itself. The hours are painted on the grid or typed.
tour-step-family = Registering a family and its request
tour-text-family = First the family, then the request. Beside the hours stand the contract, how many hours, the level and the least pay.
tour-step-match = Seeing who may do
tour-text-match = In the list of requests each leads to those who fit, with the reasons. Beneath are those who nearly do, and what limits the search.
tour-step-ask = Asking, before a name is told
tour-text-ask = Whoever looks for work says yes or no before the family knows who they are. They are asked by mail, by a text to copy, or by voice.
tour-step-sheet = Giving the sheet
tour-text-sheet = The sheet has a number and a last day. It is printed, or sent with a code that is told by telephone.
tour-step-follow = Hearing how it went
tour-text-follow = After the sheet one asks whether a job began. Whoever does not answer by mail is called from here.
tour-step-access = Noting a contact
tour-text-access = Every contact at the desk is noted in seconds and without names.
tour-step-paper = Using paper
tour-text-paper = Blank forms and notices are printed in eight languages. Then one writes in which folder the signed sheet lies.
