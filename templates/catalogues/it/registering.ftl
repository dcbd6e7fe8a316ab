# I moduli dello sportello: iscrivere persone, famiglie e richieste.

form-title-new-worker = Nuova persona che cerca lavoro
form-title-new-family = Nuova famiglia
form-title-new-request = Nuova richiesta
form-title-edit = Modifica: { $name }
form-new-worker = Iscrivi una persona
form-new-family = Registra una famiglia
form-new-request = Nuova richiesta
form-edit = Modifica
form-parts = Parti del modulo
form-save = Salva
form-save-by-key = Ctrl+Invio salva da qualunque punto del modulo.
form-keep = Metti da parte e continua dopo
form-leave = Esci senza salvare
form-saved = Salvato.
draft-kept = Messo da parte. Si ritrova nella pagina iniziale, anche dopo una nuova entrata.
draft-kept-by-itself = Le cose scritte sono al sicuro: si ritrovano nella pagina iniziale.
draft-kept-at = Al sicuro alle { $when }
draft-kept-before = Al sicuro alle { $when }, le ultime modifiche non ancora
draft-not-kept = Le cose scritte non sono ancora al sicuro

form-problem = { $label }: { $why }
form-empty = Scrivere o scegliere qualcosa.
form-required = { $label }: scrivere o scegliere qualcosa.
form-one-of = { $label }: scegliere una voce dell’elenco.
form-unreachable = { $label }: serve un telefono o un’e-mail, oppure il contatto allo sportello.
form-sex-without-ground = { $label }: il sesso si può chiedere solo con il suo motivo.
form-ground-without-sex = { $label }: c’è il motivo, ma non il sesso richiesto.
form-coverage-range = { $label }: va da 0,1 a 100, con un decimale al massimo.

form-others = { $name } sta cambiando questa scheda: ha scritto per l’ultima volta { $when } e non ha ancora salvato. Chi salva dopo vede le due versioni, e nulla va perso.
stale-heading = Qualcun altro ha cambiato questi dati nel frattempo
stale-by = Ha salvato { $name }, { $when }. Nulla è perso: quello che è scritto qui c’è ancora.
stale-by-somebody = Nulla è perso: quello che è scritto qui c’è ancora.
stale-taken = Cambiati solo dall’altra persona, e già ripresi qui:
stale-none = Non ci sono dati cambiati da tutti e due. Basta salvare di nuovo.
stale-choose = Questi dati sono cambiati da tutte e due le parti. Scegliere, poi salvare.
stale-heading-own = Questi dati sono già stati salvati da qui
stale-by-oneself = Il salvataggio è di { $name }, { $when }: forse da un’altra pagina, o tornando indietro. Nulla è perso: quello che è scritto qui c’è ancora.
stale-taken-own = Cambiati con quel salvataggio, e già ripresi qui:
stale-none-own = Non c’è nulla da scegliere. Basta salvare di nuovo.
stale-choose-own = Questi dati sono diversi nella scheda salvata. Scegliere, poi salvare.
stale-mine = Tieni ciò che è scritto nel modulo:
stale-theirs = Prendi ciò che è stato salvato:

section-authorisation = Autorizzazione a essere nominata o nominato
section-tasks = Compiti e capacità
section-worker-sex = Sesso di chi lavora

fact-sex = Sesso sul documento
fact-birth-date = Data di nascita
fact-citizenship = Cittadinanza
fact-experience-years = Anni di esperienza
fact-notice-version = Versione dell’informativa consegnata
fact-consent-how = Come ha detto sì
fact-consent-folder = Cartella del foglio firmato
fact-family-code = Codice della famiglia
fact-work-comune = Comune dove si lavora
fact-live-in-hours = Ore della convivenza
fact-coverage-percent = Parte dell’orario da coprire, in percentuale
fact-needed-by = Serve entro il
fact-worker-sex-ground = Motivo
fact-status = Stato
fact-close-reason = Motivo della chiusura
fact-excluded = Tolta dal conto degli esiti
fact-excluded-on = Tolta dal conto il
fact-code = Codice

