# Sign-in and passwords of the staff.

sign-in-title = Staff sign-in
sign-in-text = This part is for those who work at the desks and in partner organisations.
sign-in-public = Whoever looks for help for a family, or for work, need not sign in here:
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
code-text = The first step is done. Now the code is needed that the application shows.
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

# Signing in by an identity provider.
sign-in-other = Another way in
sign-in-with = Sign in with { $provider }
sign-in-window = opens in another window
sign-in-elsewhere = Sign in there, then come back here. What stood in the form stays in this window.
sign-in-elsewhere-do = Done: go on here
sign-in-not-yet = Nobody has signed in in the other window yet. Sign in there and try again.
sign-in-by-provider = The password is right, but it is off for this role. Sign in by the identity provider.
refused-local-off = For this role the password is off. One signs in by the identity provider.
account-confirm-anew = Show once more who you are
account-confirm-provider = By { $provider }
account-confirm-elsewhere = Show it in the other window, then come back here. What stood in the form stays in this one.
account-confirm-not-yet = This is not done in the other window yet. Do it there and try again.
account-confirm-code = The identity provider has answered. Now the code is needed that the application shows.
identity-nav = Identity provider
identity-title = Signing in with { $provider }
identity-text = Whoever links their account also signs in with { $provider }. The linked identity alone counts: the same address is not enough.
identity-not-linked = No identity is linked here.
identity-linked = An identity has been linked since { $moment }.
identity-begin = Look for my identity
identity-begin-again = Look for another identity
identity-found = { $provider } recognised { $called }. Is that your identity? Then it can be linked.
identity-found-unnamed = { $provider } recognised somebody, but does not say by which address. Link it only if you signed in there a moment ago with your own identity.
identity-link = Link this identity
identity-unlink = Take the identity away
identity-only-way = The identity can’t be taken away: it is the only way in.
factor-elsewhere = If { $provider } asks for the second step, link your identity here.
identity-invited = One can sign in with { $provider }, without a password of this site.
identity-done-linked = The identity is linked. Elsewhere one has to sign in anew.
identity-done-removed = The identity is linked no more. Elsewhere one has to sign in anew.
identity-lost = Not signed in
identity-again = Go back
identity-foreign = This return is of no sign-in that began here, or was used already. Begin anew.
identity-declined = The identity provider said no, or somebody cancelled.
identity-refused = The identity provider’s answer does not hold. Begin anew. If it happens again, tell the administrator.
identity-unknown = No open account is linked to this identity. Sign in by the password and link it, or ask for an invitation.
identity-not-anew = The identity provider did not ask everything anew. Try again.
identity-down = The identity provider does not answer. Try again later, or sign in by the password where it counts for the role.
identity-wait = Too many tries. Try again later.
refused-identity-old = This took too long. Begin anew at the identity provider.
refused-identity-taken = This identity is linked to another account already.
refused-identity-only = The identity can’t be taken away: it is the only way in.

local-title = Password or identity provider
local-text = For a role the password of this site can be turned off. Then one signs in by the identity provider alone. Who is in by the password is out at once, or on the day from which it holds. What they were typing is there when they come in again.
local-provider = Identity provider: { $provider }.
local-no-provider = No identity provider is configured. The password counts for everybody.
local-none = The password counts for all roles.
local-now = Today the password is off for: { $roles }.
local-choice = Password of this site
local-on = counts
local-off = is off
local-counts = Who has linked an identity
local-counts-text = Who has not is left out when the password is off, until they get another invitation. The list of accounts says it of each.
local-accounts = Open accounts
local-linked = With an identity
local-sessions = In by the password
accounts-linked = identity linked
problem-local-choice = Choose whether the password counts or is off.
problem-local-no-provider = No identity provider is configured: the password stays.
problem-local-unlinked = Your own account is not linked: you would be left out. Link it first.
problem-local-by-password = You are in by the password. Try the identity provider first: sign out, and sign in by it.
about-cookie-of-provider = Remembers for ten minutes that one went to the identity provider.
