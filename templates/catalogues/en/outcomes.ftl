# Outcomes: how many requests with sheets became a job.

outcomes-rules = Rules of that day: weights of the score since { $date }, { $waves } questions after each sheet.
outcomes-period-turned = The period ends before it begins.
outcomes-period = Requests whose first sheet was issued from { $from } to { $to }, as known on { $today }.
outcomes-nothing = No request received its first sheet in this period.
outcomes-sentence = Of the { $requests } requests that received sheets, at least { $lower } and at most { $upper } became a job; among those old enough, our best estimate is { $weighted }.
outcomes-sentence-without-estimate = Of the { $requests } requests that received sheets, at least { $lower } and at most { $upper } became a job; not enough is known yet for an estimate.
outcomes-sentence-counts = Requests that received sheets: { $requests }. Became a job: at least { $lower }, at most { $upper }. They are too few for a percentage.
outcomes-opened = Requests opened in the period: { $opened }, without a sheet { $without }.
outcomes-excluded = Taken out: deaths { $died }, residential care { $residential }, moved away { $moved }, duplicates { $duplicate }.
outcomes-states = Filled { $filled }, filled elsewhere { $elsewhere }, not filled { $not }, in conflict { $conflict }, unknown { $unknown }.
outcomes-days-to-sheet = Days from opening to the first sheet: median { $median } (quartiles { $first } and { $third }).
outcomes-days-to-hire = Days from opening to the start of the job: median { $median } (quartiles { $first } and { $third }).
outcomes-strict = Even if one-sided words were wrong: between { $lower } and { $upper }.
outcomes-need-met = Need met, elsewhere too: between { $lower } and { $upper }.
outcomes-mature = Requests old enough (111 days since the first sheet): { $mature }.
outcomes-observed = Among these, where the outcome is known: { $observed } (Wilson 95% interval: { $lower } to { $upper }).
outcomes-assumption = The best estimate assumes that, for the same desk and arrangement, the silent are like those who answer. { $count ->
    [0] Every group has its own rate.
    [one] One group without known outcomes takes the rate of all.
   *[other] { $count } groups without known outcomes take the rate of all.
}
outcomes-answered = Introductions: { $introductions }. The family answered for { $family }, the worker for { $worker }, both for { $both }, at least one for { $any }.
outcomes-agreement = The two sides compared: both hired { $hired }, both no { $not }, the family only { $family }, the worker only { $worker }.
outcomes-kappa = They agree in { $agree } of the cases; Cohen’s kappa { $kappa }.
outcomes-regular = Hires: { $hired }; notified to INPS as far as known: at least { $yes }.
outcomes-tally = Other answers to the INPS question in the years of the period, kept as counts only: no { $no }, don’t know { $unknown }, rather not say { $silent }.
outcomes-fit = Both sides said whether it fits: { $both } times; both yes { $yes }.
outcomes-started = Jobs whose start is known: { $count }.
outcomes-retained = Still together after { $days } days: between { $lower } and { $upper }; Kaplan-Meier estimate { $estimate } (at risk { $at_risk }).
outcomes-reasons = Reasons for no, of both sides:
outcomes-by-desk = By desk:
outcomes-by-arrangement = By arrangement:
outcomes-by-partner = By partner:
outcomes-by-itself = no partner
outcomes-group = { $name }: { $requests } requests, between { $lower } and { $upper }, best estimate { $weighted }
outcomes-group-few = { $name }: { $requests } requests, at least { $lower } and at most { $upper } became a job
outcomes-no-rate = n/a

# The page of outcomes.
nav-outcomes = Outcomes
outcomes-title = Outcomes: how many requests became a job
outcomes-from = First sheet from
outcomes-to = First sheet to
outcomes-empty = There is nothing to count in this period yet. Numbers come when a request receives its first sheet.
outcomes-too-few = under 10
outcomes-too-small = There are too few requests in this year to tell any number.
outcomes-withholding = To protect people, groups with fewer than 5 requests and numbers from 1 to 2 (up to 4 where health is concerned) are not published (n.p.). Further numbers are left out with them, so that they cannot be worked out by subtraction.
outcomes-side-wave = { $side }: { $wave }
outcomes-between = { $name }: between { $lower } and { $upper }
outcomes-open-calls = { $count ->
    [0] No open call could settle any further request.
    [one] An open call, or a conflict, can still settle one request.
   *[other] Open calls and conflicts can still settle { $count } requests.
}
outcomes-key-certain = Certain
outcomes-key-open = Not known yet
outcomes-key-calls = Of these, can still be phoned
outcomes-key-estimate = Best estimate
outcomes-span-job = Became a job
outcomes-span-strict = Even if one-sided words are wrong
outcomes-span-need = Need met, elsewhere too

