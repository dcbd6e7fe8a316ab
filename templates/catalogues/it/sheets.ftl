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
issue-skipped = Perché non è stata scelta una persona di una fascia migliore?
issue-skipped-hint = Almeno una persona idonea sta in una fascia migliore e non è stata scelta.
issue-what-happens = Con l’emissione la scheda prende il suo numero. Resta scritto chi è stato nominato e a quale famiglia.
issue-do = Emetti la scheda
issue-back = Torna alla scelta
standing-needs_no_asking = non occorre chiedere: disponibilità confermata da poco
standing-accepted = ha detto sì
standing-declined = ha detto no
standing-to_ask = da chiedere prima

obstacle-inactive = { $worker } ora non cerca lavoro: lo stato non è attivo. Togliere questa persona dalla scelta.
obstacle-no-authorisation = Per { $worker } manca l’autorizzazione a essere nominata o nominato. Raccoglierla, o togliere questa persona dalla scelta.
obstacle-not-asked = { $worker } non ha ancora detto sì. Chiedere, poi segnare il giorno.
obstacle-declined = { $worker } ha detto no a questa richiesta. Togliere questa persona dalla scelta, o chiedere di nuovo.
obstacle-already-introduced = C’è già un abbinamento fra { $worker } e questa richiesta. Togliere questa persona dalla scelta.
obstacle-permit = Il titolo di soggiorno di { $worker } non basta per questo lavoro. Controllare titolo e scadenza.
obstacle-accreditation = C’è un contributo pubblico, e { $worker } non ha l’accreditamento. Togliere questa persona dalla scelta.
obstacle-duplicate = { $worker } compare due volte. Lasciare una sola riga.
refused-number-of-workers = Una scheda nomina da una a { $most } persone. Cambiare la scelta.
refused-number-taken = Altre emissioni hanno preso il numero di questa scheda. Riprovare.
refused-request-not-open = La richiesta { $request } non è aperta. Riaprirla, o scegliere una richiesta aperta.
refused-sheet-revoked = La scheda { $number } è revocata e non si usa più. Se serve, emetterne una nuova.
refused-no-reason = Scegliere il motivo.
refused-no-skip-reason = Scegliere perché non è stata proposta una persona di una fascia migliore.
refused-below-minimum = L’offerta di { $offer } € è sotto il minimo di { $minimum } € del livello { $level }, in vigore dal { $since } ({ $source }). Alzare l’offerta.
refused-already-proposed = Per questa richiesta c’è già una proposta a { $worker }, in attesa di risposta. Aspettare la risposta, o registrarla.
refused-not-proposed = Per questa richiesta non c’è una proposta a { $worker }. Fare prima la proposta.
refused-not-waiting = La proposta a { $worker } non aspetta più una risposta. Se serve, farne una nuova.
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
sheet-square-code = Codice QR che porta alla verifica:
sheet-phone = Telefono
sheet-reasons = Perché corrisponde
sheet-profile = Profilo
sheet-comune = Comune
sheet-languages = Lingue
sheet-skills = Competenze
sheet-experience = Esperienza
sheet-qualifications = Titoli
sheet-accreditation = Accreditamento
sheet-accredited = Presente, ai sensi della LR Toscana 82/2009
sheet-availability = Disponibilità nella settimana
sheet-page = Pagina { $page } di { $pages }
sheet-week-covered = ore richieste e disponibili
sheet-week-missing = ore richieste, non disponibili
sheet-week-spare = ore disponibili, non richieste
sheet-week-free = ore disponibili
sheet-week-none = nessuna ora
