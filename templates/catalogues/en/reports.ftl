# The yearly report of the accesses, what is published.

nav-reports = Access report

report-title = Yearly report of accesses { $year }
report-year = Year
report-show = Show
report-together = All desks
report-difference = Difference
report-how-counted = How it is counted
report-withheld = n.p. (withheld)
report-withheld-long = Not published
report-too-few = There are too few accesses in this year for numbers to be published.
report-withholding = Small numbers are not published, to protect people: under 3, and under 5 for citizenship, permit, reason and activity. Other numbers are missing too, so that the first can’t be worked out. In long lists an entry that is missing may be zero or little more.
report-not-stated = Not stated
report-as-xlsx = Download as a workbook (XLSX)
report-as-csv = Download as CSV
report-as-json = Download as JSON
report-notes = Numbers that don’t add up
report-class-more = { $from } and more

report-total = All accesses
report-front-desk = At the desk
report-phone-email = Telephone and e-mail
report-first-accesses = First accesses
report-italian = Accesses of Italian citizens
report-first-values = Most frequent values
report-prevailing-age = Prevailing age band
report-prevailing-sex = Prevailing sex
report-top-reasons = First five reasons
report-top-citizenships = First five citizenships, without Italian

report-picture-title = { $table } in { $year }
report-picture-summary = The highest value is { $most } ({ $high }), the lowest is { $least } ({ $low }).
report-picture-nothing = No value to show.

report-note-activation = The activities are { $said } in all, the accesses { $all }: several things can be done in one access, or none.
report-note-italian = The accesses with Italian citizenship are { $citizens }, those with the permit “Italian citizen” { $titles }: these are two questions, and one can be answered alone.
report-note-sex = The sex is not known in { $silent } of { $all } accesses: the table by sex is about the others.
report-note-age = The age is not known in { $silent } of { $all } accesses: the table by age is about the others.
report-note-citizenship = The citizenship is not known in { $silent } of { $all } accesses: the table by citizenship is about the others.

report-table-totals = Totals
report-table-channel = Accesses by channel
report-table-month = Accesses by month
report-table-first_access = First accesses
report-table-sex = Accesses by sex
report-table-age_band = Accesses by age band
report-table-citizenship = Accesses by citizenship
report-table-permit_type = Accesses by permit
report-table-comune = Accesses by zone and comune
report-table-reason = Accesses by reason
report-table-activation = What was done
report-table-referred_by = Who sent the person
report-table-mediation = Language mediation
report-table-accompaniments = Accompaniments
report-table-dom = Domestic work (DOM)

report-row-totals = Entry
report-row-channel = Channel
report-row-month = Month
report-row-first_access = First access
report-row-sex = Sex
report-row-age_band = Age band
report-row-citizenship = Citizenship
report-row-permit_type = Permit
report-row-comune = Zone and comune
report-row-reason = Reason
report-row-activation = Activity
report-row-referred_by = Sent by
report-row-mediation = With mediation
report-row-accompaniments = Accompaniments
report-row-dom = Entry

report-definition-totals = An access is one contact with a desk: in person, by telephone or by e-mail. The same person may make several. The day of the contact counts.
report-definition-first = The value said most often among those shown in the tables, without “not recorded” and “not stated”. On a tie the lower code comes first.
report-definition-channel = How the contact came about. Each access has one channel.
report-definition-month = The month of the day of the contact.
report-definition-first_access = Whether the person came to the desk for the first time, as whoever entered it says.
report-definition-sex = The sex of the person who came to the desk. It may be missing.
report-definition-age_band = The person’s age band. The birth date is never asked for.
report-definition-citizenship = The citizenship that the person says. For statistics only.
report-definition-permit_type = The permit that the person says. It may be missing.
report-definition-comune = The comune where the person lives, as said, gathered in the zones of the service. It is asked at the desk, and may be said by telephone or e-mail too.
report-definition-reason = The main reason of the contact. Each access has one.
report-definition-activation = What the desk did. An access may have several activities or none.
report-definition-referred_by = Who sent the person to the desk. It may be missing.
report-definition-mediation = Whether a language mediator was needed.
report-definition-accompaniments = Cases that the desk follows to their end. The total includes those opened before 1 January. Quick ones are counted apart, in the year in which they open.
report-definition-dom = People registered in the year to look for work, and families that had at least one named sheet in the year.

report-cases-total = Cases followed in the year
report-cases-from_before = of them opened before
report-cases-opened = of them opened in the year
report-cases-closed = Closed in the year
report-cases-carried_over = Still open at the end of the year
report-cases-quick = Quick ones

report-dom-workers_registered = Workers registered
report-dom-families_with_sheets = Families that had sheets

month-01 = January
month-02 = February
month-03 = March
month-04 = April
month-05 = May
month-06 = June
month-07 = July
month-08 = August
month-09 = September
month-10 = October
month-11 = November
month-12 = December
month-short-01 = Jan
month-short-02 = Feb
month-short-03 = Mar
month-short-04 = Apr
month-short-05 = May
month-short-06 = Jun
month-short-07 = Jul
month-short-08 = Aug
month-short-09 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
