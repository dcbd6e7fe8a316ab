# Records of people: doubles to be made one, and who is proposed to nobody for now.

same-link = The same person as…
same-title = { $name }: the same person as…
same-short = Same person
same-text = Where one person has two records, they can be made one. Here the other record is looked for.
same-words = Part of the name, phone or code
same-hint = Such as W-000123 or F-000045
same-do = Find the other record
same-alike = Who is alike
same-found = Who was found
same-none = No other record.
same-compare = Compare

pairs-link = Likely doubles
pairs-title = Likely doubles
pairs-text = Each line shows two records that may be one person’s. They are compared, and you decide. A pair that was settled does not come back.
pairs-count = { $count ->
    [0] No pair to look at.
    [one] One pair to look at.
   *[other] { $count } pairs to look at. At most 500 are shown.
}
pairs-two = They are two people
pairs-merged = The two records are one by now. On with the next pair.
pairs-different = Noted: they are two people. On with the next pair.

merge-title = Make two records one
merge-text = One record stays. The other’s code leads to it. Both histories are kept. It can be undone for { $days } days.
merge-hanging = What hangs on each record: all of it goes to the one that stays
merge-hanging-none = Nothing else hangs on either record.
merge-what = What
merge-keep = Which code stays?
merge-nothing-differs = The two records say the same.
merge-differs = { $count ->
    [one] One thing differs
   *[other] { $count } things differ
}
merge-proposed = The newer one is chosen already, or the one that is filled. Look, and change it where needed.
merge-alike = { $count ->
    [one] One thing is the same
   *[other] { $count } things are the same
}
merge-do = Make the records one
merge-back = Back to the pairs
merge-done = The two records are one by now.
unmerge-done = Undone: the two records are as they were.
merged-notice = The record { $code } went into this one.
merged-heading = Records that went into this one
merged-line = { $code }, put here by { $name }, { $when }.
merged-until = Can be undone until { $date }, as long as what was chosen then is not changed.
merged-over = Can’t be undone any more.
unmerge-done-newer = Undone: the two records are two again. Some data of this record had been chosen by the merge and changed since: they stay as they are now. Check them in the history below. Check the other record too, above all its state and authorisation.
unmerge-do = Undo it
history-under = record { $code }

problem-merge-stale = Somebody changed one of the two records meanwhile. Below is what they say now: look and confirm.
problem-merged = { $code } went into { $now }: use that code.
refused-unmerge-later = This record went into { $code } in its turn. Undo that first.
refused-unmerge-over = Making records one can be undone for { $days } days. They are over.

hanging-accreditation_ends = Ends of the accreditation
hanging-link_codes = Codes told by telephone
hanging-notices_given = Notices given
hanging-person_mails = Mails of the desk
hanging-person_tasks = Things to do
hanging-pool_words = Questions about hours
hanging-private_links = Private links
hanging-renewals = Questions whether to keep the data
hanging-askings = Requests from the public page
hanging-appointments = Appointments
hanging-proposals = Proposals
hanging-introductions = Introductions
hanging-disclosures = Times that data were shown
hanging-authorisations = Authorisations
hanging-mailings = Invitations to answer
hanging-notes = Notes of the diary
hanging-blocks = Safeguarding holds
hanging-sheets = Profile sheets
hanging-answers = Answers
hanging-calls = Calls to make
hanging-requests = Requests
hanging-restrictions = Restrictions

record-action-merged = made one with another record
record-action-merged_away = went into another record
record-action-unmerged = made two again
record-action-unmerged_away = a record of its own again
record-action-block_proposed = safeguarding hold: proposed
record-action-block_confirmed = safeguarding hold: confirmed by a second person
record-action-block_dropped = safeguarding hold: dropped
record-action-block_lift_asked = safeguarding hold: its end was asked for
record-action-block_lifted = safeguarding hold: over
record-action-block_kept = safeguarding hold: it stays
record-action-restricted = use of the data restricted
record-action-unrestricted = restriction lifted
record-action-erased = data erased

