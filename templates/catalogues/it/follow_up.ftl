# La posta e le telefonate del monitoraggio, come le vedono gli operatori.

nav-mail = Posta

mail-title = Posta
mail-count = { $count ->
    [one] Una mail
   *[other] { $count } mail
}
mail-empty-heading = Nessuna mail
mail-empty-text = Qui compaiono le mail in attesa, spedite o fermate.
mail-kept-text = Non c’è un server di posta. Le mail restano qui, e si leggono qui.
mail-filter = Stato
mail-filter-do = Mostra
mail-state-queued = in attesa
mail-state-sending = in partenza
mail-state-sent = spedita
mail-state-kept = tenuta qui
mail-state-failed = non consegnata
mail-state-cancelled = fermata
mail-kind-survey = Prima domanda
mail-kind-first_reminder = Primo richiamo
mail-kind-last_reminder = Ultimo richiamo
mail-kind-test = Prova
mail-kind-proposal = Proposta a chi lavora
mail-kind-proposal_over = Proposta che non vale più
mail-kind-sheet_to_family = Avviso alla famiglia dopo la scheda
mail-kind-sheet_to_worker = Avviso a chi lavora dopo la scheda
mail-column-what = Che cosa
mail-column-due = Da spedire
mail-column-tries = Tentativi
mail-column-trouble = Ultimo problema
mail-one-title = Mail { $id }
mail-body-to-come = Il testo si scrive quando la mail parte.
mail-body-gone = Il testo non c’è: la mail è partita, oppure è passato il tempo di conservazione.
mail-plain = Testo
mail-links = Collegamenti
mail-retry = Riprova adesso
mail-cancel = Non spedire
mail-done-retry = La mail parte al prossimo giro.
mail-done-cancel = La mail non partirà.
mail-done-test = La mail di prova è in attesa. Parte al prossimo giro: lo stato si vede qui.
mail-test-heading = Una mail di prova
mail-test-hint = La mail dice solo che la posta funziona.
mail-test-do = Invia la prova
refused-mail-done = Questa mail non è più in attesa.
mail-test-subject = Prova della posta
mail-test-text = Questa mail è una prova. Se è arrivata, la posta funziona.

nav-calls = Telefonate
calls-title = Telefonate da fare
calls-text = In alto stanno i nomi estratti a sorte: con loro si prova fino a tre volte. Poi viene chi ha meno giorni.
calls-count = { $count ->
    [one] Una telefonata da fare
   *[other] { $count } telefonate da fare
}
calls-empty-heading = Nessuna telefonata da fare
calls-empty-text = Qui compare chi non ha risposto alla posta, o chi ha chiesto di essere chiamato.
calls-mine = Solo il mio sportello
calls-all = Tutti gli sportelli
calls-conflicts = Abbinamenti da chiarire
calls-column-about = Su chi
calls-column-wave = Domanda
calls-column-until = Entro il
calls-drawn = estratto a sorte
calls-wave-w1 = dopo 15 giorni
calls-wave-w2 = dopo 90 giorni
calls-wave-w3 = dopo sei mesi di lavoro
calls-wave-w4 = dopo un anno di lavoro
call-title = Telefonata a { $name }
call-phone = Telefono
call-language = Lingua
call-about = Si parla di
call-no-phone = non c’è un numero
call-script = “Buongiorno, chiamo dallo sportello. Tempo fa è partita una scheda con il nome di { $name }. Posso chiedere com’è andata? Si può anche non rispondere.”
call-questions = Domande
call-save = Registra le risposte
call-saved = Le risposte sono registrate.
call-tries = Tentativi
call-no-tries = Nessun tentativo.
call-try = Nessuna risposta da registrare
call-try-how = Com’è andata la telefonata
call-try-do = Registra il tentativo
call-tried = Il tentativo è registrato.
call-try-non_contact = Non ha risposto nessuno, o non la persona giusta
call-try-refusal = Non vuole rispondere
call-try-break_off = Ha interrotto la telefonata
call-try-unable = Non è in grado di rispondere
call-try-language = Manca una lingua in comune
call-try-died = È morta la persona assistita
call-text = Testo da copiare in un SMS o in WhatsApp
call-text-do = Prepara il testo
call-finding = Che cosa risulta allo sportello
refused-call-over = Per questa domanda non c’è più niente da chiedere.
refused-call-too-soon = Un tentativo c’è già stato da poco. Provare a un’altra ora.
conflicts-title = Abbinamenti da chiarire
conflicts-text = Una parte dice che il lavoro c’è, l’altra dice di no. Lo sportello chiama e scrive che cosa risulta.
conflicts-empty-heading = Niente da chiarire
conflicts-empty-text = Le due parti dicono la stessa cosa, oppure una sola ha risposto.
finding-title = Che cosa risulta: { $code }
finding-said = Che cosa è stato detto
finding-nothing = Non ha ancora detto niente.
finding-via = Come è arrivata
finding-who-family = Famiglia
finding-who-worker = Lavoratrice o lavoratore
finding-who-desk = Sportello
finding-notes = Note
finding-form = Scrivi che cosa risulta
finding-result = Risulta un lavoro?
finding-result-hired = Sì
finding-result-no = No
finding-document = Documento visto
finding-document-none = Nessuno
finding-document-hint = Si tiene solo il tipo di documento, mai il documento.
finding-note = Nota
finding-note-hint = Che cosa è stato chiarito, e come. La leggono solo gli operatori. Al massimo 1.000 caratteri.
finding-save = Registra
finding-saved = È registrato che cosa risulta.
problem-finding-result = Scegli sì o no.
problem-finding-document = Un documento si vede solo se c’è un lavoro.
problem-finding-note-missing = Scrivere in una nota che cosa è stato chiarito, e come.
problem-finding-note = La nota è troppo lunga: al massimo 1.000 caratteri.

