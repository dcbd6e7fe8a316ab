# Outcomes: how many requests with sheets became a job.

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
