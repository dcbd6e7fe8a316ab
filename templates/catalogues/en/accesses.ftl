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