hint-optional = Si può lasciare vuoto.
hint-name = Come sul documento, in lettere latine.
hint-date = Giorno, mese e anno, per esempio 23/11/2026.
hint-citizenship = Serve solo per le statistiche. Si può non dire, e non conta mai nella scelta.
hint-reachable = Serve un telefono o un’e-mail. Chi non li ha passa allo sportello.
hint-comune = Scrivere il nome. I comuni della regione si completano da soli.
hint-comuni = Un comune per riga.
hint-week = Per esempio: lun-ven 08:00-13:00; sab 09:00-12:00
hint-schedule = Per esempio: lun-ven 08:00-13:00; sab 09:00-12:00. Per la convivenza non serve.
hint-max-km = Serve se non accetta soltanto la convivenza.
hint-amount = In euro, per esempio 8,50.
hint-amount-month = In euro al mese, per esempio 1200,00.
hint-languages = Livelli da A1 (principiante) a C2 (come la propria lingua).
hint-required-languages = Il livello che il lavoro richiede davvero.
hint-permit = Alcuni titoli hanno una scadenza. Per altri serve la conferma dello sportello.
hint-consent = Il giorno in cui ha detto sì. Senza, la persona resta iscritta ma non si propone a nessuno.
hint-notice = La data è scritta in fondo al foglio.
hint-family-code = Si trova nella pagina della famiglia, per esempio F-000045.
hint-live-in-hours = Conta solo per la convivenza.
hint-covers = Il codice della richiesta di convivenza, se questa ne copre i riposi.
hint-coverage = Di solito 100.
hint-end-date = Vuota se il lavoro non ha una fine.
hint-needed-by = Solo se è urgente, per esempio dopo un ricovero.
hint-tasks = Che cosa c’è da fare. Mai le malattie della persona.
hint-worker-sex = Solo per l’igiene personale. Serve la conferma di una seconda persona dello sportello.
hint-sex = Non conta nella scelta, se non dove una famiglia lo chiede per l’igiene personale.
hint-contact-by = Da qui passano proposte, domande e risposte.
hint-contact-language = In questa lingua arrivano messaggi e pagine.
hint-desk = Lo sportello che se ne occupa. Anche gli altri lo vedono.
hint-arrangements = Tutte quelle che accetterebbe.
hint-relocates = Conta solo per la convivenza.
hint-skills = Che cosa sa fare: le famiglie lo leggono nella scheda. Due voci si somigliano: con «Promemoria e aiuto nell’assunzione» la persona prende da sé i farmaci; con «Aiuto alla somministrazione» glieli dà chi lavora, come indica il personale sanitario.
hint-qualifications = Solo i titoli che ha già.
hint-experience = Anni interi.
hint-accreditation = Serve dove la cura è pagata con denaro pubblico.
hint-renewal-receipt = Se ha chiesto il rinnovo e ha in mano la ricevuta.
hint-work-right = Da spuntare quando lo sportello ha controllato il titolo.
hint-consent-how = Serve insieme alla data.
hint-consent-folder = Dove si ritrova il foglio, per esempio 12.
hint-share = Vale finché la disponibilità è confermata da poco.
hint-referred-by = Chi ha mandato la famiglia, se non è venuta da sola.
hint-guardianship = Chi firma e dice di sì per la persona assistita.
hint-guardian = Solo se decide un’altra persona.
hint-preferred-skills = Chi le ha viene prima; chi non le ha si propone lo stesso. Due voci si somigliano: con «Promemoria e aiuto nell’assunzione» la persona prende da sé i farmaci; con «Aiuto alla somministrazione» glieli dà chi lavora, come indica il personale sanitario.
hint-required-qualifications = Ne basta uno. Vuoto: non ne serve nessuno.
hint-ccnl-level = Accanto al modulo si legge quale risulta dai compiti.
hint-public-contribution = Se sì, chi lavora deve essere accreditata o accreditato.
hint-self-sufficient = Lavarsi, vestirsi, mangiare, muoversi. Ne dipende il livello del contratto.
hint-relation = Che cosa è, per la persona assistita, chi chiede.
hint-arrangement = A ore, di notte, o vivendo in casa della persona assistita.

