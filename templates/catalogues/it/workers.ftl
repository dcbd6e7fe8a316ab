# Lavoratrici e lavoratori.

workers-title = Lavoratrici e lavoratori
workers-search = Cerca una persona
workers-count = { $count ->
    [one] Una persona
   *[other] { $count } persone
}
workers-empty-heading = Nessuna persona
workers-empty-text = Con questa ricerca e questi filtri non c’è nessuno. Provare con meno lettere o togliere i filtri.
worker-out = Ora non si può proporre a nessuna famiglia: { $why }.
worker-out-until = in pausa fino al { $date }
worker-out-paused = in pausa, senza una data di fine
worker-out-placed = ha trovato lavoro
worker-out-withdrawn = è fuori dal servizio
worker-out-not-named = manca l’autorizzazione a essere nominata o nominato
worker-out-named-from = l’autorizzazione a essere nominata o nominato vale dal { $date }
worker-week-live-in = In convivenza: ore e riposi da concordare. Il modulo non indica altre ore.
worker-week-none = Nessuna ora indicata.
worker-week-caption = Disponibilità nella settimana
worker-status-active = In cerca di lavoro
worker-status-paused = In pausa
worker-status-placed = Al lavoro
worker-status-withdrawn = Fuori dal servizio

section-person = Persona e contatti
section-work = Lavoro cercato
section-capabilities = Competenze
section-permit = Titolo di soggiorno
section-registration = Iscrizione

fact-given-name = Nome
fact-family-name = Cognome
fact-own-script = Nome nella propria scrittura
fact-phone = Telefono
fact-email = E-mail
fact-contact-language = Lingua per i contatti
fact-contact-by = Contatto preferito
fact-comune = Comune
fact-arrangements = Forme di lavoro accettate
fact-availability = Disponibilità
fact-available-from = Disponibilità dal
fact-confirmed-on = Disponibilità confermata il
fact-max-km = Chilometri al massimo
fact-extra-comuni = Altri comuni accettati
fact-relocates = Può trasferirsi per la convivenza
fact-max-hours-week = Ore alla settimana al massimo
fact-min-pay-hour = Paga oraria minima
fact-min-pay-month = Paga mensile minima
fact-skills = Competenze
fact-qualifications = Titoli
fact-languages = Lingue
fact-experience = Esperienza
fact-accreditation = Accreditamento (LR Toscana 82/2009)
fact-permit-type = Titolo
fact-permit-until = Scadenza
fact-renewal-receipt = Ricevuta di rinnovo
fact-work-right-confirmed = Diritto a questo lavoro confermato
fact-registered-on = Iscrizione
fact-consent-on = Autorizzazione a essere nominata o nominato, dal
fact-share-without-asking = Si può nominare senza chiedere ogni volta
fact-paused-until = In pausa fino al
fact-pause-reason = Motivo della pausa
fact-desk = Sportello

contact-by-email = per e-mail
contact-by-phone = per telefono
contact-by-desk = allo sportello
accreditation-none = assente
accreditation-pending = in corso
accreditation-yes = presente
sex-f = femminile
sex-m = maschile
sex-x = non indicato
experience-years = { $count ->
    [one] un anno
   *[other] { $count } anni
}

introductions-heading = Abbinamenti
introductions-none = Nessun abbinamento finora.
disclosures-heading = A chi sono stati comunicati i dati
disclosures-none = I dati non sono ancora stati comunicati a nessuno.
disclosure-issued = scheda emessa
disclosure-printed = scheda stampata
