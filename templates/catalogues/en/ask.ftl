# A family asks by itself, and the desk looks at what has come.
mail-kind-ask_confirm = Confirmation of an address
mail-kind-ask_news = Answer to a request from the public
about-cookie-of-ask-confirm = Keeps the link of a request out of the address.
about-worker-join = You can also leave a name and a number from here, in eight languages.
about-family-ask = You can also ask from here, at any hour.

ask-title = Ask for help for a family
ask-begin-free = One can ask from here, also at night. It costs nothing and needs no account.
ask-begin-what = One says for whom, what there is to do, where and when. It takes about five minutes.
ask-begin-never = Illnesses are never asked. What counts is what there is to do.
ask-begin-kept = Before the last button nothing is kept. Then a person at the desk looks at it.
ask-signed-in = { $name } is signed in here. Sign out before somebody else takes this screen.
ask-begin-do = Begin
ask-other-ways = Or telephone, or come by
ask-place = page { $number } of { $of }
ask-next = Continue
ask-back = Back
ask-send = Send the request
ask-change = Change
ask-column-question = Question
ask-column-answer = Answer
ask-notice-read = I have read this, continue
ask-again = A day has passed, or the text has changed. The answers are still here: only this page is to be read again.
refused-no-notice = Before sending, one must read what happens to the data.

ask-step-notice = What happens to the data
ask-step-for = For whom
ask-step-recipient = The person to be helped
ask-step-name = Who asks
ask-step-contact = How to answer
ask-step-place = Where
ask-step-tasks = What there is to do
ask-step-words = Other things to know
ask-step-arrangement = By day, by night or living in
ask-step-week = At which hours
ask-step-start = From when
ask-step-needed = By when
ask-step-check = Check the answers before sending

ask-relation = To the person who needs help, the one who writes is
ask-relation-hint = One can also ask for somebody else.
ask-recipient-hint = A given name is enough. May stay empty.
ask-contact-by = How to answer
ask-contact-hint = By e-mail a link comes that is to be opened. By telephone the desk calls.
ask-phone-hint = Needed by whoever wants to be called.
ask-tasks = Things to do
ask-words = Anything else to know
ask-words-hint = May stay empty. For example: there is a dog, the flat is on the third floor. No illnesses, please.
ask-words-long = The text is too long: { $longest } letters at the most.
ask-words-forbidden = Here is something that may not be asked: please change the text.
ask-schedule-hint = For example: Mon-Fri 08:00-13:00; Sat 09:00-12:00.

ask-wishes = This may not be asked
ask-wishes-instead = One can ask what a person is able to do, how well they speak Italian and how much experience they have. One can say what there is to do, where and when. The text was not kept.
ask-wish-citizenship = Which country a worker comes from: the law does not allow it (D.Lgs. 286/1998).
ask-wish-origin = Origin or the colour of the skin: the law does not allow it (D.Lgs. 215/2003).
ask-wish-language_group = The mother tongue: the law does not allow it (D.Lgs. 276/2003). One can say how well they must speak Italian.
ask-wish-sex = Whether it is a woman or a man: the law does not allow it (D.Lgs. 198/2006). Where somebody is to be washed or dressed, this is spoken of at the desk.
ask-wish-age = How old they are: the law does not allow it (D.Lgs. 216/2003). One can ask for experience.
ask-wish-religion = Their faith: the law does not allow it (D.Lgs. 216/2003).
ask-wish-beliefs = Opinions or a trade union: the law does not allow it (L. 300/1970).
ask-wish-family_state = Whether they are alone or married: the law does not allow it (D.Lgs. 276/2003).
ask-wish-children = Whether they have children: the law does not allow it (D.Lgs. 198/2006). One can say the hours.
ask-wish-pregnancy = Whether they expect a child: the law does not allow it (D.Lgs. 198/2006).
ask-wish-orientation = Whom they love: the law does not allow it (D.Lgs. 216/2003).
ask-wish-health = Illnesses, the worker’s or those of who is cared for: they are not needed here. It is enough to say what there is to do.
ask-wish-looks = Looks: the law does not allow it (D.Lgs. 276/2003).

ask-advice = What these hours mean
ask-advice-hours = These are { $hours } hours a week.
ask-advice-people = { $count ->
    [one] One person is enough.
   *[other] One person is not enough: at least { $count } are needed.
}
ask-advice-live-day = Somebody who lives in works { $limit } hours a day at most.
ask-advice-live-week = Somebody who lives in works { $limit } hours a week at most.
ask-advice-live-rest = Every day they rest for at least { $limit } hours on end.
ask-advice-live-free = Every week they have at least { $limit } hours off.
ask-advice-live-more = To have somebody there day and night, one person is not enough.
ask-advice-broken-week = One person alone may work { $limit } hours a week at most. Here it would be { $hours }.
ask-advice-every-day = Every day
ask-advice-days = { $first } to { $last }
ask-advice-broken-day = { $day }: one person alone may work { $limit } hours a day at most. Here it would be { $hours }.
ask-advice-broken-rest = { $day }: a person must rest for { $limit } hours on end. Here the longest rest would be { $hours } hours.
ask-advice-broken-free = A person must have { $limit } hours off on end every week. Here it would be { $hours } at most.
ask-advice-broken-window = Work at night goes from { $from } to { $until }. Here the hours outside that time are { $hours }.
ask-advice-source = The figures are those of the national agreement for people who work in homes, since { $since }. The desk confirms them.
ask-advice-talk = The request can be sent all the same: the desk speaks of it with the family.

