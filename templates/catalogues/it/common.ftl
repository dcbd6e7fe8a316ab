# Ciò che sta intorno a ogni pagina. Si scrive prima qui, poi in en/common.ftl.
# Un anno, un codice o un numero di telefono arriva come testo, non come numero.

service-name = DOM
service-owner = Coeso Società della Salute
service-tagline = Lavoro domestico e di cura

skip-to-content = Vai al contenuto principale
signed-in-as = Accesso eseguito come
sign-out = Esci
main-navigation = Menu principale
breadcrumb-label = Percorso di navigazione
footer-links = Informazioni sul servizio

demo-label = Avviso
demo-banner = Dati di prova: le persone, le famiglie e i recapiti di queste pagine sono inventati.

# Davanti al titolo della pagina, quando un modulo torna indietro.
title-error = Errore:
error-label = Errore:
errors-heading = { $count ->
    [one] C’è un problema da correggere
   *[other] Ci sono { $count } problemi da correggere
}

paging-label = Pagine dell’elenco
paging-previous = Pagina precedente
paging-next = Pagina successiva
paging-where = Pagina { $page } di { $pages }

week-day = Giorno

nav-menu = Menu
nav-home = Inizio
nav-workers = Lavoratrici e lavoratori
nav-families = Famiglie
nav-requests = Richieste
nav-sheets = Schede nominative
nav-vocabularies = Elenchi
nav-accesses = Accessi
nav-sources = Fonti e licenze dei dati
not-stated = non indicato
choose-one = Scegli
date-hint = Giorno/mese/anno, per esempio 23/11/2026
yes-no-yes = sì
yes-no-no = no

weekday-0 = lunedì
weekday-1 = martedì
weekday-2 = mercoledì
weekday-3 = giovedì
weekday-4 = venerdì
weekday-5 = sabato
weekday-6 = domenica
weekday-short-0 = lun
weekday-short-1 = mar
weekday-short-2 = mer
weekday-short-3 = gio
weekday-short-4 = ven
weekday-short-5 = sab
weekday-short-6 = dom
week-need = Serve
week-offer = Disponibile

search-hint = Basta una parte del nome, del telefono o del codice. Accenti e maiuscole non contano. Si trova anche chi è scritto in modo simile.
search-alike = Scritti in modo simile
search-alike-text = Si trovano con poche lettere diverse, o con un nome che suona allo stesso modo. Prima chi è più vicino.
search-do = Cerca
search-clear = Togli ricerca e filtri
filter-all = Qualsiasi
filter-status = Stato
filter-arrangement = Forma di lavoro
filter-desk = Sportello
filters-title = Filtri salvati
filters-text = Un filtro salvato apre un elenco già ristretto. Lo toglie solo chi lo ha salvato.
filters-none = Non ci sono filtri salvati. In un elenco si scelgono stato, forma di lavoro o sportello; poi si salva la scelta.
filter-more = Filtri
filter-save = Salva questo filtro
filter-text = Si salva la scelta di stato, forma di lavoro e sportello. Le parole cercate non si salvano mai: possono essere il nome di qualcuno.
filter-name = Nome del filtro
filter-name-hint = Per esempio: aperte di Grosseto. Mai il nome, il telefono o l’indirizzo di una persona.
filter-list = Elenco
filter-shared = Chi lo vede
filter-shared-own = Solo chi lo salva
filter-shared-desk = Tutto il mio sportello
filter-shared-all = Tutti gli sportelli
filter-saved = Il filtro è salvato.
filter-removed = Il filtro è tolto.
filter-remove = Togli
filter-by = Di { $name }
problem-filter-unnamed = Scrivere un nome per il filtro.
problem-filter-long = Il nome è troppo lungo: al massimo { $longest } caratteri.
problem-filter-empty = Non c’è nessuna scelta da salvare. Scegliere prima stato, forma di lavoro o sportello.
problem-filter-reaches = Qui non va un numero di telefono o un indirizzo. Scegliere un altro nome.
problem-filter-names = Qui è registrato qualcuno che si chiama “{ $word }”. Il nome di un filtro non deve far pensare a una persona: scegliere altre parole.
problem-filter-taken = C’è già un filtro con questo nome. Scegliere un altro nome, o togliere prima quello.
problem-filter-many = Ci sono già { $most } filtri per questo elenco. Toglierne uno prima.

column-name = Nome
column-code = Codice
column-comune = Comune
column-arrangement = Forma di lavoro
column-arrangements = Forme di lavoro
column-confirmed = Disponibilità confermata
column-status = Stato
column-referred-by = Segnalata da
column-desk = Sportello
column-request = Richiesta
column-family = Famiglia
column-worker = Lavoratrice o lavoratore
column-sheet = Scheda
column-issued = Emessa il
column-valid-until = Valida fino al
column-start = Inizio
column-do = Azioni
column-when = Quando
column-how = Come
column-to = A chi
column-by = Da chi
column-criterion = Criterio
column-missing = Che cosa manca
column-score = Punti

home-title = Oggi allo sportello
home-role-administrator = Questo accesso amministra il servizio.
home-role-operator = Da qui si aprono richieste, famiglie e persone che cercano lavoro.
home-role-partner = Sotto “Segnalazioni” si segnala una famiglia. Sotto “Le mie famiglie” si può scrivere che cosa è successo dopo una scheda.
home-role-reader = Da qui si leggono i numeri del servizio. Questo accesso non apre dati di persone.
home-open-requests = Richieste aperte
home-active-workers = Persone che cercano lavoro

sources-title = Fonti e licenze dei dati
sources-text = Il servizio usa dati e caratteri di altri, con queste licenze.

verify-title = Verifica di una scheda nominativa
verify-unknown = Nessuna scheda ha questo codice. Controllare di averlo scritto come sulla scheda. Se è giusto, chiamare lo sportello.
verify-number = Numero
verify-desk = Sportello
verify-date = Data di emissione
verify-state-genuine = Autentica e valida
verify-state-superseded = Autentica ma superata
verify-state-expired = Autentica ma scaduta
verify-state-revoked = Revocata

policy-from = Da quale giorno
policy-from-hint = Oggi o un giorno futuro. L’ultima scelta scritta vale su quelle di prima.
policy-save = Registra
policy-saved = La scelta è registrata.
policy-history = Le scelte fatte
policy-by = Chi
policy-at = Quando
policy-from-start = dall’inizio
problem-policy-day = Il giorno non può essere passato, né oltre un anno.
