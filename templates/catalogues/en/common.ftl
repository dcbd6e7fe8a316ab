# What stands around every page. it/common.ftl is written first.
# A year, a code or a phone number comes as text, not as a number.

service-name = DOM
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
