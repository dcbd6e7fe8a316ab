# Requests.

requests-title = Requests
requests-search = Search by family or code
requests-count = { $count ->
    [one] One request
   *[other] { $count } requests
}
requests-empty-heading = No request
requests-empty-text = No request matches this search and these filters. Try fewer letters or clear the filters.
request-title = Request { $code }
request-needed-by = urgent: needed by { $date }
request-from = from { $date }
request-who-fits = People who fit
request-week-caption = Hours asked for over the week
request-status-open = Open
request-status-paused = Paused
request-status-filled = Filled
request-status-closed = Closed
request-status-withdrawn = Withdrawn
arrangement-hourly = hourly
arrangement-live_in = live-in
arrangement-night = night
live-in-hours = live-in, { $hours } hours a week
coverage-percent = at least { $percent }% of the hours

section-need = What is needed
section-terms = Terms
fact-arrangement = Arrangement
fact-schedule = Hours
fact-coverage = Share of the hours to be covered
fact-start-date = Start
fact-end-date = End
fact-required-skills = Required skills
fact-preferred-skills = Preferred skills
fact-required-qualifications = One of these qualifications
fact-required-languages = Required languages
fact-self-sufficient = The care recipient manages the acts of the day alone
fact-worker-sex = Sex asked for
worker-sex-with-ground = { $sex }, for personal hygiene
fact-max-pay-hour = Offer by the hour
fact-max-pay-month = Offer by the month
fact-ccnl-level = Contract level
fact-public-contribution = Public contribution
fact-covers = Covers the rest days of request
fact-opened-on = Opened on

proposals-heading = Proposals
proposals-none = No proposal so far.
proposal-state-proposed = waiting for a word
proposal-state-accepted = said yes
proposal-state-declined = said no
proposal-state-expired = no word, expired
