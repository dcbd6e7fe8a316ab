# Il caricamento dei file, e ciò che non va in una cella o in un campo.

import-counts = Lette { $read }, aggiunte { $added }, aggiornate { $updated }, invariate { $unchanged }, rifiutate { $rejected }.
import-dry-run = Prova: non è stato scritto nulla.
import-rejected-others-written = { $count ->
    [one] una riga rifiutata; le altre sono state scritte
   *[other] { $count } righe rifiutate; le altre sono state scritte
}
import-rejected-nothing-written = { $count ->
    [one] una riga rifiutata; non è stato scritto nulla
   *[other] { $count } righe rifiutate; non è stato scritto nulla
}
import-rejected-dry-run = { $count ->
    [one] una riga sarebbe rifiutata; era una prova
   *[other] { $count } righe sarebbero rifiutate; era una prova
}
import-row = riga { $row }: { $why }
import-row-column = riga { $row }, { $column }: { $why }
import-row-value = riga { $row }, { $column } «{ $value }»: { $why }
import-changed = Il file o l’archivio è cambiato durante la lettura. Non è stato scritto nulla: riprovare.
import-column-unknown = La colonna «{ $column }» non fa parte di { $kind }. Toglierla o correggerne il nome.
import-column-unknown-near = La colonna «{ $column }» non fa parte di { $kind }. Forse è «{ $near }»?
import-column-forbidden = La colonna «{ $column }» non è ammessa in { $kind }: { $trait } ({ $source }). Toglierla dal file.
import-file-empty = Il file è vuoto: nemmeno i nomi delle colonne.
import-file-not-found = Il file non c’è.
import-file-no-right = Manca il permesso di leggere il file.
import-file-folder = È una cartella, non un file.
import-file-unreadable = Il file non si legge: { $why }.
import-file-too-large = Il file supera { $megabytes } MB. Dividerlo.
import-file-unpacks-too-large = Il file aperto supera { $megabytes } MB. Dividerlo.
import-file-bomb = Il file si gonfia troppo quando si apre: non viene letto.
import-file-too-many-rows = Il file ha più di { $rows } righe. Dividerlo.
import-file-too-many-columns = Il file ha più di { $columns } colonne.
import-file-row-too-long = La riga { $row } è troppo lunga. Forse mancano le virgolette che chiudono una cella.
import-file-not-utf8 = La riga { $row } non è in UTF-8. Salvare il file come «CSV UTF-8» e riprovare.
import-file-utf16 = Il file è in UTF-16. Salvarlo come «CSV UTF-8» e riprovare.
import-file-no-table = Il file non è una tabella: servono CSV o XLSX.
import-file-old-or-protected = Il foglio è di un tipo vecchio (.xls) o protetto da password. Salvarlo come .xlsx senza password.
import-file-no-xlsx = Il file compresso non è un foglio .xlsx.
import-file-document-type = Il foglio contiene una definizione esterna: non viene letto.
import-file-damaged = Il file è danneggiato.
import-file-damaged-after = Il file è danneggiato dopo la riga { $row }.
import-file-error-value = Dopo la riga { $row } c’è una cella con l’errore { $value }. Correggere la formula.
import-file-unclosed-quote = Le virgolette aperte alla riga { $row } non si chiudono.
import-file-unnamed-column = La colonna numero { $number } non ha nome.
import-file-duplicate-column = La colonna «{ $name }» compare due volte, al posto { $first } e al posto { $second }.
import-file-tabs = Le colonne sono separate da tabulazioni. Salvare con virgola o punto e virgola.
export-no-years = L’anno si può chiedere solo per richieste, abbinamenti, risposte, accessi e accompagnamenti, non per { $kind }.