consent-how-paper = su carta, firmato
consent-how-screen = sullo schermo, allo sportello
sex-ground-personal_hygiene = igiene personale
skill-group-personal_care = Cura della persona
skill-group-health_related_support = Sostegno alla salute
skill-group-household = Casa
skill-group-mobility = Spostamenti
skill-group-childcare = Bambini
language-number = Lingua { $number }
language-level-number = Livello { $number }

paint-label = Dipingi la settimana
paint-help = Con il mouse si trascina. Con il dito: un tocco segna una casella, e di lato se ne segnano di più. Si tiene premuto un momento, e poi si trascina anche in su e in giù. Con la tastiera: frecce per muoversi, spazio per segnare, maiuscole e frecce per segnare più caselle.
paint-unread = Il testo non si legge ancora come un orario.
paint-hours = { $hours } ore alla settimana.
paint-undo = Annulla
paint-clear = Vuota la settimana

refused-sex-not-confirmed = La richiesta indica il sesso di chi lavora. Prima di cercare, una seconda persona dello sportello deve confermarlo.
refused-sex-own-word = Chi ha indicato il sesso non può confermarlo. Chiedere a una collega o a un collega.
record-draft = Il modulo messo da parte
record-filter = Il filtro salvato

fits-heading = { $count ->
    [0] Nessuna richiesta aperta adatta, per ora
    [one] Una richiesta aperta adatta
   *[other] { $count } richieste aperte adatte
}
fits-missed-heading = Le più vicine fra le altre, e che cosa manca
fits-missed-text = Le richieste aperte a cui manca meno. Serve anche per rispondere a chi chiede perché una persona non compare fra le idonee.
fits-show = Richieste aperte adatte

history-heading = Storia
history-put-back = Rimetti com’era prima
history-as-before = Il modulo è riempito com’era prima del cambio di { $when }. Nulla è ancora salvato.
history-none = Nessuna modifica fatta allo sportello.
history-by-itself = il programma
history-change = { $label }: prima «{ $before }», poi «{ $now }»
record-action-created = registrazione
record-action-changed = modifica
record-action-sex_confirmed = conferma del sesso richiesto
exclusion-died = decesso
exclusion-residential_care = ingresso in struttura
exclusion-moved = trasferimento
exclusion-duplicate = doppione

authorisation-recorded = Informativa { $notice }, { $how }. Registrata da { $name }.
authorisation-folder = Il foglio firmato è nella cartella { $folder }.
worker-birth-doubtful = La data di nascita è di meno di { $years } anni fa: controllare l’anno.
record-phone-doubtful = Il numero di telefono { $number } non si riconosce: resta come è scritto. Controllarlo.
problem-notice-later = questa informativa vale da un giorno successivo alla firma: scegliere quella di allora
refused-draft-of-another = Questo modulo è di una collega o di un collega, che non l’ha ancora salvato: lo apre solo chi l’ha scritto. Le richieste di chi manca si prendono con il passaggio di consegne, dalla pagina iniziale.
worker-permit-no-date = Manca la scadenza del titolo di soggiorno. Finché manca, la persona non si propone.
worker-permit-to-confirm = Il diritto a questo lavoro va confermato. Finché manca la conferma, la persona non si propone.

drafts-heading = Moduli messi da parte
draft-new-worker = Nuova persona
draft-new-family = Nuova famiglia
draft-new-request = Nuova richiesta
draft-of = Modifica di { $code }
draft-since = ultima modifica { $when }
draft-discard = Butta via
draft-restore = Rimetti
drafts-thrown = { $count ->
    [one] Un modulo buttato via si può ancora rimettere
   *[other] { $count } moduli buttati via si possono ancora rimettere
}

