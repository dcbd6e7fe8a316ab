# La consegna delle schede: il collegamento per mail, il codice, gli enti, le cose da fare.

mail-kind-sheet = Collegamento alla scheda
record-task = La cosa da fare

delivery-heading = Mail alla famiglia
delivery-text = La mail va a { $email }. Contiene solo un collegamento: per aprire la scheda serve un codice, da dire al telefono.
delivery-subject = Oggetto della mail: { $subject }
delivery-send = Invia il collegamento
delivery-no-email = Di questa famiglia manca l’indirizzo di mail. La scheda si consegna stampata.
delivery-over = La scheda è scaduta: non si invia più.
delivery-until = Il collegamento vale fino al { $date }.
delivery-locked = Il collegamento è bloccato: cinque codici erano sbagliati. Chiamare la famiglia, poi fare un codice nuovo.
delivery-renew = Fai un codice nuovo
delivery-undo = Annulla l’invio
delivery-shut = Chiudi il collegamento
delivery-shut-notice = Il collegamento è chiuso e non apre più nulla.
delivery-mail-queued = La mail parte entro un minuto.
delivery-mail-sending = La mail sta partendo.
delivery-mail-sent = La mail è partita.
delivery-mail-kept = La mail è pronta e si legge fra le mail conservate.
delivery-mail-failed = La mail non è arrivata.
delivery-mail-cancelled = La mail non è partita.
delivery-mail-none = Della mail non resta traccia.

code-title = Codice per la scheda { $number }
code-queued = La mail per { $email } parte fra un minuto. Fino ad allora si può annullare.
code-tell = Chiamare la famiglia e dire questo codice:
code-once = Il codice si vede solo ora. Chi sbaglia { $most } volte blocca il collegamento, e lo sportello lo viene a sapere.
code-back = Torna alla scheda

refused-sheet-expired = La scheda è scaduta. Se serve, emetterne una nuova.
refused-no-email = Di questa famiglia manca l’indirizzo di mail. Aggiungerlo, o consegnare la scheda stampata.
refused-address-marked = A questo indirizzo le mail non arrivano. Correggerlo, o consegnare la scheda stampata.
refused-link-there = Il collegamento c’è già. Fare un codice nuovo, oppure chiuderlo e inviarne un altro.
refused-no-link = Questa scheda non ha un collegamento aperto. Inviarne uno dalla pagina della scheda.

print-heading = Stampa
refused-no-purpose = Scegliere per che cosa si stampa.
print-purpose = Perché si stampa
purpose-request = per rispondere alla richiesta
purpose-copy = altra copia per la famiglia
purpose-file = per il fascicolo dello sportello
purpose-hand_over = per la consegna tramite l’ente

disclosure-mailed = collegamento inviato per mail
disclosure-opened = scheda aperta con il codice
disclosure-handed_over = scheda aperta dall’ente
disclosures-all = Tutte le comunicazioni dei dati
disclosures-title = A chi sono stati comunicati i dati di { $name }
disclosures-count = { $count ->
    [one] Una comunicazione
   *[other] { $count } comunicazioni
}
column-why = Perché
column-fields = Quali dati
disclosed-field-given_name = nome
disclosed-field-family_name = cognome
disclosed-field-phone = telefono
disclosed-field-comune = comune
disclosed-field-languages = lingue
disclosed-field-skills = competenze
disclosed-field-experience_years = esperienza
disclosed-field-qualifications = titoli
disclosed-field-accreditation = accreditamento
disclosed-field-availability = disponibilità

tasks-title = Schede: cose da fare
tasks-open = Da fare
tasks-done = Fatte
tasks-count = { $count ->
    [one] Una cosa
   *[other] { $count } cose
}
tasks-empty-heading = Niente
tasks-empty-text = Qui stanno le persone da avvisare, i codici da rifare e le schede che scadono.
task-tell-family = Dire a { $family } che la scheda { $sheet } non vale più.
task-tell-partner = Dire all’ente { $partner } che la scheda { $sheet } per { $family } non vale più.
task-code-locked = Chiamare { $family }: cinque codici sbagliati per la scheda { $sheet }.
task-mail-failed = La mail a { $family } per la scheda { $sheet } non è arrivata: trovare un’altra via.
task-ends-soon = La scheda { $sheet } di { $family } scade fra pochi giorni.
task-tell-people = Scheda { $sheet } per { $family }: qualcuno non riceve mail. Telefonare per avvertire: la famiglia chiama chi è sulla scheda, entro una data. Nella pagina c’è il testo da dire.
task-do = Fatto
task-undo = Non ancora fatto
task-over = dal { $when } non serve più
task-done-by = fatto il { $when } da { $name }

link-title = La scheda dello sportello
link-code-text = Per aprire la scheda serve un codice di sei cifre. Lo dice al telefono lo sportello: { $desk }, { $phone }.
link-code = Codice
link-code-hint = Sei cifre
link-code-do = Apri
link-no-code = Scrivere le sei cifre del codice.
link-wrong-code = { $count ->
    [one] Il codice non è giusto. Resta un tentativo.
   *[other] Il codice non è giusto. Restano { $count } tentativi.
}
link-locked-now = Il codice non è giusto, e i tentativi sono finiti. Lo sportello è avvisato.
link-locked = Questo collegamento è bloccato. Per un codice nuovo chiamare lo sportello: { $desk }, { $phone }.
link-open = La scheda { $number } è aperta per mezz’ora.
link-take = Scarica la scheda (PDF)
link-recorded = Lo sportello scrive quando la scheda viene aperta. Chi vi è nominato può saperlo.
link-until = Il collegamento vale fino al { $date }.
link-gone-title = Questo collegamento non apre nulla
link-gone-text = Forse non è intero, o non vale più. Lo sportello può inviarne un altro: basta telefonare.


partner-sheets-title = Schede delle famiglie seguite
partner-sheets-text = Sono le schede per le famiglie che questo ente ha segnalato.
partner-sheets-empty = Qui stanno le schede delle famiglie segnalate, quando lo sportello le ha emesse.
partner-open-text = La scheda nomina delle persone: serve solo per consegnarla alla famiglia. Resta scritto chi la apre e quando.
partner-open = Apri la scheda (PDF)
partner-sheet-superseded = Superata: i dati di una persona sulla scheda sono cambiati dopo. Prima di consegnarla, chiedere allo sportello se ce n’è una nuova.
partner-not-open = Questa scheda non vale più, e non si apre.

verify-waits = Da qui sono arrivati troppi codici sbagliati. Aspettare qualche minuto, poi riprovare.

sheet-cover-fits = Chi è indicato, e perché
sheet-cover-desk = Come raggiungere lo sportello
sheet-cover-desk-text = { $desk }, { $address }, telefono { $phone }. Lo sportello risponde a ogni domanda su questa scheda e aiuta anche dopo l’assunzione.
sheet-cover-duties = Che cosa si chiede a chi assume
duty-inps_notice = L’assunzione si comunica all’INPS entro la fine del giorno prima dell’inizio, anche se è festivo.
duty-written_letter = Serve una lettera di assunzione scritta e firmata da entrambe le parti, con orario, livello e paga.
duty-source = ({ $source }; in vigore dal { $date })

problem-not-printed = Il segno { $character } non si può stampare su una scheda. Toglierlo, o scriverlo in un altro modo.
refused-not-printed = Il segno { $character } nel nome dello sportello o di chi emette non si può stampare. Chiedere a chi amministra di correggerlo.
sheet-again = Prepara la scheda corretta