forbidden-age = l’età non si usa per scegliere le persone
forbidden-beliefs = le opinioni e l’appartenenza a sindacati o partiti non si raccolgono
forbidden-children = i figli non si usano per scegliere le persone
forbidden-citizenship = la cittadinanza non si usa per scegliere le persone
forbidden-disputes = le cause di lavoro passate non si raccolgono
forbidden-document = il numero del documento non si raccoglie
forbidden-family_state = lo stato civile non si usa per scegliere le persone
forbidden-health = la salute non si raccoglie
forbidden-free_text = il registro degli accessi non ha testo libero
forbidden-identity = il registro degli accessi non sa chi è la persona
forbidden-language_group = la lingua madre non si usa: serve il livello richiesto dal lavoro
forbidden-looks = l’aspetto non si usa per scegliere le persone
forbidden-orientation = l’orientamento sessuale non si raccoglie
forbidden-origin = l’origine non si usa per scegliere le persone
forbidden-pregnancy = la gravidanza non si raccoglie
forbidden-religion = la religione non si raccoglie
forbidden-sex = il sesso si indica solo in worker_sex, con il suo motivo
forbidden-tax_code = il codice fiscale non si raccoglie

problem-required = è obbligatoria
problem-one-of = deve essere uno di: { $codes }
problem-unknown-code = { $code } non è nell’elenco { $table ->
    [skills] delle competenze (skills)
    [qualifications] dei titoli (qualifications)
    [languages] delle lingue (languages)
    [countries] dei paesi (countries)
    [permit_types] dei titoli di soggiorno (permit_types)
    [ccnl_levels] dei livelli (ccnl_levels)
    [desks] degli sportelli (desks)
    [partners] degli enti segnalanti (partners)
    [families] delle famiglie (families)
    [requests] delle richieste (requests)
    [workers] di chi cerca lavoro (workers)
    [introductions] degli abbinamenti (introductions)
   *[other] { $table }
}
problem-no-such-worker = nessuna persona che cerca lavoro ha il codice { $code }
problem-code = un codice ha al massimo { $longest } caratteri: lettere senza accento, cifre e - _ . /
problem-code-twice = questo codice è già alla riga { $row }
problem-sheet-number = il numero della scheda ha al massimo { $longest } caratteri
problem-too-long = è troppo lunga: al massimo { $longest } caratteri
problem-control-characters = contiene caratteri di controllo, per esempio un a capo
problem-latin-letters = scrivere in lettere latine, come sul documento; la grafia propria ha un campo a parte
problem-no-letter = deve contenere almeno una lettera
problem-phone = non contiene un numero di telefono
problem-email = non è un indirizzo e-mail
problem-unreachable = serve un telefono o un’e-mail, oppure il contatto allo sportello
problem-max-km = i chilometri servono, se non accetta soltanto la convivenza
problem-past = il giorno è già passato
problem-birth-future = la nascita è nel futuro
problem-code-retired = { $code } non si usa più dopo il { $date }
problem-access-future = il giorno è nel futuro: un accesso si segna quando c’è stato
problem-access-before = il registro comincia nel { $year }
problem-desk-not-yours = è di un altro sportello
problem-other-year = non è del { $year }
problem-vocabulary-fixed = a questo elenco non si aggiunge e non si toglie nulla
problem-vocabulary-code = un codice ha al massimo { $longest } lettere minuscole, cifre e _
problem-vocabulary-used = { $code } c’è già o c’è stato: un codice non si usa due volte
problem-vocabulary-label = un’altra voce si chiama già { $label }
problem-vocabulary-circle = le due voci passerebbero l’una nell’altra
problem-vocabulary-merge-day = per passare a un’altra voce serve l’ultimo giorno d’uso
problem-date-form = scrivere giorno, mese e anno, per esempio 23/11/2026 o 2026-11-23
problem-no-such-date = questo giorno non esiste
problem-date-future = il giorno è nel futuro
problem-date-range = l’anno deve stare fra il 1900 e il 2100
problem-end-before-start = la fine è prima dell’inizio
problem-document-of-desk = un documento va con un’assunzione accertata dallo sportello (side = desk, result = hired)
problem-still-working-of-hire = still_working va con result vuoto o hired
problem-without-desk-of-family = si chiede solo alla famiglia
problem-whole-number = serve un numero intero fra { $least } e { $most }
problem-money-form = scrivere l’importo come 8.21 o 8,21, con due decimali al massimo e senza separatore delle migliaia
problem-money-negative = l’importo è negativo
problem-money-absurd = l’importo supera { $most } €: forse manca la virgola
problem-comune-unknown = { $name } non è un comune
problem-comune-unknown-near = { $name } non è un comune. Forse { $near }?
problem-comune-ambiguous = { $name } esiste più volte: indicare la provincia fra { $candidates }
problem-comune-renamed = { $old } non c’è più: ora è { $now } ({ $code })
problem-comune-not-coded = { $name } esiste dal { $since }, ma il suo codice non è ancora noto
problem-language-form = scrivere le lingue come it:B1; manca la forma in «{ $piece }»
problem-language-twice = la stessa lingua c’è due volte con livelli diversi: lasciarne una
problem-language-level = { $level } non è un livello: usare A1, A2, B1, B2, C1 o C2
problem-week-day = «{ $piece }» non è un giorno: usare lun, mar, mer, gio, ven, sab, dom
problem-week-half-hour = «{ $piece }» non è un’ora intera né una mezz’ora
problem-week-equal-ends = «{ $piece }» comincia e finisce alla stessa ora; un giorno intero è 00:00-24:00
problem-week-time = «{ $piece }» non è un orario: scriverlo come 08:00-20:00
problem-week-form = «{ $piece }» non ha la forma lun-ven 08:00-13:00
problem-schedule-empty = l’orario è vuoto: serve almeno mezz’ora
problem-coverage-range = la parte da coprire va da 1 a 1000 per mille
problem-sex-without-ground = il sesso si può chiedere solo con il suo motivo: personal_hygiene
problem-ground-without-sex = c’è il motivo, ma non il sesso richiesto
problem-not-live-in = { $code } non è una richiesta di convivenza
problem-made-by-sheet = questo abbinamento viene da una scheda emessa: non si cambia da un file
problem-row-ragged = la riga ha { $found } celle, le colonne sono { $expected }
problem-cell-formula = la cella contiene una formula senza risultato: aprire il foglio, ricalcolare e salvare
problem-cell-error = la cella contiene un errore del foglio di calcolo
warning-phone = il numero non si riconosce: resta come è scritto
warning-comune-ceased = questo comune non esiste più da solo: { $note }

