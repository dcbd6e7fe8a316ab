# The questions to families and workers: mail and pages. It exists in eight languages.
# The subject of a mail never says anything of a person.
survey-mail-subject = A question from the desk
survey-mail-subject-again = One answer is still missing
survey-mail-subject-last = Last invitation to answer
survey-mail-greeting = Good morning,
survey-mail-intro-family = some time ago the desk gave you a sheet with names. How did it go? One tap is enough.
survey-mail-intro-worker = some time ago the desk gave your name to a family. How did it go? One tap is enough.
survey-mail-again = a few days ago we sent a question. There is no answer yet. Even a “no” helps us.
survey-mail-last = this is the last mail about this question. If you have no time to write, the desk can phone.
survey-mail-how = Opening the page records nothing. The answer leaves only with the Send button.
survey-mail-stop = To get no more of these questions
survey-mail-phone = To answer by telephone
survey-mail-desk = Desk of { $desk }, telephone { $phone }
survey-mail-sign = The desk
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
