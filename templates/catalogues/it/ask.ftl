# Una famiglia chiede da sola, e lo sportello guarda che cosa è arrivato.
mail-kind-ask_confirm = Conferma di un indirizzo
mail-kind-ask_news = Risposta a una richiesta dal pubblico
about-cookie-of-ask-confirm = Tiene fuori dall’indirizzo il collegamento di una richiesta.
about-worker-join = Si può lasciare un nome e un numero anche da qui, in otto lingue.
about-family-ask = Si può chiedere anche da qui, a ogni ora.

ask-title = Chiedere aiuto per la famiglia
ask-begin-free = Si può chiedere da qui, anche di notte. Non costa niente e non serve un account.
ask-begin-what = Si dice per chi, che cosa c’è da fare, dove e quando. Ci vogliono circa cinque minuti.
ask-begin-never = Le malattie non si chiedono mai. Conta quello che c’è da fare.
ask-begin-kept = Prima dell’ultimo bottone non resta niente. Poi guarda una persona dello sportello.
ask-signed-in = Qui è aperto l’accesso di { $name }. Prima di lasciare lo schermo a un’altra persona si esce.
ask-begin-do = Inizia
ask-other-ways = Oppure si telefona, o si passa
ask-place = pagina { $number } di { $of }
ask-next = Avanti
ask-back = Indietro
ask-send = Invia la richiesta
ask-change = Cambia
ask-column-question = Domanda
ask-column-answer = Risposta
ask-notice-read = Ho letto, vado avanti
ask-again = È passato un giorno, o il testo è cambiato. Le risposte ci sono ancora: basta leggere di nuovo questa pagina.
refused-no-notice = Prima di inviare bisogna leggere che cosa succede ai dati.

ask-step-notice = Che cosa succede ai dati
ask-step-for = Per chi si chiede
ask-step-recipient = La persona da aiutare
ask-step-name = Chi chiede
ask-step-contact = Come rispondere
ask-step-place = Dove
ask-step-tasks = Che cosa c’è da fare
ask-step-words = Altre cose da sapere
ask-step-arrangement = Di giorno, di notte o con alloggio
ask-step-week = In quali ore
ask-step-start = Da quando
ask-step-needed = Entro quando
ask-step-check = Guardare le risposte prima di inviare

ask-relation = Chi scrive, per la persona da aiutare, è
ask-relation-hint = Si può chiedere anche per un’altra persona.
ask-recipient-hint = Basta il nome. Si può lasciare vuoto.
ask-contact-by = Come rispondere
ask-contact-hint = Per e-mail arriva un collegamento da aprire. Per telefono chiama lo sportello.
ask-phone-hint = Serve a chi vuole essere chiamato.
ask-tasks = Cose da fare
ask-words = Altre cose da sapere
ask-words-hint = Si può lasciare vuoto. Per esempio: c’è un cane, la casa è al terzo piano. Non scrivere malattie.
ask-words-long = Il testo è troppo lungo: al massimo { $longest } lettere.
ask-words-forbidden = Qui c’è una cosa che non si può chiedere: cambiare il testo.
ask-schedule-hint = Per esempio: lun-ven 08:00-13:00; sab 09:00-12:00.

ask-wishes = Questo non si può chiedere
ask-wishes-instead = Si può chiedere quello che una persona sa fare, quanto bene parla italiano e quanta esperienza ha. Si può dire che cosa c’è da fare, dove e quando. Il testo di prima non è stato salvato.
ask-wish-citizenship = Da quale paese viene chi lavora: la legge non lo permette (D.Lgs. 286/1998).
ask-wish-origin = L’origine o il colore della pelle: la legge non lo permette (D.Lgs. 215/2003).
ask-wish-language_group = La lingua madre: la legge non lo permette (D.Lgs. 276/2003). Si può dire quanto bene deve parlare italiano.
ask-wish-sex = Se è donna o uomo: la legge non lo permette (D.Lgs. 198/2006). Se c’è da lavare o vestire la persona se ne parla allo sportello.
ask-wish-age = Quanti anni ha: la legge non lo permette (D.Lgs. 216/2003). Si può chiedere l’esperienza.
ask-wish-religion = La fede: la legge non lo permette (D.Lgs. 216/2003).
ask-wish-beliefs = Le idee o il sindacato: la legge non lo permette (L. 300/1970).
ask-wish-family_state = Se è sola o sposata: la legge non lo permette (D.Lgs. 276/2003).
ask-wish-children = Se ha figli: la legge non lo permette (D.Lgs. 198/2006). Si possono dire gli orari.
ask-wish-pregnancy = Se aspetta un figlio: la legge non lo permette (D.Lgs. 198/2006).
ask-wish-orientation = Chi ama: la legge non lo permette (D.Lgs. 216/2003).
ask-wish-health = Le malattie, di chi lavora o di chi è assistito: qui non servono. Basta dire che cosa c’è da fare.
ask-wish-looks = L’aspetto: la legge non lo permette (D.Lgs. 276/2003).

