# Sign-in and passwords of the staff.

sign-in-title = Staff sign-in
sign-in-text = This part is for those who work at the desks and in partner organisations.
sign-in-email = E-mail address
sign-in-password = Your password
sign-in-do = Sign in
sign-in-email-missing = Type the e-mail address.
sign-in-password-missing = Type the password.
sign-in-wrong = The address or the password is not right. Check both and try again.
sign-in-wait = { $count ->
    [one] Too many tries. Try again in a minute.
   *[other] Too many tries. Try again in { $count } minutes.
}

password-title = Choose a password
password-for = Password for the account of { $email }.
password-new = New password
password-hint = At least 12 characters. A phrase of several words is fine; spaces and accents are allowed.
password-again = The same password once more
password-do = Save the password
password-differs = The two passwords are not the same. Type them again.
password-link-dead = This link no longer works: it has been used or has expired. Ask the administrator for a new one.

refused-account-exists = There is an account for { $email } already. State another address, or reset the password of the one there is.
refused-link-dead = This link no longer works: it has been used or has expired. Ask the administrator for a new one.
problem-password-short = The password is too short. It needs at least { $least } characters.
problem-password-common = This password is easy to guess. Choose one of several words that has nothing to do with the desk.
