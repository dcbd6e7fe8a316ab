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
issue-skipped = Why not somebody of a better band?
issue-skipped-hint = Among those who fit there is at least one of a better band who was not chosen.
issue-what-happens = On issue the sheet gets its number, and it is on record who was named to whom.
issue-do = Issue the sheet
issue-back = Back to the choice
standing-needs_no_asking = needs no asking: availability confirmed lately
standing-accepted = said yes
standing-declined = said no
standing-to_ask = to be asked first

obstacle-inactive = { $worker } no longer looks for work: the status is not active.
obstacle-no-authorisation = The authorisation to be named is missing for { $worker }.
obstacle-not-asked = { $worker } has not said yes yet. Ask, then note the day.
obstacle-declined = { $worker } said no to this request.
obstacle-already-introduced = { $worker } has been introduced for this request already.
obstacle-permit = The title of stay of { $worker } does not do for this work.
obstacle-accreditation = { $worker } is not accredited, and there is a public contribution.
obstacle-duplicate = { $worker } stands there twice.
refused-number-of-workers = A sheet names one to { $most } people.
refused-number-taken = Others took the sheet’s number too often. Try again.
refused-request-not-open = Request { $request } is not open.
refused-sheet-revoked = Sheet { $number } is revoked.
refused-no-reason = Choose the reason.
refused-no-skip-reason = Choose why somebody of a better band was not proposed.
refused-below-minimum = The offer of { $offer } € is below the minimum of { $minimum } € of level { $level }, in force since { $since } ({ $source }). Raise the offer.
refused-already-proposed = { $worker } is waiting for an answer on this request already.
refused-not-proposed = { $worker } has not been asked for this request.
refused-not-waiting = The proposal to { $worker } no longer waits for a word.
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
sheet-square-code = Square code that leads to the verification:
sheet-phone = Telephone
sheet-reasons = Why it fits
sheet-profile = Profile
sheet-comune = Municipality
sheet-languages = Languages
sheet-skills = Skills
sheet-experience = Experience
sheet-qualifications = Qualifications
sheet-accreditation = Accreditation
sheet-accredited = Accredited under Tuscany’s LR 82/2009
sheet-availability = Availability over the week
sheet-page = Page { $page } of { $pages }
sheet-week-covered = needed and free
sheet-week-missing = needed, not free
sheet-week-spare = free, not needed
sheet-week-free = free
sheet-week-none = no hours
