# Ciò che sta intorno a ogni pagina. Si scrive prima qui, poi in en/common.ftl.
# Un anno, un codice o un numero di telefono arriva come testo, non come numero.

service-name = DOM
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
