# The access log and the yearly report.

accesses-year = Contacts of the year { $year }. In brackets the year before.
accesses-desk = Desk { $desk }: { $count } ({ $before }).
accesses-front-desk = At the desk: { $count } ({ $before }).
accesses-phone-email = By telephone and e-mail: { $count } ({ $before }).
accesses-first = First contacts: { $count } ({ $before }).
accesses-italian = Contacts of Italian citizens: { $count } ({ $before }).
accesses-prevailing = Most frequent: age { $age_band }, sex { $sex }.
accesses-nothing = no data
accesses-reasons = First reasons:
accesses-citizenships = First foreign citizenships:
accesses-months = By month, from January: { $months }.
accesses-cases = Accompaniments: { $total }, of them { $before } opened before; closed { $closed }, still open { $over }. Quick ones: { $quick }.
accesses-comuni = By comune of residence:
accesses-elsewhere = Other comuni and elsewhere
accesses-comuni-differ = The comuni add up to { $comuni }, contacts at the desk are { $front_desk }: the comune may also be told by telephone or e-mail, and is not always told at the desk.
accesses-dom = DOM: workers registered { $workers } ({ $workers_before }), families that received sheets { $families } ({ $families_before }).

access-what = Contacts with the desk are counted here, without names. Who has seen a person’s data stands on the person’s page, under “Rights”.
access-title = Access log
access-new-heading = A new contact
access-correct-heading = Correct a contact
access-repeats = The form holds the answers of the last contact entered. For another person, go through them one by one.
access-blank = Empty the form
access-keys = The Tab key goes from field to field. In fields with numbers, a number chooses and goes on to the next field; in the others the first letters are enough. Enter saves from any field.
access-waiting = The network is down: # waiting. They are sent by themselves when it is back; keep this page open.
access-signed-out = The session is over: # waiting. Sign in again in another tab; they are then sent by themselves.
access-not-asked = not stated
access-other-places = Other places
access-other-comune-hint = Only if it is not in the list.
access-date-hint = Empty: today.
access-count-hint = How many equal contacts. Empty: one; at most { $count }.
access-enter-do = Enter
access-correct-do = Save the correction
access-correct-leave = Leave it as it is
access-correct = Correct
access-undo = Undo
access-own-heading = Today
access-today = { $count ->
    [0] No contact entered today at the desk.
    [one] One contact entered today at the desk.
   *[other] { $count } contacts entered today at the desk.
}
access-own-none = Contacts entered by this page stand here.
access-own-text = The latest entered by this page: only here, and only today, can they be corrected.
access-entered = { $count ->
    [one] Entered: the first of today.
   *[other] Entered. Today there are { $count }.
}
access-entered-case = Entered (today: { $count }). Accompaniment { $case } is open.
access-already = It had been entered before: it was not counted twice.
access-corrected = Corrected.
access-undone = Undone: it no longer counts.
access-gone = There was nothing left to undo.
access-is-first = first contact
access-field-channel = Channel
access-field-first_access = First contact?
access-field-sex = Sex
access-field-age_band = Age
access-field-citizenship = Citizenship
access-field-comune = Comune
access-field-permit_type = Title of stay
access-field-referred_by = Sent by
access-field-reason = Reason
access-field-activation = What was done
access-field-activation-more = What was done ({ $number })
access-field-accompaniment = Accompaniment
access-field-mediation = Language mediation
access-field-other-comune = Another comune
access-field-date = Day
access-field-count = How many

cases-title = Accompaniments
cases-count = { $count ->
    [0] No accompaniment.
    [one] One accompaniment.
   *[other] { $count } accompaniments.
}
cases-text = An accompaniment has a number, the day it was opened and the day it was closed: nothing else. Entering a contact opens it.
cases-empty-heading = No accompaniment
cases-empty-text = When a contact opens an accompaniment, its number stands here.
case-open = open
case-close-on = Closed on
case-close = Close
case-reopen = Open again
case-closed = Accompaniment closed.
case-reopened = Accompaniment open again.
column-case = Number
column-opened = Opened on
column-closed = Closed on
column-change = Change

access-import-title = Load contacts from a file
access-import-text = The file has one row a contact and the columns of the format “accesses”. Only rows of your own desk are allowed. The same rows read twice count once.
access-import-file = CSV or XLSX file
access-import-file-hint = Without names, telephones or anything that tells who somebody is: such a column makes the whole file be refused.
access-import-year = Year
access-import-year-hint = Where stated, rows of another year are rejected.
access-import-year-wrong = Write a year from 2002 on, with four digits.
access-import-no-file = Choose a file.
access-import-try = Try it, write nothing
access-import-load = Load it
access-import-tried = A try: nothing was written
access-import-loaded = Loaded
access-import-not-loaded = Nothing was written
access-import-unknown = Words that no list knows
access-import-unknown-administrator = Say in its list what each of them means; then try the same file again.
access-import-unknown-operator = An administrator can say what they mean; then try the same file again.
access-import-rows = Rows
access-import-rejected = Rejected rows (the first hundred)

vocabularies-title = Lists of the access log
vocabularies-text = What one chooses from when entering a contact. A code once used is not deleted: it is renamed, taken out of use from a day on, or passes into another.
vocabulary-title = List: { $list }
vocabulary-list = List
vocabulary-in-use = In use
vocabulary-retired = No longer in use
vocabulary-code = Code
vocabulary-code-hint = Small letters, digits and _. It stays for ever.
vocabulary-label-it = Italian label
vocabulary-label-en = English label
vocabulary-state = State
vocabulary-used = in use
vocabulary-used-until = in use until { $date }
vocabulary-merged-after = in use until { $date }, then { $code } stands for it
vocabulary-fixed = The report stands on these: they can be renamed and moved, not added or taken away.
vocabulary-add-heading = A new one
vocabulary-add-do = Add it
vocabulary-added = Added.
vocabulary-saved = Saved.
vocabulary-label-heading = What files call it
vocabulary-label-text = Where older files use another word, say here what it stands for.
vocabulary-label = Word in the file
vocabulary-label-means = Means
vocabulary-label-do = Keep it in mind
vocabulary-label-kept = Files may now use this word.
vocabulary-term-title = Entry: { $label }
vocabulary-term-code = The code { $code } stays the same.
vocabulary-change = Change
vocabulary-rename-hint = The former name is still read from files.
vocabulary-position = Place in the list
vocabulary-position-hint = 1 is the first; what stands there or behind moves by one.
vocabulary-retired-on = Last day of use
vocabulary-retired-on-hint = Empty: it stays in use. Contacts of before keep it.
vocabulary-merged-into = After that day stands
vocabulary-merged-into-hint = Files that still say this one count for the other. The past stays as it is.
vocabulary-merge-none = nothing
vocabulary-save = Save
vocabulary-leave = Leave it as it is