outcome-row-figure = What
outcome-row-criterion = Criterion
outcome-row-desk = Desk
outcome-row-arrangement = Arrangement
outcome-row-partner = Referred by
outcome-row-reason = Reason
outcome-row-channel = How it came
outcome-row-side = Who was asked

outcome-column-number = Number
outcome-column-share = Of requests with a sheet
outcome-column-rate = Per cent
outcome-column-q1 = First quartile
outcome-column-median = Median
outcome-column-q3 = Third quartile
outcome-column-hires = Jobs
outcome-column-lower = At least
outcome-column-upper = At most
outcome-column-estimate = Estimate
outcome-column-at_risk = At risk
outcome-column-asked = Invitations
outcome-column-rr1 = RR1
outcome-column-rr2 = RR2
outcome-column-family = Family
outcome-column-worker = Worker
outcome-column-requests = Requests
outcome-column-filled = Jobs, at least
outcome-column-filled_at_most = Jobs, at most
outcome-column-observed = Where known
outcome-column-weighted = Best estimate

outcome-column-kept_out = Workers that it alone kept out
outcome-column-nobody_first = Requests left with nobody

outcome-channel-mail = By the link
outcome-channel-phone = By telephone
outcome-channel-desk = At the desk
outcome-channel-partner = By a partner
outcome-channel-not_stated = Not stated

outcome-part-funnel = How far requests come
outcome-part-placement = How many become a job
outcome-part-states = Where they stand
outcome-part-requests = The requests counted
outcome-part-time = How many days it takes
outcome-part-retention = Still together
outcome-part-regular = Jobs notified to INPS
outcome-part-answered = Who answered
outcome-part-response = Response rates
outcome-part-channels = How answers come
outcome-part-agreement = The two sides compared
outcome-part-reasons = Reasons for no
outcome-part-blocked = What keeps workers out
outcome-part-exposure = Whose turn it is
outcome-part-by_desk = By desk
outcome-part-by_arrangement = By arrangement
outcome-part-by_partner = By partner

outcome-definition-funnel = Each step counts the requests that have certainly come so far, beginning with those whose first sheet was issued in the period. Talked: at least one worker on a sheet talked with the family. Met: they saw each other. Hired: at least one side, or the desk, says so, and it is not in conflict. INPS: somebody said yes, or the desk saw the receipt. Together: certainly together on that day. Whoever is silent is not counted, so the true numbers may be higher. Requests opened in the period stand apart, since a sheet may come later.
outcome-definition-placement = At least: requests that became a job, of all. At most: also those in conflict or unknown. The truth certainly lies between. The strict bounds hold even if one-sided words are wrong: they count what both sides say, or a document. Need met: also who found somebody elsewhere. Where known: jobs among the requests with a known outcome that are at least 111 days old, with the Wilson 95% interval. The best estimate weights the rates by desk and arrangement; it assumes that the silent are like those who answer.
outcome-definition-states = Filled: at least one hire. Filled elsewhere: the family found somebody without the desk. Not filled: no for every name, or the need ended. Conflict: one side says yes, the other no. Unknown: not known yet.
outcome-definition-requests = Opened: entered in the period. Without a sheet: of these, no name yet. Counted: first sheet in the period. Old enough: at least 111 days since the first sheet. The other lines say who is taken out and why: only where it was known within 15 days of the first sheet and nobody was hired.
outcome-definition-time = Days from the opening of the request to its first sheet, and to the start of the job where that is known. The median is the middle value; a quarter lie under the first quartile, a quarter above the third.
outcome-definition-retention = Jobs whose start is known. At least: certainly still together on that day. At most: all but those certainly ended. The estimate is Kaplan and Meier’s: jobs of which nothing more is known count up to the last day on which they were together. At risk: how many reach that day.
outcome-definition-regular = Of each hire only a yes about the notification to INPS is kept. Other answers are counted by year and desk, without names. The rate says how many said yes, at least.
outcome-definition-answered = An introduction is one name on one sheet. Counted is who answered at least once, in whatever way.
outcome-definition-response = Invitations of closed waves. RR1: complete answers of all. RR2: partial ones too. The rules are AAPOR’s. An answer after the close counts for the outcome, not here.
outcome-definition-channels = Every answer of the two sides, by how it came. A corrected answer counts again.
outcome-definition-agreement = Introductions of which both sides said hired or no. Agreement is the part in which they say the same. Cohen’s kappa takes out the agreement that would come by chance: 1 is full agreement, 0 is chance. The last lines count jobs of which both sides said whether it fits.
outcome-definition-reasons = The reason that a side gave where its last word is no. Who gave no reason is not counted.
outcome-definition-blocked = The program matches each request once, soon after it was opened. Here are the requests opened in the period, as they stood at that moment. The first column counts the workers whom that criterion alone kept out. The second counts the requests that nobody fitted, by the first criterion that kept somebody out.
outcome-definition-exposure = Active workers who fitted at least one request opened in the period. Counted is who stood on at least one sheet. The Gini coefficient says how far sheets fall to the same people: 0 is equal for all, 1 is one alone.
outcome-definition-by_desk = The requests of each desk’s families, reckoned like the total.
outcome-definition-by_arrangement = The requests of each arrangement, reckoned like the total.
outcome-definition-by_partner = The requests of the families that each partner sent, reckoned like the total.

