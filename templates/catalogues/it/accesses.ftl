# Il registro degli accessi e la relazione annuale.

accesses-year = Accessi dell’anno { $year }. Fra parentesi l’anno prima.
accesses-desk = Sportello { $desk }: { $count } ({ $before }).
accesses-front-desk = Allo sportello: { $count } ({ $before }).
accesses-phone-email = Per telefono ed e-mail: { $count } ({ $before }).
accesses-first = Primi accessi: { $count } ({ $before }).
accesses-italian = Accessi di cittadini italiani: { $count } ({ $before }).
accesses-prevailing = Più frequenti: età { $age_band }, sesso { $sex }.
accesses-nothing = nessun dato
accesses-reasons = Primi motivi:
accesses-citizenships = Prime cittadinanze straniere:
accesses-months = Per mese, da gennaio: { $months }.
accesses-cases = Accompagnamenti: { $total }, di cui { $before } aperti prima; chiusi { $closed }, ancora aperti { $over }. Veloci: { $quick }.
accesses-comuni = Per comune di residenza:
accesses-elsewhere = Altri comuni e altrove
accesses-comuni-differ = La somma per comune è { $comuni }, gli accessi allo sportello sono { $front_desk }: il comune può essere detto anche al telefono o per e-mail, e non sempre è detto allo sportello.
accesses-dom = DOM: persone iscritte per lavorare { $workers } ({ $workers_before }). Famiglie con schede { $families } ({ $families_before }).

access-what = Qui si contano i contatti con lo sportello, senza nomi. Chi ha visto i dati di una persona si trova nella pagina della persona, sotto «Diritti».
access-title = Registro degli accessi
access-new-heading = Un nuovo accesso
access-correct-heading = Correggere un accesso
access-repeats = Il modulo riprende le risposte dell’ultimo accesso segnato. Se la persona è un’altra, guardarle una per una.
access-blank = Svuota il modulo
access-keys = Si passa da un campo all’altro con il tasto Tab. Nei campi con i numeri, un numero sceglie e porta al campo dopo; negli altri bastano le prime lettere. Invio salva da qualunque campo.
access-waiting = Manca la rete: # in attesa. Partono da soli quando la rete torna; tenere aperta questa pagina.
access-signed-out = La sessione è finita: # in attesa. Accedere di nuovo in un’altra scheda; poi partono da soli.
access-not-asked = non indicato
access-other-places = Altri luoghi
access-other-comune-hint = Solo se non è nell’elenco.
access-date-hint = Vuoto: oggi.
access-count-hint = Quanti accessi uguali. Vuoto: uno; al massimo { $count }.
access-enter-do = Segna
access-correct-do = Salva la correzione
access-correct-leave = Lascia com’è
access-correct = Correggi
access-undo = Annulla
access-own-heading = Oggi
access-today = { $count ->
    [0] Nessun accesso segnato oggi allo sportello.
    [one] Un accesso segnato oggi allo sportello.
   *[other] { $count } accessi segnati oggi allo sportello.
}
access-own-none = Qui compaiono gli accessi segnati da questa pagina.
access-own-text = Gli ultimi segnati da questa pagina: solo da qui, e solo oggi, si possono correggere.
access-entered = { $count ->
    [one] Segnato: è il primo di oggi.
   *[other] Segnato. Oggi sono { $count }.
}
access-entered-case = Segnato (oggi: { $count }). È aperto l’accompagnamento { $case }.
access-already = Era già segnato: non è stato contato due volte.
access-corrected = Corretto.
access-undone = Annullato: non è più contato.
access-gone = Non c’era più nulla da annullare.
access-is-first = primo accesso
access-field-channel = Canale
access-field-first_access = Primo accesso?
access-field-sex = Sesso
access-field-age_band = Età
access-field-citizenship = Cittadinanza
access-field-comune = Comune
access-field-permit_type = Titolo di soggiorno
access-field-referred_by = Inviato da
access-field-reason = Motivo
access-field-activation = Che cosa si è fatto
access-field-activation-more = Che cosa si è fatto ({ $number })
access-field-accompaniment = Accompagnamento
access-field-mediation = Mediazione linguistica
access-field-other-comune = Un altro comune
access-field-date = Giorno
access-field-count = Quanti

