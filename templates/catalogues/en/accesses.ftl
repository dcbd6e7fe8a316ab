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

access-title = Access log
access-new-heading = A new contact
access-correct-heading = Correct a contact
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
access-entered = Entered. Today there are { $count }.
access-entered-case = Entered. Today there are { $count }. Accompaniment { $case } is open.
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