import-title = Caricare un file
import-one-title = Il file da caricare
import-text = Un foglio con le persone o le richieste diventa parte dell’archivio. Prima si vede che cosa cambierebbe: non si scrive nulla senza un sì.
import-what = Che cosa c’è nel file
import-what-hint = Si caricano in questo ordine: prima le persone e le famiglie, poi le loro richieste.
import-file-hint = Un file CSV o XLSX, con i nomi delle colonne nella prima riga. Al massimo { $rows } righe e 32 MB.
import-hand-in = Leggi il file
import-accesses = Carica il registro degli accessi
import-no-kind = Scegliere che cosa c’è nel file.
import-files = File dello sportello
import-files-none = Nessun file in corso.
import-file-name = File
import-file-unnamed = File senza nome
import-file-by = Di chi
import-file-when = Quando
import-facts = { $file } · { $kind } · { $by }, { $when }
import-discarded = Il file è stato buttato via. Di lui non resta nulla.
import-kept = Un file non caricato resta qui al massimo un giorno, il risultato sette giorni. Lo vedono solo lo sportello e chi amministra.
import-kind-workers = Persone che cercano lavoro
import-kind-families = Famiglie
import-kind-requests = Richieste
import-kind-introductions = Abbinamenti già fatti su carta
import-kind-accompaniments = Accompagnamenti
import-state-columns = colonne da indicare
import-state-to_check = in lettura
import-state-checked = da confermare
import-state-to_load = in caricamento
import-state-loaded = caricato
import-state-refused = non leggibile
file-column-request = Codice della richiesta
file-column-worker = Codice della lavoratrice o del lavoratore
file-column-sheet_number = Numero della scheda
file-column-issued_on = Consegnata il
file-column-kind = Tipo
file-column-closed_on = Chiuso il
import-columns-heading = Che cosa c’è in ogni colonna
import-columns-text = Lo sportello lo dice una volta sola: la prossima volta le stesse colonne si riconoscono da sole. Quello che non serve non si legge. Nelle celle vanno bene le parole dello schermo, per esempio «a ore».
import-columns-do = Leggi il file così
import-columns-leave = Lascia come prima
import-columns-change = Cambia le colonne
import-column-none = Non leggere questa colonna
import-column-sample = Per esempio: { $values }
import-column-not-read = Questa colonna non si legge: { $why }.
import-waits-check = Il file si sta leggendo
import-waits-check-text = Non si scrive ancora nulla. La pagina si aggiorna da sola.
import-waits-load = Il file si sta caricando
import-waits-load-text = Si può lasciare la pagina: il lavoro continua. Se il programma si ferma a metà, non resta scritto nulla e si ricomincia da capo.
import-waits-rows = Righe guardate finora: { $rows }.
import-waits-working = Il programma è al lavoro.
import-waits-turn = Aspetta il suo turno, di solito pochi secondi.
import-waits-look = Aggiorna la pagina
import-failed = Il file non si può leggere. Non è stato scritto nulla.
import-another = Scegli un altro file
import-checked = Il file va bene. Non è stato ancora scritto nulla.
import-checked-wrong = Alcune righe non vanno. Non è stato ancora scritto nulla.
import-loaded = Il file è stato caricato.
import-left-out = { $count ->
    [one] Una riga lasciata fuori, come chiesto.
   *[other] { $count } righe lasciate fuori, come chiesto.
}
import-missing = Mancano colonne che servono alle righe nuove: { $columns }. Senza, le righe nuove non si possono caricare.
import-leave-likely = { $count ->
    [one] Lascia fuori la riga di chi forse c’è già
   *[other] Lascia fuori le { $count } righe di chi forse c’è già
}
import-load-all = Carica tutto
import-load-good = Carica solo le righe giuste
import-nothing-to-load = Non c’è nulla da caricare: nessuna riga giusta cambia qualcosa.
import-problems = Righe che non si caricano
import-doubts = Dubbi che non fermano
import-doubts-text = Queste righe si caricano lo stesso. Conviene guardarle.
import-likely = Forse ci sono già
import-likely-text = Queste righe sono nuove, ma somigliano a persone già in archivio. Chi è la stessa persona va lasciato fuori, o va scritto il suo codice nel file.
import-likely-file = Nel file
import-likely-there = In archivio
import-more = { $count ->
    [one] E un’altra, nel risultato da scaricare.
   *[other] E altre { $count }, nel risultato da scaricare.
}
import-report = Scarica il risultato (CSV)
import-report-row = Riga
import-report-what = Che cosa
import-report-column = Colonna
import-report-value = Valore
import-report-why = Perché
import-report-rejected = rifiutata
import-report-doubt = dubbio
import-report-likely = forse c’è già
import-discard = Butta via il file
import-forget = Butta via il risultato
import-go = Carica da un file
problem-no-column-read = Nessuna colonna si legge: sceglierne almeno una.
problem-no-such-column = Scegliere una voce dell’elenco.
problem-header-forbidden = Questa colonna non si può leggere.
problem-column-twice = La stessa cosa è già nella colonna «{ $header }». Sceglierne una sola.
refused-too-many-uploads = Lo sportello ha già venti file in corso. Caricarne o buttarne via qualcuno.

list-export-text = Si può scaricare quello che si vede qui, con tutte le pagine. Resta scritto chi lo ha fatto.
list-export-csv = Scarica l’elenco (CSV)
list-export-xlsx = Scarica l’elenco (XLSX)
refused-export-busy = In questo momento partono già altri elenchi. Riprovare tra poco.
refused-export-too-many = L’elenco ha più di { $most } righe. Cercare o scegliere un filtro, e riprovare.
refused-search-gone = Questa ricerca non c’è più. Cercare di nuovo, poi scaricare.
import-would = Lette { $read }. Nuove { $added }, da aggiornare { $updated }, invariate { $unchanged }, rifiutate { $rejected }.