block-link = Safeguarding hold
block-title = Safeguarding hold: { $name }
block-short = Safeguarding hold
block-text = After a serious complaint a person can be held back: nobody proposes them any more. Two people of the desks are needed. It holds from the proposal on, so that nobody in danger has to wait. Nobody outside the desks reads why.
block-reason = Why
block-review-on = Day to look at it again
block-review-hint = Six months from now at the latest. Such as 27/3/2027
block-review-next = The next day to look at it
block-words = What the person says, in their own words
block-words-hint = Whoever is held back is heard before it is confirmed.
block-words-later = Can be written later. It is needed to confirm.
block-own-words = The person’s words:
block-lift-why = Why its end is asked for:
block-lift-words = Why it should end
block-propose = Propose to hold back
block-confirm = Confirm it
block-drop = I do not confirm: drop it
block-take-back = Take the proposal back
block-ask-lift = Ask that it end
block-lift = Confirm its end
block-keep = It stays
block-wait-second = Another person of the desks has to confirm. Until then nobody proposes them.
block-lift-second = Another person of the desks has to confirm. Until then it stays.
block-review = To be looked at again on { $date }.
block-ended = Holds that are over
block-standing-proposed = Proposed, to be confirmed
block-standing-confirmed = Held back
block-standing-lift_asked = Held back; its end was asked for
block-step-proposed = Proposed by { $name }, { $when }
block-step-confirmed = Confirmed by { $name }, { $when }
block-step-lift-asked = End asked for by { $name }, { $when }
block-step-lifted = End confirmed by { $name }, { $when }
block-step-dropped = Dropped by { $name }, { $when }
block-holds = Held back for safeguarding: nobody proposes them for now.
wait-blocks = Safeguarding holds to look at
wait-block-confirm = { $name }: to be confirmed
wait-block-lift = { $name }: its end was asked for
wait-block-review = { $name }: to look at again since { $date }

problem-block-reason = Choose a reason of the list.
problem-review-day = Write a day after today, six months from now at the latest.
problem-words-missing = Write at least a sentence.
refused-held-already = There is one already.
refused-own-word = Another person’s word is needed, or it was decided already.
refused-family-held = Nobody is proposed to family { $family } for now.
obstacle-held-back = { $worker }: nobody proposes them for now.

section-recipient = For whom help is asked
fact-recipient-name = Name of the person who is cared for
hint-recipient-name = Empty where it is the one who asks. Never their health.
fact-guardianship = Who decides with or for them
fact-guardian-name = Name of the one who decides
fact-guardian-phone = Phone of the one who decides
guardianship-none = Decides alone
guardianship-support_administrator = Support administrator
guardianship-guardian = Guardian
guardianship-curator = Curator
guardianship-attorney = Attorney, named by the person
problem-guardian-missing = Write who decides.

hand-over-drafts = { $count ->
    [one] A form that was put aside went too.
   *[other] { $count } forms that were put aside went too.
}
hand-over-proposals = { $count ->
    [one] With them a proposal to follow went.
   *[other] With them { $count } proposals to follow went.
}
hand-over-calls = { $count ->
    [one] A call to make went.
   *[other] { $count } calls to make went.
}
hand-over-conflicts = { $count ->
    [one] A contradiction to clear up went.
   *[other] { $count } contradictions to clear up went.
}
hand-over-went = Requests that went
record-action-handed_over = handed to another person of the desk

form-progress-to_begin = to begin
form-progress-under_way = under way
form-progress-complete = complete

record-merge = The merge
record-block = The hold

buttons-help = What these buttons do
buttons-help-link = the page that the person opens alone, to see and change their own data.
buttons-help-diffusion = the families, comuni and bodies that the sheet is not sent to.
buttons-help-rights = all the data in a file, limits on their use, erasure.