request-cover-rest = Apri la richiesta per i riposi
request-sex-waits = La richiesta indica il sesso di chi lavora, per l’igiene personale. Una seconda persona dello sportello deve confermare che serve davvero.
request-sex-confirm = Confermo: serve per l’igiene personale

advice-heading = Consigli sull’orario
advice-do = Calcola e cerca chi è idoneo
advice-nothing-yet = Scegliere la forma di lavoro e scrivere l’orario. Qui compare che cosa dice il contratto.
advice-form = Forma del contratto
advice-hours = Ore
advice-hours-week = { $hours } alla settimana
advice-people = Persone che servono
advice-people-least = { $count ->
    [one] almeno una
   *[other] almeno { $count }
}
advice-level = Livello che sembra adatto
advice-level-unknown = Non si può dire ancora: servono i compiti, e se la persona fa da sola gli atti di ogni giorno.
advice-minimum = Minimo in vigore
advice-no-level = Senza un livello scelto non si confronta nulla.
advice-no-row = Nella tabella non c’è una riga per questo livello. Non si confronta nulla.
advice-row-wrong = La riga è segnata come sbagliata ({ $reason }): non si confronta nulla.
advice-no-offer = Manca un’offerta di questo tipo: non si confronta nulla.
advice-offer-below = L’offerta è sotto questo minimo.
advice-offer-enough = L’offerta rispetta questo minimo.
advice-amount = { $amount } { $unit } per il livello { $level }.
advice-below = L’offerta di { $offer } è sotto il minimo di { $minimum }. Finché resta così, nessuna scheda può uscire.
advice-broken-week = Una persona sola farebbe { $hours } ore alla settimana. Il limite è { $limit }.
advice-broken-day = { $day }: una persona sola farebbe { $hours } ore. Il limite è { $limit }.
advice-broken-rest = { $day }: una persona sola avrebbe al massimo { $hours } ore di riposo di seguito. Ne servono { $limit }.
advice-broken-free = Una persona sola avrebbe al massimo { $hours } ore libere di seguito nella settimana. Ne servono { $limit }.
advice-broken-window = { $hours } ore stanno fuori dalla fascia { $limit }.
advice-sources = Da dove vengono i numeri
advice-source = Limiti dal { $since }: { $source }
advice-source-table = Tabella { $table } dal { $since }: { $source }
advice-cost = Contributi e costo totale si calcolano sul sito dell’INPS, con il simulatore per il lavoro domestico.
advice-fits-unknown = Per cercare chi è idoneo mancano ancora dei dati.
advice-fits = { $count ->
    [0] Nessuna persona idonea con questi dati.
    [one] Una persona idonea con questi dati.
   *[other] { $count } persone idonee con questi dati.
}
advice-fits-before = Con i dati salvati: { $before }.
advice-if-begins = Se { $day } cominciasse alle { $time }: { $more } in più.
advice-if-ends = Se { $day } finisse alle { $time }: { $more } in più.
advice-if-all-begin = Se ogni giorno cominciasse mezz’ora dopo: { $more } in più.
advice-if-all-end = Se ogni giorno finisse mezz’ora prima: { $more } in più.
contract-form-live_in = convivenza
contract-form-live_in_reduced = convivenza con orario ridotto
contract-form-hourly = a ore, senza convivenza
contract-form-rest_cover = copertura dei riposi
contract-form-night_care = assistenza di notte
contract-form-night_presence = sola presenza di notte
pay-unit-hour = all’ora
pay-unit-month = al mese
pay-unit-day = al giorno

sign-in-typed-kept = La sessione è finita. Quello che era scritto nel modulo non è perso: torna dopo l’accesso.

