# The questions to families and workers: mail and pages. It exists in eight languages.
# The subject of a mail never says anything of a person.

survey-service = Desk for domestic and care work
survey-privacy = People’s data
survey-accessibility = Accessibility
survey-demo = Sample data: people and addresses are made up.

survey-mail-subject = A question from the desk
survey-mail-subject-again = One answer is still missing
survey-mail-subject-last = Last invitation to answer
survey-mail-greeting = Good morning,
survey-mail-intro-family = some time ago the desk gave you a sheet with names. How did it go? One tap is enough.
survey-mail-intro-worker = some time ago the desk gave your name to a family. How did it go? One tap is enough.
survey-mail-again = a few days ago we sent a question. There is no answer yet. Even a “no” helps us.
survey-mail-last = this is the last mail about this question. If you have no time to write, the desk can phone.
survey-mail-of = The sheet is of { $date }.
survey-mail-how = Opening the page records nothing. The answer leaves only with the Send button.
survey-mail-stop = To get no more of these questions
survey-mail-phone = To answer by telephone
survey-mail-desk = { $desk }, telephone { $phone }
survey-mail-sign = The desk

survey-text = Good morning from the desk. How did it go with { $name }? One tap is enough: { $link }
survey-taken = Good morning from the desk. The job we talked about has been taken. Thank you: we will be in touch about other requests.

survey-ask-w1 = How did it go with { $name }?
survey-ask-w2 = Did it become a job with { $name }?
survey-ask-w3 = Does the job with { $name } go on?
survey-ask-w4 = Does the job with { $name } go on?

survey-result-hired = Yes, we work together
survey-result-deciding = Not decided yet
survey-result-no = No, it came to nothing
survey-result-elsewhere = The family found somebody else, not through the desk
survey-together-yes = Yes, it goes on
survey-together-no = No, it has ended
survey-none = I would rather not say
survey-yes = Yes
survey-no = No, not so

survey-title = How did it go?
survey-list = One question for each name
survey-open = to be answered
survey-answered = answered
survey-until = The answer can be corrected until { $date }.
survey-thanks = Thank you. The answer is recorded.
survey-correct = Correct the answer
survey-result = Do you work together?
survey-contact = Were you in touch?
survey-contact-met = Yes, we met
survey-contact-talked = Yes, by telephone only
survey-contact-no = No, not at all
survey-reason = If not, for what reason?
survey-started = Since which day?
survey-hours = How many hours a week?
survey-live-in = Does the worker live in the family’s home?
survey-fits = Does the job suit you?
survey-notified = Was INPS told of the hiring?
survey-notified-promise = We keep only a yes. Any other answer is added to a total without names, and then forgotten. Nobody can tell any more whose it was.
survey-notified-help = The desk helps to tell INPS, later too. Telephone { $phone }.
survey-notified-yes = Yes
survey-notified-no = No, it was not
survey-notified-dont_know = I don’t know
survey-notified-rather_not_say = I would rather not say
survey-still = Does the job go on?
survey-ended = If it has ended, on which day?
survey-end-reason = If it has ended, why?
survey-without = Without the desk, how would you have looked?
survey-comment = Anything else
survey-comment-hint = You may leave it empty. Only the operators read it. At most 1,000 characters.
survey-send = Send
survey-choose = Choose
survey-back = Back to the questions

survey-errors = Something has to be mended
survey-problem-date = Write the day like this: 23/11/2026.
survey-problem-end = The end comes before the beginning.
survey-problem-hours = Write the hours as a number from 0 to 168.
survey-problem-long = The text is too long: at most 1,000 characters.
survey-problem-empty = Choose an answer. You may also choose not to say.

survey-stop = Get no more questions
survey-stop-text = After this step the desk does not write or phone any more with these questions. Nothing else of the service changes.
survey-stop-do = Write to me no more
survey-stopped = Done. No more questions will be sent.
survey-phone = Answer by telephone
survey-phone-text = The desk phones in the next days and asks the same questions.
survey-phone-do = Please phone me
survey-phoned = Done. The desk will phone.
survey-again = The job is over
survey-again-worker = I am looking for work again
survey-again-family = We are looking for somebody again
survey-again-text = The desk knows at once, and phones in the next days.
survey-again-done = Done. The desk knows and will phone.

survey-gone-title = This address does not work
survey-gone-text = Perhaps a part of it is missing, or too much time has passed. The desk answers the telephone in its opening hours.
survey-gone-desks = The desks’ numbers and hours

survey-why-no_contact = We never spoke
survey-why-not_available = No longer available
survey-why-pay = The pay
survey-why-hours = The hours
survey-why-distance = The distance
survey-why-skills = What had to be done
survey-why-language = The language
survey-why-found_elsewhere = Found elsewhere
survey-why-need_ended = Not needed any more
survey-why-no_trust = There was no trust
survey-why-conditions = Conditions other than those told
survey-why-other = Something else
survey-end-end_of_need = The need has ended
survey-end-worker_left = The worker left
survey-end-dismissed = The family ended it
survey-end-trial_not_passed = The trial did not go well
survey-end-end_of_term = It was for a limited time
survey-end-died = The person cared for has died
survey-end-residential_care = The person cared for is in a home
survey-end-other = Something else
survey-without-word_of_mouth = By word of mouth
survey-without-agency = Through an agency
survey-without-online = On the internet
survey-without-association = Through an association or a parish
survey-without-relatives = In the family
survey-without-would_not = I would not have looked
survey-without-other = In another way
