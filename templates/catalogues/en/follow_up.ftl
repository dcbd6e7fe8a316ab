# Mail and telephone calls of the follow-up, as operators see them.

nav-mail = Mail

mail-title = Mail
mail-count = { $count ->
    [one] One mail
   *[other] { $count } mails
}
mail-empty-heading = No mail
mail-empty-text = Mail that waits, was sent or was stopped appears here.
mail-kept-text = There is no mail server. Mail stays here, and is read here.
mail-filter = Status
mail-filter-do = Show
mail-state-queued = waiting
mail-state-sending = being sent
mail-state-sent = sent
mail-state-kept = kept here
mail-state-failed = not delivered
mail-state-cancelled = stopped
mail-kind-survey = First question
mail-kind-first_reminder = First reminder
mail-kind-last_reminder = Last reminder
mail-kind-test = Test
mail-column-what = What
mail-column-due = To be sent
mail-column-tries = Tries
mail-column-trouble = Last problem
mail-one-title = Mail no. { $id }
mail-body-gone = The text is gone: the mail has left, or 30 days have passed.
mail-plain = Text
mail-links = Links
mail-retry = Try again now
mail-cancel = Do not send
mail-done-retry = The mail goes with the next round.
mail-done-cancel = The mail will not go.
refused-mail-done = This mail does not wait any more.
mail-test-subject = Test of the mail
mail-test-text = This mail is a test. If it has arrived, mail works.
