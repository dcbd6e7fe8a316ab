# Families.

families-title = Families
families-search = Search for a family
families-count = { $count ->
    [one] One family
   *[other] { $count } families
}
families-empty-heading = No family
families-empty-text = No family matches this search and these filters. Try fewer letters or clear the filters.
section-contact = Contacts
fact-relation = Relation to the care recipient
fact-address = Address
fact-referred-by = Referred by
fact-family-consent-on = Consent since
referred-by-self = came by itself
relation-self = the person herself or himself
relation-child = child
relation-spouse = spouse
relation-relative = another relative
relation-guardian = guardian
relation-other = other
family-requests-heading = Requests of the family
family-requests-none = No request so far.
