# Accesso e password del personale.

sign-in-title = Accesso per il personale
sign-in-text = Questa parte è per chi lavora agli sportelli e negli enti collegati.
sign-in-email = Indirizzo e-mail
sign-in-password = Password
sign-in-do = Accedi
sign-in-email-missing = Scrivere l’indirizzo e-mail.
sign-in-password-missing = Scrivere la password.
sign-in-wrong = L’indirizzo o la password non sono giusti. Controllare e riprovare.
sign-in-wait = { $count ->
    [one] Troppi tentativi. Riprovare fra un minuto.
   *[other] Troppi tentativi. Riprovare fra { $count } minuti.
}

password-title = Scelta della password
password-for = Password per l’accesso di { $email }.
password-new = Nuova password
password-hint = Almeno 12 caratteri. Una frase di più parole va bene; spazi e accenti sono ammessi.
password-again = La stessa password, ancora una volta
password-do = Salva la password
password-differs = Le due password non sono uguali. Scriverle di nuovo.
password-link-dead = Questo collegamento non vale più: è già stato usato o è scaduto. Chiederne uno nuovo a chi amministra il servizio.

refused-account-exists = C’è già un accesso per { $email }. Indicare un altro indirizzo, o rifare la password di quello che c’è.
refused-link-dead = Questo collegamento non vale più: è già stato usato o è scaduto. Chiederne uno nuovo a chi amministra il servizio.
problem-password-short = La password è troppo corta. Servono almeno { $least } caratteri.
problem-password-common = Questa password è facile da indovinare. Sceglierne una con più parole, non legata allo sportello.