ask-advice = Che cosa vuol dire questo orario
ask-advice-hours = Sono { $hours } ore alla settimana.
ask-advice-people = { $count ->
    [one] Basta una persona.
   *[other] Una persona sola non basta: ne servono almeno { $count }.
}
ask-advice-live-day = Chi vive in casa lavora al massimo { $limit } ore al giorno.
ask-advice-live-week = Chi vive in casa lavora al massimo { $limit } ore alla settimana.
ask-advice-live-rest = Ogni giorno riposa almeno { $limit } ore di seguito.
ask-advice-live-free = Ogni settimana ha almeno { $limit } ore libere.
ask-advice-live-more = Per avere qualcuno giorno e notte una persona sola non basta.
ask-advice-broken-week = Una persona sola può lavorare al massimo { $limit } ore alla settimana. Qui le ore sono { $hours }.
ask-advice-every-day = ogni giorno
ask-advice-days = da { $first } a { $last }
ask-advice-broken-day = { $day }: una persona sola può lavorare al massimo { $limit } ore al giorno. Qui le ore sono { $hours }.
ask-advice-broken-rest = { $day }: una persona deve riposare { $limit } ore di seguito. Qui le ore di riposo sono al massimo { $hours }.
ask-advice-broken-free = Una persona deve avere ogni settimana { $limit } ore libere di seguito. Qui sono al massimo { $hours }.
ask-advice-broken-window = Il lavoro di notte va dalle { $from } alle { $until }. Qui le ore fuori da questo tempo sono { $hours }.
ask-advice-source = I numeri sono del contratto nazionale per chi lavora in casa, dal { $since }. Li conferma lo sportello.
ask-advice-talk = La richiesta si può inviare lo stesso: lo sportello ne parla con la famiglia.

ask-done-title = La richiesta è arrivata
ask-done-number = Numero: { $number }
ask-done-next = Che cosa succede ora
ask-next-confirm = Arriva una e-mail. Aprire il collegamento entro { $days } giorni, fino al { $until }. Se non arriva entro un’ora, si telefona allo sportello: senza conferma la richiesta si cancella da sola.
ask-next-phone = Lo sportello telefona al numero che è stato scritto.
ask-next-look = Una persona guarda la richiesta entro { $days } giorni di lavoro. Prima non la vede nessun altro.
ask-next-search = Poi lo sportello cerca chi può fare questo lavoro, e lo dice.
ask-done-desk = Lo sportello
ask-done-print = Si può stampare questa pagina, o scrivere il numero.
ask-wait-title = Un momento
ask-wait-text = Da qui sono arrivate molte richieste. Si può riprovare fra { $count ->
    [one] un minuto.
   *[other] { $count } minuti.
}
ask-wait-instead = Le risposte ci sono ancora. Chi ha fretta può telefonare o passare:
ask-wait-again = Invia di nuovo
ask-broken-title = Le risposte non si leggono più
ask-broken-text = La pagina è troppo vecchia o è stata cambiata. Non è stato inviato niente. Si può ricominciare, oppure telefonare:
ask-broken-begin = Ricomincia

ask-confirm-title = Confermare la richiesta
ask-confirm-text = Manca un passo: il bottone dice che questo indirizzo è quello giusto.
ask-confirm-do = Confermo la richiesta
ask-confirmed-title = La richiesta è confermata
ask-confirmed-text = Ora la guarda una persona dello sportello, e poi risponde.
ask-mail-confirm-subject = Confermare la richiesta allo sportello
ask-mail-confirm-text = Qualcuno ha scritto questo indirizzo per una richiesta allo sportello. Numero: { $number }.
ask-mail-confirm-open = Apri la pagina per confermare
ask-mail-confirm-closing = Vale fino al { $until }. Chi non ha chiesto niente può lasciare stare: la richiesta si cancella da sola.

coded-inbox_refused-outside_area = Fuori territorio
coded-inbox_refused-not_care_work = Non è lavoro domestico o di cura
coded-inbox_refused-unlawful_wish = Condizione non ammessa
coded-inbox_refused-duplicate = Già presente
coded-inbox_refused-no_contact = Non raggiungibile