likely-heading = Forse c’è già
likely-none = Finora non si trova nessuno di simile. Si confrontano nome, telefono, e-mail e data di nascita.
likely-in-short = Forse c’è già: { $name }. Guarda
likely-in-short-more = Forse c’è già: { $name }, e { $count ->
    [one] un’altra persona
   *[other] altre { $count } persone
}. Guarda
advice-in-short = { $count ->
    [one] Consigli sull’orario: una cosa da guardare
   *[other] Consigli sull’orario: { $count } cose da guardare
}
likely-do = Cerca chi c’è già
likely-another = È un’altra persona: salva lo stesso
likely-waits = Quello che era scritto nel modulo è stato messo da parte.
likely-back = Torna al modulo
problem-likely = Forse questa persona c’è già. Guardare chi è simile. Se è un’altra persona, segnarlo e salvare.
likeness-same_name = stesso nome
likeness-similar_name = nome simile
likeness-phone = stesso telefono
likeness-email = stessa e-mail
likeness-birth_date = stessa data di nascita

form-title-standing = Stato: { $name }
section-standing = Pausa, chiusura, riapertura
standing-change = Pausa, chiusura, riapertura
hint-paused-until = Serve solo per la pausa: è il suo ultimo giorno. Il giorno dopo la pausa finisce da sola.
hint-pause-reason = Serve solo per la pausa. Fra parentesi, da chi viene.
hint-close-reason = Serve solo per chiudere. Fra parentesi, da chi viene.
hint-request-status = Coperta: ci ha pensato lo sportello. Chiusa: finita in altro modo. Ritirata: la famiglia non chiede più.
hint-excluded = Solo se la richiesta non deve contare fra gli esiti.
problem-pause-over = la pausa deve finire dopo oggi
from-side-worker = da chi lavora
from-side-family = dalla famiglia
from-side-both = da una delle parti
from-side-desk = dallo sportello
record-action-active = di nuovo in cerca di lavoro
record-action-open = riaperta
record-action-paused = messa in pausa
record-action-placed = al lavoro
record-action-withdrawn = uscita dal servizio, o ritirata
record-action-filled = coperta
record-action-closed = chiusa

diary-link = Diario dei contatti
diary-title = Diario dei contatti: { $name }
diary-text = Note brevi, riservate agli sportelli. Non servono mai per cercare o scegliere le persone.
diary-on = Giorno
diary-words = Nota
diary-hint = Per esempio: chiamata, non risponde; preferisce il martedì. Al massimo 500 lettere.
diary-do = Scrivi la nota
diary-notes = Note
diary-none = Nessuna nota finora.
diary-erase = Cancella
diary-erased = Nota cancellata.
problem-note-empty = Scrivere la nota.
record-note = La nota

charge-of = In carico a { $name }.
charge-nobody = Non è in carico a nessuno.
charge-take = Prendi in carico
record-action-taken = presa in carico
hand-over-title = Passaggio di consegne
hand-over-text = Passano a un’altra persona dello sportello: le richieste aperte o in pausa e quelle chiuse di cui resta qualcosa da fare, con le proposte, le telefonate e le contraddizioni che le riguardano, e i moduli messi da parte. Resta scritto chi ha fatto le cose di prima.
hand-over-from = Da chi
hand-over-to = A chi
hand-over-do = Passa tutte le richieste
hand-over-done = { $count ->
    [0] Nessuna richiesta da passare.
    [one] Una richiesta è passata.
   *[other] { $count } richieste sono passate.
}
problem-no-colleague = Scegliere una persona dello sportello.
problem-same-colleague = Scegliere due persone diverse.