# Inizio e fine di un lavoro.
wait-jobs-begun = Lavori cominciati, da segnare
wait-jobs-ended = Lavori finiti, da segnare
wait-job = { $worker } con { $family }
column-job = Lavoro
job-link = Inizio e fine del lavoro
job-title = Lavoro da { $code }
job-said-hired = Qualcuno ha detto che c’è un’assunzione.
job-said-nothing = Finora nessuno ha detto che c’è un’assunzione.
job-begin = Il lavoro è cominciato
job-begin-text = La richiesta diventa coperta. Agli altri contattati lo si fa sapere subito. Che cosa cambia per chi lavora si sceglie qui sotto. Si può annullare.
job-begin-hours = Togli queste ore dalla disponibilità: { $hours }
job-begin-placed = Non cerca più
job-begin-left = Lascia tutto com’è
job-end = Il lavoro è finito
job-end-text = Prima di tutto si chiede a chi lavora se cerca di nuovo, e alla famiglia se cerca un’altra persona.
job-end-reopen = La famiglia cerca di nuovo: riapri la richiesta
job-end-back = Cerca di nuovo, con le ore di prima
job-end-left = Lascia com’è chi lavora
job-changes = Che cosa è stato fatto
job-event-begun = Inizio
job-event-ended = Fine
job-undo = Annulla
job-begun-saved = L’inizio è segnato.
job-ended-saved = La fine è segnata.
job-undone-saved = È tornato tutto come prima.
job-others = Chi altro era stato contattato
job-others-text = Anche loro erano state contattate per questa richiesta. Chi ha la posta riceve una mail da sola, gli altri si chiamano.
job-other-mail = Lo dice una mail.
job-other-phone = Da chiamare, oppure si copia questo testo in un messaggio.
job-other-task = Segna la telefonata
refused-job-begun = L’inizio di questo lavoro è già segnato.
refused-job-ended = La fine di questo lavoro è già segnata.
refused-job-undone = Questo è già annullato, oppure dopo è stato fatto altro.
refused-job-choice = Manca una scelta: che cosa fare per chi lavora.

# Le pagine degli enti segnalanti.
nav-partner = Le mie famiglie
partner-title = Famiglie mandate da questo ente
partner-text = Qui ci sono gli abbinamenti delle famiglie mandate da questo ente. Si può scrivere che cosa è successo.
partner-empty-heading = Ancora nessun abbinamento
partner-empty-text = Quando una famiglia mandata da questo ente riceve una scheda, compare qui.
partner-count = { $count ->
    [one] Un abbinamento
   *[other] { $count } abbinamenti
}
partner-column-known = Che cosa si sa
partner-state-hired = Assunzione
partner-state-no = Nessuna assunzione
partner-state-unknown = Non si sa ancora
partner-form = Che cosa dice la famiglia
partner-introduction = Abbinamento { $code }

# Quali domande si fanno: la regola, con la sua storia.
nav-waves = Monitoraggio
waves-title = Quali domande si fanno
waves-text = Dopo ogni scheda si chiede alle due parti com’è andata. Ogni domanda resta aperta 21 giorni.
waves-first = Dopo 15 giorni dalla scheda: qualcuno è stato scelto?
waves-second = Dopo 90 giorni dalla scheda: c’è un’assunzione?
waves-third = Dopo sei mesi dall’inizio del lavoro: lavorano ancora insieme?
waves-fourth = Dopo un anno dall’inizio del lavoro: lavorano ancora insieme?
waves-on = si chiede
waves-off = non si chiede
waves-change = Cambia la quarta domanda
waves-choice = Domanda dopo un anno
problem-waves-choice = Scegli se la domanda si fa o no.
