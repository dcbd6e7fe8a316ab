# Schede nominative: le pagine e la scheda stampata.

sheets-title = Schede nominative
sheets-count = { $count ->
    [one] Una scheda
   *[other] { $count } schede
}
sheets-empty-heading = Nessuna scheda
sheets-empty-text = Le schede si preparano da una richiesta aperta, scegliendo fra le persone idonee.
sheet-page-title = Scheda { $number }
sheet-issued-notice = La scheda { $number } è emessa. Ora si può stampare.
sheet-workers = Persone nominate
sheet-fingerprint = Impronta SHA-256
sheet-print = Stampa la scheda (PDF)
sheet-revoke-heading = Revoca la scheda
sheet-revoke-text = Dopo la revoca la scheda non si stampa più, e la verifica dice che è revocata. Gli abbinamenti restano.
sheet-revoke-reason = Motivo della revoca
sheet-revoke-do = Revoca

issue-title = Scheda per la richiesta { $code }
issue-recipient = La scheda va a { $name }.
issue-asked = Chiesto per telefono, ha detto sì
issue-asked-on = Il giorno
issue-skipped = Perché non chi sta in una fascia migliore?
issue-skipped-hint = Tra le persone idonee ce n’è almeno una, in una fascia migliore, che non è stata scelta.
issue-what-happens = Con l’emissione la scheda prende il suo numero, e resta scritto chi è stato nominato a chi.
issue-do = Emetti la scheda
issue-back = Torna alla scelta
standing-needs_no_asking = non occorre chiedere: disponibilità confermata da poco
standing-accepted = ha detto sì
standing-declined = ha detto no
standing-to_ask = da chiedere prima

obstacle-inactive = { $worker } non cerca più lavoro: lo stato non è attivo.
obstacle-no-authorisation = Per { $worker } manca l’autorizzazione a essere nominata.
obstacle-not-asked = { $worker } non ha ancora detto sì. Chiedere, poi segnare il giorno.
obstacle-declined = { $worker } ha detto no a questa richiesta.
obstacle-already-introduced = { $worker } è già stata abbinata a questa richiesta.
obstacle-permit = Il titolo di soggiorno di { $worker } non basta per questo lavoro.
obstacle-accreditation = { $worker } non è accreditata, e c’è un contributo pubblico.
obstacle-duplicate = { $worker } compare due volte.
refused-number-of-workers = Una scheda nomina da una a { $most } persone.
refused-number-taken = Altri hanno preso il numero della scheda troppe volte. Riprovare.
refused-request-not-open = La richiesta { $request } non è aperta.
refused-sheet-revoked = La scheda { $number } è revocata.
refused-no-reason = Scegliere il motivo.
refused-no-skip-reason = Scegliere perché non è stata proposta una persona di una fascia migliore.
refused-below-minimum = L’offerta di { $offer } € è sotto il minimo di { $minimum } € del livello { $level }, in vigore dal { $since } ({ $source }). Alzare l’offerta.
refused-already-proposed = { $worker } è già in attesa di risposta per questa richiesta.
refused-not-proposed = { $worker } non è stata interpellata per questa richiesta.
refused-not-waiting = La proposta a { $worker } non aspetta più una risposta.
refused-before-proposed = La risposta di { $worker } sarebbe prima della proposta. Controllare il giorno.
refused-in-the-future = La risposta di { $worker } sarebbe nel futuro. Controllare il giorno.

sheet-title = Scheda nominativa
sheet-recipient = Consegnata a
sheet-request = Richiesta
sheet-schedule = Orario
sheet-start = Inizio
sheet-issuer = Rilasciata da
sheet-date = Data
sheet-valid-until = Valida fino al
sheet-verification-code = Codice di verifica
sheet-verification = Verifica
sheet-square-code = Codice quadrato che porta alla verifica:
sheet-phone = Telefono
sheet-reasons = Perché corrisponde
sheet-profile = Profilo
sheet-comune = Comune
sheet-languages = Lingue
sheet-skills = Competenze
sheet-experience = Esperienza
sheet-qualifications = Titoli
sheet-accreditation = Accreditamento
sheet-accredited = Accreditata ai sensi della LR Toscana 82/2009
sheet-availability = Disponibilità nella settimana
sheet-page = Pagina { $page } di { $pages }
sheet-week-covered = richiesto e libera
sheet-week-missing = richiesto, non libera
sheet-week-spare = libera, non richiesto
sheet-week-free = libera
sheet-week-none = nessuna ora
