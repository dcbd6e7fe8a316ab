# Workers.

workers-title = Workers
workers-search = Search for a person
workers-count = { $count ->
    [one] One person
   *[other] { $count } people
}
workers-empty-heading = Nobody
workers-empty-text = Nobody matches this search and these filters. Try fewer letters or clear the filters.
worker-out = Not proposed to any family now: { $why }.
worker-out-until = paused until { $date }
worker-out-paused = paused, without an end
worker-out-placed = has found work
worker-out-withdrawn = has left the service
worker-out-not-named = the authorisation to be named is missing
worker-out-named-from = the authorisation to be named holds from { $date }
worker-week-live-in = Living in: hours and rest to be agreed. The form states no other hours.
worker-week-none = No hours stated.
worker-week-caption = Availability over the week
worker-status-active = Looking for work
worker-status-paused = Paused
worker-status-placed = Placed
worker-status-withdrawn = Has left the service

section-person = Person and contacts
section-work = Work looked for
section-capabilities = Capabilities
section-permit = Title of stay
section-registration = Registration

fact-given-name = Given name
fact-family-name = Family name
fact-own-script = Name in own script
fact-phone = Telephone
fact-email = E-mail address
fact-contact-language = Language for contacts
fact-contact-by = Preferred contact
fact-comune = Municipality
fact-arrangements = Arrangements accepted
fact-availability = Availability
fact-available-from = Available from
fact-confirmed-on = Availability confirmed on
fact-max-km = Kilometres at most
fact-extra-comuni = Further municipalities accepted
fact-relocates = Would move to live in
fact-max-hours-week = Hours a week at most
fact-min-pay-hour = Least hourly pay
fact-min-pay-month = Least monthly pay
fact-skills = Skills
fact-qualifications = Qualifications
fact-languages = Languages
fact-experience = Experience
fact-accreditation = Accreditation (Tuscany, LR 82/2009)
fact-permit-type = Kind
fact-permit-until = Ends on
fact-renewal-receipt = Renewal receipt
fact-work-right-confirmed = Right to this work confirmed
fact-registered-on = Registered on
fact-consent-on = Authorisation to be named, since
fact-share-without-asking = May be named without asking each time
fact-paused-until = Paused until
fact-pause-reason = Reason of the pause
fact-desk = Desk

contact-by-email = by e-mail
contact-by-phone = by telephone
contact-by-desk = at the desk
accreditation-none = none
accreditation-pending = pending
accreditation-yes = yes
sex-f = female
sex-m = male
sex-x = not stated
experience-years = { $count ->
    [one] one year
   *[other] { $count } years
}

introductions-heading = Introductions
introductions-none = No introduction so far.
disclosures-heading = To whom data were disclosed
disclosures-none = No data disclosed so far.
disclosure-issued = sheet issued
disclosure-printed = sheet printed
