# Profile sheets: the pages and the printed sheet.

sheets-title = Profile sheets
sheets-count = { $count ->
    [one] One sheet
   *[other] { $count } sheets
}
sheets-empty-heading = No sheet
sheets-empty-text = Sheets are prepared from an open request, by choosing among those who fit.
sheet-page-title = Sheet { $number }
sheet-issued-notice = Sheet { $number } is issued. It can be printed now.
sheet-workers = People named
sheet-fingerprint = SHA-256 digest
sheet-print = Print the sheet (PDF)
sheet-revoke-heading = Revoke the sheet
sheet-revoke-text = A revoked sheet can no longer be printed, and its verification says that it is revoked. The introductions stay.
sheet-revoke-reason = Reason
sheet-revoke-do = Revoke

issue-title = Sheet for request { $code }
issue-recipient = The sheet goes to { $name }.
issue-asked = Asked by telephone, said yes
issue-asked-on = On the day
issue-skipped = Why was nobody of a better band chosen?
issue-skipped-hint = At least one person who fits is of a better band and was not chosen.
issue-what-happens = On issue the sheet gets its number. It is on record who was named, and to which family.
issue-do = Issue the sheet
issue-back = Back to the choice
standing-needs_no_asking = needs no asking: availability confirmed lately
standing-accepted = said yes
standing-declined = said no
standing-to_ask = to be asked first

obstacle-inactive = { $worker } does not look for work now: the status is not active. Take this person off the choice.
obstacle-no-authorisation = The authorisation to be named is missing for { $worker }. Obtain it, or take this person off the choice.
obstacle-not-asked = { $worker } has not said yes yet. Ask, then note the day.
obstacle-declined = { $worker } said no to this request. Take this person off the choice, or ask again.
obstacle-already-introduced = { $worker } has been introduced for this request already. Take this person off the choice.
obstacle-permit = The title of stay of { $worker } does not do for this work. Check the title and when it ends.
obstacle-accreditation = There is a public contribution, and { $worker } has no accreditation. Take this person off the choice.
obstacle-duplicate = { $worker } stands there twice. Leave one line.
refused-number-of-workers = A sheet names one to { $most } people. Change the choice.
refused-number-taken = Other sheets took the number of this one. Try again.
refused-request-not-open = Request { $request } is not open. Open it again, or choose an open request.
refused-sheet-revoked = Sheet { $number } is revoked and no longer of use. Issue a new one if need be.
refused-no-reason = Choose the reason.
refused-no-skip-reason = Choose why somebody of a better band was not proposed.
refused-below-minimum = The offer of { $offer } € is below the minimum of { $minimum } € of level { $level }, in force since { $since } ({ $source }). Raise the offer.
refused-already-proposed = There is a proposal to { $worker } for this request already, waiting for an answer. Wait for the answer, or record it.
refused-not-proposed = There is no proposal to { $worker } for this request. Propose first.
refused-not-waiting = The proposal to { $worker } no longer waits for an answer. Make a new one if need be.
refused-before-proposed = The word of { $worker } would come before the proposal. Check the day.
refused-in-the-future = The word of { $worker } would be in the future. Check the day.

sheet-title = Profile sheet
sheet-recipient = Handed to
sheet-request = Request
sheet-schedule = Hours
sheet-start = Start
sheet-issuer = Issued by
sheet-date = Date
sheet-valid-until = Valid until
sheet-verification-code = Verification code
sheet-verification = Verify at
sheet-square-code = QR code that leads to the verification:
sheet-phone = Telephone
sheet-reasons = Why it fits
sheet-profile = Profile
sheet-comune = Municipality
sheet-languages = Languages
sheet-skills = Skills
sheet-experience = Experience
sheet-qualifications = Qualifications
sheet-accreditation = Accreditation
sheet-accredited = Yes, under Tuscany’s LR 82/2009
sheet-availability = Availability over the week
sheet-page = Page { $page } of { $pages }
sheet-week-covered = hours needed and available
sheet-week-missing = hours needed, not available
sheet-week-spare = hours available, not needed
sheet-week-free = hours available
sheet-week-none = no hours
