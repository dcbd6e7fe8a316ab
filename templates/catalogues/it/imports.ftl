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
export-no-years = L’anno si può chiedere solo per abbinamenti, risposte, accessi e accompagnamenti, non per { $kind }.

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
problem-unknown-code = { $code } non è nell’elenco { $table }
problem-code = un codice ha al massimo { $longest } caratteri: lettere senza accento, cifre e - _ . /
problem-code-twice = questo codice è già alla riga { $row }
problem-sheet-number = il numero della scheda ha al massimo { $longest } caratteri
problem-too-long = è troppo lunga: al massimo { $longest } caratteri
problem-control-characters = contiene caratteri di controllo, per esempio un a capo
problem-latin-letters = scriverla in lettere latine, come sul documento; la grafia propria va in name_own_script
problem-no-letter = deve contenere almeno una lettera
problem-phone = non contiene un numero di telefono
problem-email = non è un indirizzo e-mail
problem-unreachable = serve un telefono o un’e-mail, oppure contact_by = desk
problem-max-km = i chilometri servono, se non accetta soltanto la convivenza
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
problem-date-form = scrivere il giorno come 2026-11-23 o 23/11/2026
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
problem-language-level = { $level } non è un livello: usare A1, A2, B1, B2, C1 o C2
problem-week-day = «{ $piece }» non è un giorno: usare lun, mar, mer, gio, ven, sab, dom o Mon … Sun
problem-week-half-hour = «{ $piece }» non è un’ora intera né una mezz’ora
problem-week-equal-ends = «{ $piece }» comincia e finisce alla stessa ora; un giorno intero è 00:00-24:00
problem-week-time = «{ $piece }» non è un orario
problem-week-form = «{ $piece }» non ha la forma Mon-Fri 08:00-13:00
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
