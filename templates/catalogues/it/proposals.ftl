# Le proposte viste dallo sportello: chiedere, la lista, una proposta, a chi non va la scheda.

nav-proposals = Proposte
match-propose = Chiedi se va bene
match-propose-these = Chiedi alle persone scelte
match-left-out-heading = { $count ->
    [one] Una persona lasciata fuori
   *[other] { $count } persone lasciate fuori
}
match-left-out-text = La loro scheda non va a questa famiglia. Alla famiglia non si dice niente.
match-left-out-wish = lasciata fuori per suo desiderio
match-left-out-declined = ha detto no a questa famiglia

propose-title = Chiedere per la richiesta { $code }
propose-told-heading = Che cosa viene detto a chi lavora
propose-told-text = Niente di più. Della persona da assistere non si dice niente.
propose-whom = A chi si chiede
refused-out-of-reach = A { $worker } non si può proporre questa richiesta: non è fra le persone idonee, né fra le quasi idonee, né in una squadra.
propose-not-asked = non si chiede
propose-language = In { $language }
propose-how = Come si chiede
propose-way-mail = con una mail
propose-way-phone = per telefono, o con un testo da copiare
propose-way-desk = a voce, allo sportello
propose-do = { $count ->
    [one] Chiedi a una persona
   *[other] Chiedi a { $count } persone
}
propose-at-once = Prepara la scheda con chi non va chiesto

refused-already-accepted = { $worker } ha già detto sì a questa richiesta. Si può emettere la scheda.
refused-declined-before = { $worker } ha detto no a questa famiglia. Se ha cambiato idea, togliere prima il limite dalla sua pagina.
refused-too-many-asked = In una volta si chiede al massimo a { $most } persone. Toglierne qualcuna.
refused-nobody-to-ask = Fra le persone scelte non c’è nessuno a cui chiedere.
refused-proposal-over = Questa proposta è già chiusa, o non c’è più niente da fare.
refused-no-word = Scegliere sì o no.
refused-limits-many = Ci sono troppi limiti per questa persona. Meglio parlarne insieme, e cambiare il suo stato.
refused-limit-there = Questo limite c’è già.
obstacle-left-out = { $worker } non vuole che la scheda vada qui. Togliere questa persona dalla scelta.
problem-not-found = non si trova
problem-limit-kind = scegliere se è una famiglia, un comune o un ente

proposal-state-cancelled = annullata
proposals-which = Quali proposte
proposals-show-waiting = Senza risposta
proposals-show-to_issue = Schede da emettere
proposals-show-to_phone = Da chiamare
proposals-show-to_review = Dati da rivedere
proposals-show-all = Tutte
proposals-count = { $count ->
    [one] Una proposta
   *[other] { $count } proposte
}
proposals-empty-heading = Nessuna proposta
proposals-empty-text = Le proposte si fanno da una richiesta aperta, scegliendo fra le persone idonee.
proposals-column-on = Chiesto il
proposals-column-until = Aspetta fino al
proposals-next-wait = Segna la risposta
proposals-next-issue = Emetti la scheda
proposals-next-phone = Chiama
proposals-next-review = Rivedi i dati
proposals-next-again = Chiedi di nuovo
proposals-next-nothing = Apri