outcome-figure-opened = Requests opened in the period
outcome-figure-sheets = First sheet in the period
outcome-figure-talked = Talked
outcome-figure-met = Met
outcome-figure-hired = Hired
outcome-figure-notified = Notified to INPS
outcome-figure-together_90 = Together at 90 days
outcome-figure-together_180 = Together at 180 days
outcome-figure-lower = Became a job, at least
outcome-figure-upper = Became a job, at most
outcome-figure-strict_lower = Even if one-sided words are wrong, at least
outcome-figure-strict_upper = Even if one-sided words are wrong, at most
outcome-figure-need_met_lower = Need met, at least
outcome-figure-need_met_upper = Need met, at most
outcome-figure-observed = Jobs where the outcome is known
outcome-figure-wilson_low = Wilson interval, low end
outcome-figure-wilson_high = Wilson interval, high end
outcome-figure-weighted = Best estimate
outcome-figure-borrowed_cells = Groups that borrow the rate of all
outcome-figure-open_calls = Requests that can still be settled
outcome-figure-filled = Filled
outcome-figure-filled_elsewhere = Filled elsewhere
outcome-figure-not_filled = Not filled
outcome-figure-conflict = In conflict
outcome-figure-unknown = Unknown
outcome-figure-without_sheet = Of these, without a sheet
outcome-figure-requests = Requests counted
outcome-figure-mature = Of these, old enough
outcome-figure-died = Taken out: death
outcome-figure-residential_care = Taken out: residential care
outcome-figure-moved = Taken out: moved away
outcome-figure-duplicate = Taken out: duplicate
outcome-figure-to_first_sheet = From opening to the first sheet
outcome-figure-to_hire = From opening to the start of the job
outcome-figure-after_90 = After 90 days
outcome-figure-after_180 = After 180 days
outcome-figure-tally_no = Other answers: no
outcome-figure-tally_dont_know = Other answers: don’t know
outcome-figure-tally_rather_not_say = Other answers: rather not say
outcome-figure-introductions = Introductions
outcome-figure-answered_family = The family answered
outcome-figure-answered_worker = The worker answered
outcome-figure-answered_any = At least one side
outcome-figure-answered_both = Both sides
outcome-figure-both_hired = Hired by both words
outcome-figure-family_only = Hired by the family’s word only
outcome-figure-worker_only = Hired by the worker’s word only
outcome-figure-both_no = No by both words
outcome-figure-agree = They agree
outcome-figure-kappa = Cohen’s kappa
outcome-figure-fit_both_answered = Both said whether it fits
outcome-figure-fit_both_yes = Of these, both yes
outcome-figure-looked = Matched by the program
outcome-figure-nobody = Of these, nobody fitted
outcome-figure-fitted = Workers who fitted at least one request
outcome-figure-introduced_once = On at least one sheet
outcome-figure-gini = Gini coefficient
