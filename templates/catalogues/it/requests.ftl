# Richieste.

requests-title = Richieste
requests-search = Cerca per famiglia o per codice
requests-count = { $count ->
    [one] Una richiesta
   *[other] { $count } richieste
}
requests-empty-heading = Nessuna richiesta
requests-empty-text = Con questa ricerca e questi filtri non c’è nessuna richiesta. Provare con meno lettere o togliere i filtri.
request-title = Richiesta { $code }
request-needed-by = urgente: serve entro il { $date }
request-from = dal { $date }
request-who-fits = Persone idonee
request-week-caption = Orario richiesto nella settimana
request-status-open = Aperta
request-status-paused = In pausa
request-status-filled = Coperta
request-status-closed = Chiusa
request-status-withdrawn = Ritirata
arrangement-hourly = a ore
arrangement-live_in = convivenza
arrangement-night = notte
live-in-hours = convivenza, { $hours } ore alla settimana
coverage-percent = almeno il { $percent }% delle ore

section-need = Che cosa serve
section-terms = Condizioni
fact-arrangement = Forma di lavoro
fact-schedule = Orario
fact-coverage = Parte dell’orario da coprire
fact-start-date = Inizio
fact-end-date = Fine
fact-required-skills = Competenze richieste
fact-preferred-skills = Competenze preferite
fact-required-qualifications = Uno di questi titoli
fact-required-languages = Lingue richieste
fact-self-sufficient = La persona assistita compie da sola gli atti di ogni giorno
fact-worker-sex = Sesso richiesto
worker-sex-with-ground = { $sex }, per l’igiene personale
fact-max-pay-hour = Offerta all’ora
fact-max-pay-month = Offerta al mese
fact-ccnl-level = Livello del contratto
fact-public-contribution = Contributo pubblico
fact-covers = Copre i riposi della richiesta
fact-opened-on = Aperta il

proposals-heading = Proposte
proposals-none = Nessuna proposta finora.
proposal-state-proposed = in attesa di risposta
proposal-state-accepted = ha detto sì
proposal-state-declined = ha detto no
proposal-state-expired = senza risposta, scaduta