record-public_request = La richiesta dal pubblico
inbox-title = Richieste dal pubblico
inbox-text = Sono di famiglie e di chi cerca lavoro. Nessuna va avanti prima che lo sportello l’abbia guardata.
inbox-open = Da guardare
inbox-decided = Decise
inbox-count = { $count ->
    [one] Una richiesta
   *[other] { $count } richieste
}
inbox-empty-heading = Nessuna richiesta
inbox-empty-text = Qui sta quello che si chiede dalle pagine pubbliche.
inbox-number = Numero
inbox-record-title = Richiesta dal pubblico { $number }
inbox-to-phone = da chiamare
inbox-state-unconfirmed = da confermare
inbox-state-waiting = da guardare
inbox-state-asked_back = in attesa di risposta
inbox-state-accepted = accettata
inbox-state-refused = rifiutata
inbox-event-filed = inviata
inbox-event-confirmed = indirizzo confermato
inbox-event-begun = modulo aperto
inbox-event-mail_failed = la mail non è arrivata: da chiamare
inbox-event-asked_back = chiesta ancora una cosa
inbox-event-accepted = accettata
inbox-event-refused = rifiutata
inbox-event-forgotten = dati cancellati
inbox-by-family = chi ha scritto, o il programma
inbox-forgotten = dati cancellati
inbox-said = Che cosa è stato scritto
inbox-filed = Inviata
inbox-notice = { $version }, letta sullo schermo il { $when }
inbox-refused-for = Motivo: { $reason }
inbox-alike = Altre richieste con lo stesso numero o indirizzo
inbox-accept = Accettare
inbox-accept-new-text = Si fa una scheda della famiglia, e la richiesta. Non si trova nessuna famiglia simile.
inbox-same = Forse la famiglia c’è già
inbox-new-family = È una famiglia nuova
inbox-accept-do = Accetta la richiesta
inbox-ask-back = Chiedere ancora una cosa
inbox-ask-back-words = Altre parole per chi ha chiesto
inbox-ask-back-hint = Si può lasciare vuoto, se sopra è detto tutto. Si legge nella pagina del collegamento e nella storia della richiesta, mai in una mail. Niente nomi di altre persone e niente malattie.
inbox-missing = Che cosa manca
inbox-missing-now = Manca ancora: { $missing }
inbox-ask-back-do = Chiedi ancora
inbox-told-by-mail = Parte una mail nella lingua di chi ha chiesto. Dice che cosa manca, e porta alla pagina.
inbox-told-by-phone = Chi ha scritto non riceve mail: bisogna telefonare, o mandare il testo da copiare.
inbox-text-label = Testo nella lingua di chi ha chiesto
inbox-text-how = Si manda dal telefono dello sportello, o si legge a voce.
inbox-text-offer = Un testo da copiare dice che cosa manca, nella lingua di chi ha chiesto, e porta alla pagina. Il collegamento nuovo prende il posto di quello di prima.
inbox-text-do = Prepara il testo
inbox-refuse = Rifiutare
inbox-refuse-reason = Motivo
inbox-refuse-by-mail = Parte una mail con il motivo, nella lingua di chi ha chiesto.
inbox-refuse-by-text = Chi ha scritto non riceve mail. Poi qui c’è un testo da copiare, con il motivo nella sua lingua.
inbox-refuse-do = Rifiuta la richiesta
inbox-done-asked-back = È scritto che cosa manca.
inbox-done-refused = La richiesta è rifiutata.
inbox-stale = Intanto qualcun altro ha scritto o deciso qualcosa. Non è stato salvato nulla: guardare la storia.
inbox-worker = cerca lavoro
inbox-begin = Registrare
inbox-begin-text = Chiamare e dare un appuntamento. Quando la persona è qui si apre il modulo, con quello che ha già scritto.
inbox-begin-do = Apri il modulo
inbox-begun-by = Il modulo l’ha aperto { $name }. Chi lo ha finito in un altro modo scrive qui sotto il codice della scheda.
inbox-begin-done = È già registrata o registrato
inbox-worker-code = Codice della scheda che c’è già
inbox-worker-code-hint = Per esempio W-000123. Serve solo se la persona è già registrata.
inbox-same-worker = Forse c’è già:
inbox-line-worker = { $number }: chiamare { $name }, { $phone }, { $comune }, cerca lavoro, { $when }
inbox-line = { $number }: { $name }, { $comune }, { $when }
inbox-line-phone = { $number }: chiamare { $name }, { $phone }, { $comune }, { $when }
inbox-source = Chiesta dalla famiglia: { $number }
