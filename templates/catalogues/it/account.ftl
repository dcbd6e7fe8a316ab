# Accesso e password del personale.

sign-in-title = Accesso per il personale
sign-in-text = Questa parte è per chi lavora agli sportelli e negli enti collegati.
sign-in-public = Chi cerca aiuto per la famiglia, o un lavoro, qui non deve accedere:
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
code-text = Il primo passo è fatto. Ora serve il codice che l’applicazione mostra adesso.
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

# L’accesso con un servizio di identità.
sign-in-other = Un altro modo di entrare
sign-in-with = Entra con { $provider }
sign-in-window = si apre in un’altra finestra
sign-in-elsewhere = Si entra nell’altra finestra, poi si torna qui. Quello che era scritto nel modulo resta in questa.
sign-in-elsewhere-do = Fatto: continua qui
sign-in-not-yet = Nell’altra finestra non è ancora entrato nessuno. Entrare e riprovare.
sign-in-by-provider = La password è giusta, ma per questo ruolo è spenta. Si entra con il servizio di identità.
refused-local-off = Per questo ruolo la password è spenta. Si entra con il servizio di identità.
account-confirm-anew = Farsi riconoscere di nuovo
account-confirm-provider = Con { $provider }
account-confirm-elsewhere = Ci si fa riconoscere nell’altra finestra, poi si torna qui. Quello che era scritto nel modulo resta in questa.
account-confirm-not-yet = Nell’altra finestra il passo non è ancora fatto. Farlo e riprovare.
account-confirm-code = Il servizio di identità ha risposto. Ora serve il codice che l’applicazione mostra.
identity-nav = Servizio di identità
identity-title = Entrare con { $provider }
identity-text = Chi collega il proprio accesso entra anche con { $provider }. Conta solo l’identità collegata: lo stesso indirizzo non basta.
identity-not-linked = Qui non è collegata nessuna identità.
identity-linked = Un’identità è collegata dal { $moment }.
identity-begin = Cerca la propria identità
identity-begin-again = Cerca un’altra identità
identity-found = { $provider } ha riconosciuto { $called }. È la propria identità? Allora si può collegare.
identity-found-unnamed = { $provider } ha riconosciuto qualcuno, ma non dice con quale indirizzo. Collegare solo se poco fa si è entrati là con la propria identità.
identity-link = Collega questa identità
identity-unlink = Togli l’identità
identity-only-way = L’identità non si può togliere: è l’unico modo di entrare.
factor-elsewhere = Se il secondo passo lo chiede { $provider }, qui si collega la propria identità.
identity-invited = Si può entrare con { $provider }, senza una password di qui.
identity-done-linked = L’identità è collegata. Altrove si deve entrare di nuovo.
identity-done-removed = L’identità non è più collegata. Altrove si deve entrare di nuovo.
identity-lost = Accesso non riuscito
identity-again = Torna indietro
identity-foreign = Questo ritorno non è di un accesso cominciato qui, oppure è già servito. Ricominciare.
identity-declined = Il servizio di identità ha detto di no, oppure qualcuno ha annullato.
identity-refused = La risposta del servizio di identità non vale. Ricominciare. Se succede ancora, dirlo a chi amministra.
identity-unknown = Nessun accesso aperto è collegato a questa identità. Si entra con la password e poi si collega, o si chiede un invito.
identity-not-anew = Il servizio di identità non ha chiesto tutto di nuovo. Riprovare.
identity-down = Il servizio di identità non risponde. Riprovare più tardi, o entrare con la password, se per il proprio ruolo vale.
identity-wait = Troppi tentativi. Riprovare più tardi.
refused-identity-old = È passato troppo tempo. Ricominciare dal servizio di identità.
refused-identity-taken = Questa identità è già collegata a un altro accesso.
refused-identity-only = L’identità non si può togliere: è l’unico modo di entrare.

local-title = Password o servizio di identità
local-text = Per un ruolo la password di qui si può spegnere. Allora si entra solo con il servizio di identità. Chi è dentro con la password esce subito, o nel giorno da cui vale. Quello che stava scrivendo si ritrova rientrando.
local-provider = Servizio di identità: { $provider }.
local-no-provider = Nessun servizio di identità è configurato. La password vale per tutti.
local-none = La password vale per tutti i ruoli.
local-now = Oggi la password è spenta per: { $roles }.
local-choice = Password di qui
local-on = vale
local-off = è spenta
local-counts = Chi ha già collegato un’identità
local-counts-text = Chi non l’ha fatto resta fuori quando la password è spenta, finché non riceve un nuovo invito. Di ognuno lo dice l’elenco degli accessi.
local-accounts = Accessi aperti
local-linked = Con un’identità
local-sessions = Entrati con la password
accounts-linked = identità collegata
problem-local-choice = Scegli se la password vale o è spenta.
problem-local-no-provider = Nessun servizio di identità è configurato: la password resta.
problem-local-unlinked = Il proprio accesso non è collegato: così si resta fuori. Prima va collegato.
problem-local-by-password = Qui si è entrati con la password. Prima si prova il servizio di identità: uscire, ed entrare con quello.
about-cookie-of-provider = Ricorda per dieci minuti che si è andati al servizio di identità.
