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
password-show = Show
password-again = The same password once more
password-do = Save the password
password-differs = The two passwords are not the same. Type them again.
password-link-dead = This link no longer works: it has been used or has expired. Ask the administrator for a new one.

refused-account-exists = There is an account for { $email } already. State another address, or reset the password of the one there is.
refused-link-dead = This link no longer works: it has been used or has expired. Ask the administrator for a new one.
problem-password-short = The password is too short. It needs at least { $least } characters.
problem-password-common = This password is easy to guess. Choose one of several words that has nothing to do with the desk.

# The second step of a sign-in, and one's own account.
second-step-title = The application’s code
code-text = The password is right. Now the code is needed that the application shows.
code-label = Code
code-hint = Six digits. Whoever lost the application types one of the recovery codes.
problem-factor-code = The code is not right, or was used already. Wait for the next one and try again.

account-title = My account
account-role-label = Role
account-role-administrator = administration
account-role-operator = desk
account-role-partner = referring partner
account-role-reader = reading figures
account-change = Change password or address
account-change-text = After a change one stays signed in here alone. The other sessions end.
account-password = Password
account-password-now = The password of now
account-email = E-mail address
account-email-now = One signs in with { $email } now.
account-email-new = New address
account-email-hint = From now on one signs in with this.
account-email-do = Save the address
account-sessions = Where I am signed in
account-sessions-text = A session that is not one’s own should be ended. Then the password is changed.
account-device = Device
account-device-unknown = unknown
account-began = Signed in on
account-seen = Last used
account-this = this one
account-end = End
account-end-others = End all others
account-done-password = The password is changed. The other sessions have ended.
account-done-email = The address is changed. The other sessions have ended.
account-done-ended = The session has ended.
account-confirm = The password once more
account-confirm-text = For this step the password of { $email } is needed once more. It counts for ten minutes.
account-confirm-do = Go on
account-confirm-kept = What stood in the form is not lost: it is sent after the password.
account-confirm-wrong = The password or the code is not right. Check and try again.
account-resend = The password is right
account-resend-text = What stood in the form is here: one tap sends it.
account-resend-do = Send

factor-title = Sign-in in two steps
factor-text = After the password one types a code of six digits. An application on the telephone shows it, also without a network.
factor-must = This role needs it. Everything else opens once it is on.
factor-on = The sign-in in two steps is on.
factor-required = For this role it can’t be taken away.
factor-begin = Begin
factor-again = Begin anew with another code
factor-step-app = Install an application for codes on the telephone. Any that reads a square code will do.
factor-step-square = Point it at this code.
factor-step-text = Or type into the application:
factor-step-code = Type here the code that the application shows.
factor-square = Square code for the application
factor-code = Code of six digits
factor-confirm = Turn on
factor-move = Move it to another telephone
factor-moving = Until the new code was typed below the one before holds.
factor-kept = What stood in the form is not lost: it is there again once the second step is on.
factor-kept-open = Back to the form
factor-remove = Take the second step away
factor-removed = The second step is taken away.
factor-codes = Recovery codes
factor-codes-once = Write them down now and keep them safe: they are not shown again. Each works once.
factor-codes-new = New recovery codes
factor-codes-left = { $count ->
    [0] No recovery code is left.
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
refused-factor-none = The sign-in in two steps is not on. It has to be begun first.
refused-factor-required = For this role the second step can’t be taken away.

nav-factors = Sign-in
factors-title = Sign-in in two steps: for whom
factors-text = Who has one of these roles comes in with the second step alone. The others may turn it on themselves.
factors-none = For no role.
factors-now = Today it is needed by: { $roles }.
factors-change = Change the rule of a role
factors-role = Role
factors-choice = Second step
factors-on = needed
factors-off = may be chosen
factors-line = { $role }: { $word }
problem-factor-role = Choose a role.
problem-factor-choice = Choose whether the second step is needed or not.
