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
password-show = Mostra
password-again = La stessa password, ancora una volta
password-do = Salva la password
password-differs = Le due password non sono uguali. Scriverle di nuovo.
password-link-dead = Questo collegamento non vale più: è già stato usato o è scaduto. Chiederne uno nuovo a chi amministra il servizio.

refused-account-exists = C’è già un accesso per { $email }. Indicare un altro indirizzo, o rifare la password di quello che c’è.
refused-link-dead = Questo collegamento non vale più: è già stato usato o è scaduto. Chiederne uno nuovo a chi amministra il servizio.
problem-password-short = La password è troppo corta. Servono almeno { $least } caratteri.
problem-password-common = Questa password è facile da indovinare. Sceglierne una con più parole, non legata allo sportello.

# Il secondo passo dell’accesso, e il proprio accesso.
second-step-title = Il codice dell’applicazione
code-text = La password è giusta. Ora serve il codice che l’applicazione mostra adesso.
code-label = Codice
code-hint = Sei cifre. Chi non ha più l’applicazione scrive uno dei codici di riserva.
problem-factor-code = Il codice non è giusto, oppure è già stato usato. Aspettare quello dopo e riprovare.

account-title = Il mio accesso
account-role-label = Ruolo
account-role-administrator = amministrazione
account-role-operator = sportello
account-role-partner = ente segnalante
account-role-reader = lettura dei numeri
account-change = Cambia password o indirizzo
account-change-text = Dopo il cambio si resta collegati solo qui. Gli altri collegamenti finiscono.
account-password = Password
account-password-now = Password di adesso
account-email = Indirizzo e-mail
account-email-now = Adesso si accede con { $email }.
account-email-new = Nuovo indirizzo
account-email-hint = Da qui in poi si accede con questo.
account-email-do = Salva l’indirizzo
account-sessions = Dove sono collegato
account-sessions-text = Se un collegamento non è il proprio, va chiuso. Poi si cambia la password.
account-device = Dispositivo
account-device-unknown = sconosciuto
account-began = Collegato il
account-seen = Usato l’ultima volta
account-this = è questo
account-end = Chiudi
account-end-others = Chiudi tutti gli altri
account-done-password = La password è cambiata. Gli altri collegamenti sono chiusi.
account-done-email = L’indirizzo è cambiato. Gli altri collegamenti sono chiusi.
account-done-ended = Il collegamento è chiuso.
account-confirm = Ancora una volta la password
account-confirm-text = Per questo passo serve di nuovo la password di { $email }. Vale dieci minuti.
account-confirm-do = Continua
account-confirm-kept = Quello che era scritto nel modulo non è perso: si invia dopo la password.
account-confirm-wrong = La password o il codice non sono giusti. Controllare e riprovare.
account-resend = La password è giusta
account-resend-text = Quello che era scritto nel modulo è qui: basta un tocco per inviarlo.
account-resend-do = Invia

factor-title = Accesso in due passi
factor-text = Dopo la password si scrive un codice di sei cifre. Lo mostra un’applicazione sul telefono, anche senza rete.
factor-must = Per questo ruolo serve. Il resto si apre quando è attivo.
factor-on = L’accesso in due passi è attivo.
factor-required = Per questo ruolo non si può togliere.
factor-begin = Comincia
factor-again = Ricomincia con un codice nuovo
factor-step-app = Installare sul telefono un’applicazione per i codici. Vanno bene tutte quelle che leggono un codice quadrato.
factor-step-square = Inquadrare questo codice.
factor-step-text = Oppure scrivere nell’applicazione:
factor-step-code = Scrivere qui il codice che l’applicazione mostra.
factor-square = Codice quadrato per l’applicazione
factor-code = Codice di sei cifre
factor-confirm = Attiva
factor-move = Sposta su un altro telefono
factor-moving = Finché il codice nuovo non è scritto qui sotto vale quello di prima.
factor-kept = Quello che era scritto nel modulo non è perso: si ritrova quando l’accesso in due passi è attivo.
factor-kept-open = Torna al modulo
factor-remove = Togli l’accesso in due passi
factor-removed = L’accesso in due passi è tolto.
factor-codes = Codici di riserva
factor-codes-once = Vanno scritti adesso e tenuti al sicuro: dopo non si vedono più. Ognuno vale una volta.
factor-codes-new = Nuovi codici di riserva
factor-codes-left = { $count ->
    [0] Non resta nessun codice di riserva.
    [one] Resta un codice di riserva.
   *[other] Restano { $count } codici di riserva.
}
refused-factor-none = L’accesso in due passi non è attivo. Prima va cominciato.
refused-factor-required = Per questo ruolo l’accesso in due passi non si può togliere.

nav-factors = Accesso
factors-title = Accesso in due passi: per chi
factors-text = Chi ha uno di questi ruoli entra solo con il secondo passo. Gli altri possono attivarlo da soli.
factors-none = Per nessun ruolo.
factors-now = Oggi serve a: { $roles }.
factors-change = Cambia la regola di un ruolo
factors-role = Ruolo
factors-choice = Secondo passo
factors-on = serve
factors-off = si può scegliere
factors-line = { $role }: { $word }
problem-factor-role = Scegli un ruolo.
problem-factor-choice = Scegli se il secondo passo serve o no.