cases-title = Accompagnamenti
cases-count = { $count ->
    [0] Nessun accompagnamento.
    [one] Un accompagnamento.
   *[other] { $count } accompagnamenti.
}
cases-text = Un accompagnamento ha un numero, il giorno di apertura e quello di chiusura: nient’altro. Si apre segnando un accesso.
cases-empty-heading = Nessun accompagnamento
cases-empty-text = Quando un accesso apre un accompagnamento, il suo numero compare qui.
case-open = aperto
case-close-on = Chiuso il
case-close = Chiudi
case-reopen = Riapri
case-closed = Accompagnamento chiuso.
case-reopened = Accompagnamento riaperto.
column-case = Numero
column-opened = Aperto il
column-closed = Chiuso il
column-change = Cambia

access-import-title = Caricare accessi da un file
access-import-text = Il file ha una riga per accesso e le colonne del formato «accesses». Sono ammesse solo le righe del proprio sportello. Le stesse righe lette due volte si contano una volta.
access-import-file = File CSV o XLSX
access-import-file-hint = Senza nomi, telefoni o altri dati che dicono chi è la persona: una colonna così fa rifiutare tutto il file.
access-import-year = Anno
access-import-year-hint = Se indicato, le righe di un altro anno sono rifiutate.
access-import-year-wrong = Scrivere un anno dal 2002 in poi, con quattro cifre.
access-import-no-file = Scegliere un file.
access-import-try = Prova, senza scrivere
access-import-load = Carica
access-import-tried = Prova: non è stato scritto nulla
access-import-loaded = Caricato
access-import-not-loaded = Non è stato scritto nulla
access-import-unknown = Parole che nessun elenco conosce
access-import-unknown-administrator = Per ciascuna, dire nel suo elenco che cosa significa; poi riprovare con lo stesso file.
access-import-unknown-operator = Un’amministratrice o un amministratore può dire che cosa significano; poi si riprova con lo stesso file.
access-import-rows = Righe
access-import-rejected = Righe rifiutate (le prime cento)

vocabularies-title = Elenchi del registro
vocabularies-text = Le voci fra cui si sceglie segnando un accesso. Una voce usata non si cancella: si rinomina, si toglie dall’uso da un giorno in poi, o passa a un’altra.
vocabulary-title = Elenco: { $list }
vocabulary-list = Elenco
vocabulary-in-use = In uso
vocabulary-retired = Non più in uso
vocabulary-code = Codice
vocabulary-code-hint = Lettere minuscole, cifre e _. Resta per sempre.
vocabulary-label-it = Voce in italiano
vocabulary-label-en = Voce in inglese
vocabulary-state = Stato
vocabulary-used = in uso
vocabulary-used-until = in uso fino al { $date }
vocabulary-merged-after = in uso fino al { $date }, poi vale { $code }
vocabulary-fixed = Su queste voci si regge la relazione: si possono rinominare e spostare, non aggiungere o togliere.
vocabulary-add-heading = Una voce nuova
vocabulary-add-do = Aggiungi la voce
vocabulary-added = Voce aggiunta.
vocabulary-saved = Voce salvata.
vocabulary-label-heading = Come la chiamano i file
vocabulary-label-text = Se i file di prima usano un’altra parola, qui si dice a quale voce corrisponde.
vocabulary-label = Parola nel file
vocabulary-label-means = Significa
vocabulary-label-do = Tieni a mente
vocabulary-label-kept = I file possono ora usare questa parola.
vocabulary-term-title = Voce: { $label }
vocabulary-term-code = Il codice { $code } resta lo stesso.
vocabulary-change = Cambia
vocabulary-rename-hint = Il nome di prima si legge ancora nei file.
vocabulary-position = Posto nell’elenco
vocabulary-position-hint = 1 è il primo; chi sta lì o dopo si sposta di uno.
vocabulary-retired-on = Ultimo giorno d’uso
vocabulary-retired-on-hint = Vuoto: resta in uso. Gli accessi di prima tengono la voce.
vocabulary-merged-into = Dopo quel giorno vale
vocabulary-merged-into-hint = I file che dicono ancora questa voce contano per l’altra. Il passato resta com’è.
vocabulary-merge-none = nessuna voce
vocabulary-save = Salva
vocabulary-leave = Lascia com’è