ask-done-title = The request has arrived
ask-done-number = Number: { $number }
ask-done-next = What happens now
ask-next-confirm = An e-mail comes. Open its link within { $days } days, until { $until }. If none comes within an hour, phone the desk: without it the request is deleted by itself.
ask-next-phone = The desk calls the number that was given.
ask-next-look = A person looks at the request within { $days } working days. Nobody else sees it before.
ask-next-search = Then the desk looks for somebody who can do this work, and says so.
ask-done-desk = The desk
ask-done-print = This page can be printed, or the number written down.
ask-wait-title = One moment
ask-wait-text = Many requests have come from here. Try again in { $count ->
    [one] one minute.
   *[other] { $count } minutes.
}
ask-wait-instead = The answers are still here. Whoever is in a hurry can telephone or come by:
ask-wait-again = Send again
ask-broken-title = The answers cannot be read any more
ask-broken-text = The page is too old or was changed. Nothing was sent. One can begin anew, or telephone:
ask-broken-begin = Begin anew

ask-confirm-title = Confirm the request
ask-confirm-text = One step is missing: the button says that this is the right address.
ask-confirm-do = I confirm the request
ask-confirmed-title = The request is confirmed
ask-confirmed-text = Now a person at the desk looks at it, and then answers.
ask-mail-confirm-subject = Confirm the request to the desk
ask-mail-confirm-text = Somebody gave this address for a request to the desk. Number: { $number }.
ask-mail-confirm-open = Open the page to confirm
ask-mail-confirm-closing = It holds until { $until }. Whoever asked for nothing need do nothing: the request is deleted by itself.

coded-inbox_refused-outside_area = Outside the area
coded-inbox_refused-not_care_work = Not work in the house or of care
coded-inbox_refused-unlawful_wish = A condition that is not allowed
coded-inbox_refused-duplicate = There already
coded-inbox_refused-no_contact = Could not be reached

record-public_request = The request from the public
inbox-title = Requests from the public
inbox-text = They are of families and of people who look for work. None goes on before the desk has looked at it.
inbox-open = To look at
inbox-decided = Decided
inbox-count = { $count ->
    [one] One request
   *[other] { $count } requests
}
inbox-empty-heading = No request
inbox-empty-text = Here is what is asked on the public pages.
inbox-number = Number
inbox-record-title = Request from the public { $number }
inbox-to-phone = to be called
inbox-state-unconfirmed = to be confirmed
inbox-state-waiting = to be looked at
inbox-state-asked_back = waits for an answer
inbox-state-accepted = accepted
inbox-state-refused = refused
inbox-event-filed = sent
inbox-event-confirmed = address confirmed
inbox-event-begun = form opened
inbox-event-mail_failed = the mail did not arrive: to be called
inbox-event-asked_back = one more thing asked
inbox-event-accepted = accepted
inbox-event-refused = refused
inbox-event-forgotten = data deleted
inbox-by-family = whoever wrote, or the program
inbox-forgotten = data deleted
inbox-said = What was written
inbox-filed = Sent
inbox-notice = { $version }, read on screen { $when }
inbox-refused-for = Reason: { $reason }
inbox-alike = Other requests with the same number or address
inbox-accept = Accept
inbox-accept-new-text = A record of the family is made, and the request. No similar family is found.
inbox-same = The family may be there already
inbox-new-family = It is a new family
inbox-accept-do = Accept the request
inbox-ask-back = Ask one more thing
inbox-ask-back-words = Further words for whoever asked
inbox-ask-back-hint = May stay empty where the list says it all. It is read on the page behind the link and in the history of the request, never in a mail. No names of other people and no illnesses.
inbox-missing = What is missing
inbox-missing-now = Still missing: { $missing }
inbox-ask-back-do = Ask once more
inbox-told-by-mail = A mail goes in the language of whoever asked. It says what is missing, and leads to the page.
inbox-told-by-phone = Whoever wrote gets no mail: phone them, or send the text to be copied.
inbox-text-label = Text in the language of whoever asked
inbox-text-how = Send it from the desk’s telephone, or read it aloud.
inbox-text-offer = A text to be copied says what is missing, in the language of whoever asked, and leads to the page. The new link takes the place of the one before.
inbox-text-do = Prepare the text
inbox-refuse = Refuse
inbox-refuse-reason = Reason
inbox-refuse-by-mail = A mail goes with the reason, in the language of whoever asked.
inbox-refuse-by-text = Whoever wrote gets no mail. Afterwards there is a text to copy here, with the reason in their language.
inbox-refuse-do = Refuse the request
inbox-done-asked-back = What is missing is written down.
inbox-done-refused = The request is refused.
inbox-stale = Meanwhile somebody else wrote or decided something. Nothing was saved: see the history.
inbox-worker = looks for work
inbox-begin = Register
inbox-begin-text = Call and give an appointment. When the person is here the form is opened, with what they wrote already.
inbox-begin-do = Open the form
inbox-begun-by = { $name } has opened the form. Whoever has finished it another way writes the code of the record below.
inbox-begin-done = Registered by now
inbox-worker-code = Code of the record that is there already
inbox-worker-code-hint = For example W-000123. Only needed if the person is registered already.
inbox-same-worker = There already, perhaps:
inbox-line-worker = { $number }: call { $name }, { $phone }, { $comune }, looks for work, { $when }
inbox-line = { $number }: { $name }, { $comune }, { $when }
inbox-line-phone = { $number }: call { $name }, { $phone }, { $comune }, { $when }
inbox-source = Asked by the family: { $number }