proposal-title = { $worker } per { $request }
proposal-to-phone = da chiamare
proposal-phone-asked = Ha chiesto una telefonata.
proposal-phone-undelivered = La mail non è arrivata.
proposal-phone-over = Bisogna dire che il lavoro non c’è più.
proposal-phoned-do = Chiamata fatta
proposal-skipped = Perché non una fascia migliore
proposal-answered = Risposta del
proposal-reason = Motivo del no
proposal-why-over = Perché è annullata
proposal-over-undone = ritirata dallo sportello
proposal-over-request_over = la richiesta è chiusa
proposal-over-worker_away = la persona ora non cerca, o non può essere nominata
proposal-via-phone = al telefono
proposal-via-desk = allo sportello
proposal-via-link = con il suo link
proposal-issue = Prepara la scheda
proposal-again = Chiedi di nuovo
proposal-changed = Le condizioni sono cambiate dopo che è stato chiesto. Chiedere di nuovo: la scheda esce solo su un sì a quelle di oggi.
proposal-review-heading = Dati da rivedere con la persona
proposal-review-text = Niente cambia da solo: la pagina si apre già compilata, e si salva solo dopo averne parlato.
proposal-review-edit = Apri i suoi dati
proposal-review-done = Non serve
proposal-suggests-hours = Ha detto no per l’orario: forse in quelle ore non è libera o libero.
proposal-suggests-pay = Ha detto no per la paga: forse chiede di più di questa offerta.
proposal-suggests-distance = Ha detto no per la distanza: forse i chilometri segnati sono troppi.
proposal-suggests-tasks = Ha detto no per le cose da fare: forse alcune competenze vanno tolte.
proposal-suggests-live_in = Ha detto no alla convivenza: forse non vuole più vivere dove lavora.
proposal-suggests-found_work = Ha trovato lavoro: forse il suo stato è cambiato.
proposal-suggests-temporarily_away = In questo periodo non c’è: forse serve una pausa.
proposal-text-how = Il testo è nella lingua della persona. Ha dentro un link, con cui può dire sì o no.
proposal-text-label = Testo da copiare in un SMS o in WhatsApp
proposal-copy = Copia il testo
proposal-copied = Copiato.
proposal-word-heading = Segna la risposta
proposal-word-label = Che cosa ha detto
proposal-word-yes = Sì
proposal-word-no = No
proposal-reason-label = Se no, il motivo
proposal-via-label = Come
proposal-word-do = Segna
proposal-undo-heading = Ritira la proposta
proposal-undo-text = Si può finché non c’è una risposta. Il link smette di funzionare.
proposal-undo-do = Ritira
proposal-done-asked = Fatto. Le proposte sono qui sotto.
proposal-done-answer = La risposta è segnata.
proposal-done-undo = La proposta è ritirata.
proposal-done-phoned = Fatto.
proposal-done-review = Fatto: i dati restano come sono.

wait-to-issue = Hanno detto sì: schede da emettere
wait-to-phone = Proposte: persone da chiamare
wait-to-review = Dati da rivedere dopo un no
wait-silent = Schede senza una parola da { $days } giorni o più
wait-sheet = { $number }, { $family }, { $request }, emessa il { $date }

record-proposal = La proposta
record-limit = Il limite
record-action-limit_added = nuovo limite alla scheda
record-action-limit_lifted = limite alla scheda tolto

diffusion-link = A chi non va la scheda
diffusion-title = A chi non va la scheda di { $name }
diffusion-text = La persona può dire a quali famiglie, comuni o enti la sua scheda non deve andare. Alla famiglia non si dice niente. Una scheda che è già lì viene revocata, e chi la ha va avvisato.
diffusion-none = Nessun limite.
diffusion-add = Nuovo limite
diffusion-kind-label = Che cosa è
diffusion-kind-family = Famiglia
diffusion-kind-comune = Comune
diffusion-kind-partner = Ente segnalante
diffusion-ground-wish = per suo desiderio
diffusion-ground-declined = ha detto no a una proposta
diffusion-whom = Il codice della famiglia, o il nome del comune
diffusion-whom-hint = Per esempio F-000012, oppure Grosseto. Per un ente lasciare vuoto.
diffusion-partner = L’ente, se è un ente
diffusion-do = Aggiungi
diffusion-lift = Togli

notices-link = Chi viene avvisato
notices-title = Chi viene avvisato della scheda { $number }
notices-text = La famiglia sa chi chiamare, ed entro quando. Chi lavora sa che può arrivare una telefonata.
notices-none = Nessuno da avvisare: la scheda è revocata, o è più vecchia di questa pagina.
notices-family = chiama
notices-worker = sarà chiamata
notices-by-mail = Avviso con una mail.
notices-by-phone = da avvisare

propose-part = Solo queste ore: { $hours }
proposal-words-heading = Ciò che è stato scritto
proposal-word-line = { $said }, il { $day }, { $via }. Scritto il { $at }: { $by }.
proposal-word-by-worker = chi lavora, dal collegamento
proposal-correct-heading = Correggi la risposta
proposal-correct-text = Se la risposta è stata scritta male, scrivere qui quella giusta. Resta anche quella di prima.
refused-sheet-stands = Su questa risposta c’è una scheda che nomina { $worker }. Prima revocare la scheda.