home-whose = Di chi
home-scope-mine = Mie
home-scope-desk = Del mio sportello
home-scope-all = Di tutti
wait-nothing = Ora non aspetta nulla.
wait-search = Cerca in questo elenco
wait-alike = Con queste lettere in questo elenco non c’è nessuno. Si vede chi è scritto in modo simile: { $words }.
wait-not-found = In questo elenco non c’è nessuno con queste parole.
wait-urgent = Richieste urgenti
wait-proposals = Proposte senza risposta
wait-sex = Sesso richiesto da confermare
wait-stalled = Richieste aperte da { $days } giorni o più senza una scheda
wait-untouched = Richieste da guardare: nessuno è ancora proposto
wait-calls = Telefonate da fare
wait-call = { $name }, per { $about }
wait-conflicts = Risposte che non vanno d’accordo
wait-all = Tutte: { $count }
wait-permits = Titoli di soggiorno in scadenza entro { $days } giorni, o scaduti
wait-unconfirmed = Disponibilità non confermata da più di { $days } giorni
wait-paused-requests = Richieste in pausa senza una fine
wait-paused-workers = Persone in pausa senza una fine
wait-request = { $request }, { $family }, { $comune }, aperta il { $date }
wait-proposal = { $worker } per { $request }, chiesto il { $date }
wait-worker-day = { $worker }, { $date }

to-tell-heading = Famiglie da avvisare
to-tell-text = Queste schede non valgono più: la persona si è ritirata, per ora nessuno la propone, o non vuole che la sua scheda vada lì. Le famiglie che le hanno ricevute vanno avvisate, senza dire il perché.

tour-title = Giro guidato
tour-offer = In dieci passi si vede come si lavora qui.
tour-done = Non proporlo più
tour-done-text = La pagina iniziale non lo propone più. Resta in fondo a ogni pagina.
tour-intro = Sono dieci passi, nell’ordine del lavoro. Ogni passo porta alla pagina vera. Per tornare qui basta il collegamento in fondo a ogni pagina.
tour-in-demo = Qui le persone sono inventate: si può provare tutto senza fare danni.
tour-demo = Qui i dati sono veri. Per fare pratica ci sono dati inventati: chi cura il programma li apre con il comando “dom demo”.
tour-go = Apri la pagina
tour-help = Accanto a ogni domanda dei moduli c’è la sua spiegazione. Quello che si scrive si può sempre correggere.
tour-step-today = Cominciare la giornata
tour-text-today = La pagina iniziale elenca che cosa aspetta. Prima c’è quello che preme di più. Ogni riga apre la cosa da fare.
tour-step-search = Trovare qualcuno
tour-text-search = Basta una parte del nome, del telefono o del codice. Stato, forma di lavoro e sportello restringono l’elenco. Questa scelta si può salvare, anche per tutto lo sportello.
tour-step-worker = Registrare chi cerca lavoro
tour-text-worker = Le sezioni si compilano in qualsiasi ordine. Quello che si scrive si conserva da solo. L’orario si segna sulla griglia o si scrive.
tour-step-family = Registrare una famiglia e la sua richiesta
tour-text-family = Prima la famiglia, poi la richiesta. Accanto all’orario si vede che contratto serve, quante ore, quale livello e la paga minima.
tour-step-match = Vedere chi può andare bene
tour-text-match = Nell’elenco delle richieste, ognuna porta alle persone idonee con i motivi. Sotto c’è chi lo è quasi, e che cosa limita la ricerca.
tour-step-ask = Chiedere, prima di fare un nome
tour-text-ask = Chi cerca lavoro dice sì o no prima che la famiglia sappia chi è. Si chiede per mail, con un testo da copiare, o a voce.
tour-step-sheet = Dare la scheda
tour-text-sheet = La scheda nominativa ha un numero e l’ultimo giorno in cui vale. Si stampa, o si manda con un codice che si dice al telefono.
tour-step-follow = Sapere com’è andata
tour-text-follow = Dopo la scheda si chiede se è cominciato un lavoro. Chi non risponde per mail si chiama da qui.
tour-step-access = Segnare un accesso
tour-text-access = Ogni contatto allo sportello si segna in pochi secondi e senza nomi.
tour-step-paper = Usare la carta
tour-text-paper = Moduli in bianco e informative si stampano in otto lingue. Poi si scrive in quale cartella sta il foglio firmato.
