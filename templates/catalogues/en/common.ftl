# What stands around every page. it/common.ftl is written first.
# A year, a code or a phone number comes as text, not as a number.

service-name = DOM
service-owner = Coeso Società della Salute
service-tagline = Domestic and care work

skip-to-content = Skip to main content
signed-in-as = Signed in as
sign-out = Sign out
main-navigation = Main menu
breadcrumb-label = Breadcrumb
footer-links = About the service

demo-label = Notice
demo-banner = Demonstration data: the people, families and contacts on these pages are made up.

# Before the page's title, when a form comes back.
title-error = Error:
error-label = Error:
errors-heading = { $count ->
    [one] There is one problem to mend
   *[other] There are { $count } problems to mend
}

paging-label = Pages of the list
paging-previous = Previous page
paging-next = Next page
paging-where = Page { $page } of { $pages }

week-day = Day

nav-menu = Menu
nav-home = Home
nav-workers = Workers
nav-families = Families
nav-requests = Requests
nav-sheets = Profile sheets
nav-vocabularies = Lists
nav-accesses = Contacts
nav-sources = Data sources and licences
not-stated = not stated
choose-one = Choose
date-hint = Day/month/year, for example 23/11/2026
yes-no-yes = yes
yes-no-no = no

weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
weekday-short-0 = Mon
weekday-short-1 = Tue
weekday-short-2 = Wed
weekday-short-3 = Thu
weekday-short-4 = Fri
weekday-short-5 = Sat
weekday-short-6 = Sun
week-need = Needed
week-offer = Available

search-hint = Part of a name, phone number or code is enough. Accents and capitals do not matter. Names spelt alike are found too.
search-alike = Spelt alike
search-alike-text = Found with a few letters changed, or with a name that sounds the same. The nearest first.
search-do = Search
search-clear = Clear search and filters
filter-all = Any
filter-status = Status
filter-arrangement = Arrangement
filter-desk = Desk
filters-title = Saved filters
filters-text = A saved filter opens a list that is narrowed already. Only who saved it takes it away.
filters-none = There are no saved filters. In a list, choose a status, an arrangement or a desk; then save the choice.
filter-more = Filters
filter-save = Save this filter
filter-text = Status, arrangement and desk are saved. The words of a search never are: they may be somebody’s name.
filter-name = Name of the filter
filter-name-hint = For example: open ones of Grosseto. Never a person’s name, telephone or address.
filter-list = List
filter-shared = Who sees it
filter-shared-own = Only who saves it
filter-shared-desk = All of my desk
filter-shared-all = All desks
filter-saved = The filter is saved.
filter-removed = The filter is gone.
filter-remove = Remove
filter-by = By { $name }
problem-filter-unnamed = Write a name for the filter.
problem-filter-long = The name is too long: { $longest } characters at the most.
problem-filter-empty = There is no choice to save. Choose a status, an arrangement or a desk first.
problem-filter-reaches = A telephone number or an address does not belong here. Choose another name.
problem-filter-names = Somebody who is registered here is called “{ $word }”. The name of a filter must not make one think of a person: choose other words.
problem-filter-taken = There is a filter of this name already. Choose another name, or remove that one first.
problem-filter-many = There are { $most } filters of this list already. Remove one first.

column-name = Name
column-code = Code
column-comune = Municipality
column-arrangement = Arrangement
column-arrangements = Arrangements
column-confirmed = Availability confirmed
column-status = Status
column-referred-by = Referred by
column-desk = Desk
column-request = Request
column-family = Family
column-worker = Worker
column-sheet = Sheet
column-issued = Issued on
column-valid-until = Valid until
column-start = Start
column-do = Actions
column-when = When
column-how = How
column-to = To whom
column-by = By whom
column-criterion = Criterion
column-missing = What is missing
column-score = Points

home-title = Today at the desk
home-role-administrator = This account administers the service.
home-role-operator = Requests, families and people who look for work open from here.
home-role-partner = Under “Referrals” a family is sent. Under “My families” you can write down what came of a sheet.
home-role-reader = From here the figures of the service are read. This account opens no data of persons.
home-open-requests = Open requests
home-active-workers = People who look for work

sources-title = Data sources and licences
sources-text = The service uses data and fonts of others, under these licences.

verify-title = Verify a profile sheet
verify-unknown = No sheet has this code. Check that it is written as on the sheet. If it is, call the desk.
verify-number = Number
verify-desk = Desk
verify-date = Date of issue
verify-state-genuine = Genuine and valid
verify-state-superseded = Genuine but superseded
verify-state-expired = Genuine but expired
verify-state-revoked = Revoked

policy-from = From which day
policy-from-hint = Today or a later day. The choice written last overrides earlier ones.
policy-save = Save
policy-saved = The choice is saved.
policy-history = Choices made
policy-by = Who
policy-at = When
policy-from-start = from the beginning
problem-policy-day = The day cannot be past, nor later than a year.
