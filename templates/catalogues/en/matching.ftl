# Who fits, and why. The "reason" sentences stand on the sheet too: the family reads them.

match-title = People who fit { $code }
match-counts = People who fit: { $fits }. People who look for work: { $pool }.
match-none-heading = Nobody fits
match-none-text = Below stands who nearly fits and what limits the search. Below that, who could cover the hours together.
match-none-lost = Nobody nearly fits, and no team covers the hours.
match-none-revise = Nobody nearly fits, and no team covers the hours. It helps to go through the request again with the family, beginning with what keeps out most people: { $wishes }.
match-edit = Change the request
match-legend = A band holds those whose points are nearly the same. Inside a band, whoever had fewer introductions comes first: that is their turn.
match-choose = Choose
match-band = band { $band }
match-score = { $score } points of 100
match-no-asking = needs no asking
match-to-ask = to be asked first
match-warnings = To look at before proposing
match-points = Points, one by one
match-turn = Turn
turn-never = no introduction so far
turn-last = last introduced { $date }; requests in the last 90 days: { $count }
match-week-caption = Hours asked for and availability of { $name }
match-prepare = Prepare the sheet with those chosen
match-nobody-chosen = Nobody was chosen. Tick “Choose” beside at least one name, then press again.
match-ways-text = “Ask whether it suits” sends the proposal to those chosen, and the sheet comes after their yes. “Prepare the sheet” is for those who have said yes already, by telephone or once for all.
match-not-open = The request is not open: no sheet can be prepared.
match-show-all = { $count ->
    [one] Show the only person who fits
   *[other] Show all { $count } people who fit
}
match-orders = Order of the list
match-order-rules = Order of the rules
match-order-near = Nearest first
match-order-hours = Most hours covered first
match-order-confirmed = Confirmed most lately first
match-order-turn = Waiting longest first
match-other-order = This is another way to look at the list, no more. Bands and turns stay those of the rules. Whoever goes past a better band still says why.
match-revision = The list as of now. Whenever data change, so does this number: { $revision }
match-near-heading = { $count ->
    [0] Nobody nearly fits
    [one] One nearly fits
   *[other] { $count } nearly fit
}
match-near-none = Nobody misses by a single criterion and by little.
match-limits-heading = What limits this search
match-limits-text = For each criterion, how many people it alone keeps out.
match-limits-none = No single criterion keeps anybody out.
match-held-text = Nobody is kept out narrowly by a single criterion. For each criterion, how many people it keeps out, together with others too.
match-teams-heading = { $count ->
    [0] No team
    [one] One team
   *[other] { $count } teams
}
match-teams-none = No two or three people cover the hours together.
match-teams-cut-short = There are too many combinations to look at them all: here are those found before the search stopped.
match-team-covers = Together they cover { $hours } hours a week.
match-team-forms = Possible forms:
match-introduced-heading = { $count ->
    [0] No introduction so far
    [one] One introduction for this request already
   *[other] { $count } introductions for this request already
}
match-reverse-heading = { $count ->
    [0] No open request fits
    [one] One open request fits
   *[other] { $count } open requests fit
}
legal-form-job_sharing = job sharing in one contract
legal-form-separate_contracts = a contract of their own for each
legal-form-rest_day_cover = cover of rest days

criterion-arrangement = Arrangement
criterion-area = Area
criterion-skills = Skills
criterion-qualification = Qualifications
criterion-languages = Languages
criterion-start = Start
criterion-permit = Title of stay
criterion-hours = Hours a week
criterion-pay = Pay
criterion-accreditation = Accreditation
criterion-worker_sex = Sex
criterion-coverage = Hours
component-coverage = Hours covered
component-preferred_skills = Preferred skills
component-distance = Nearness
component-italian = Knowledge of Italian
component-experience = Experience
component-freshness = Availability confirmed lately

reason-all-hours = Covers all { $hours } hours a week asked for.
reason-some-hours = Covers { $covered } of the { $hours } hours a week asked for.
reason-live-in = Is available to live in.
reason-skills = Can do what is needed: { $skills }.
reason-preferred-skills = Can also do: { $skills }.
reason-same-comune = Lives in the same municipality.
reason-distance = Lives { $km } km away, as the crow flies.
reason-languages = Speaks the languages asked for: { $languages }.
reason-experience = { $count ->
    [one] Has one year of experience.
   *[other] Has { $count } years of experience.
}

short-arrangement = does not accept this arrangement: { $arrangement }
short-metres = lives { $km } km beyond the distance accepted
short-sea = the sea lies between
short-skills = missing: { $names }
short-qualification = has none of these qualifications: { $names }
short-languages = below the level asked for: { $names }
short-start-days = { $count ->
    [one] available one day after the start
   *[other] available { $count } days after the start
}
short-permit-days = { $count ->
    [one] the title of stay ends one day too early
   *[other] the title of stay ends { $count } days too early
}
short-permit-title = the title of stay does not allow this work, or has to be confirmed
short-permit-no-date = the end of the title of stay is not known
short-hours = { $hours } hours beyond what they can or want to work
short-pay = { $amount } short of the least pay they ask for
short-accreditation = accreditation: { $state }
short-sex = the sex is not the one asked for
short-coverage = hours not available: { $week }

warning-long-day = A long day: { $day }, { $hours } hours of work. That is beyond the daily limit.
warning-short-rest = Short rest: after { $day } only { $hours } hours are left.
warning-no-free-day = The week has no free day.
warning-many-nights = { $count ->
    [one] There is one night of work a week.
   *[other] There are { $count } nights of work a week.
}
warning-permit-ends = The title of stay ends on { $date }.
