# Il registro di chi ha aperto che cosa.

nav-reads = Chi ha aperto che cosa
reads-title = Chi ha aperto che cosa
reads-text = Ogni pagina con dati di persone lascia una riga, anche quando la apre chi amministra. Qui non si cambia nulla. Dopo { $days } giorni le righe si cancellano, e ne resta solo il sigillo.
reads-command = riga di comando
reads-head = Sigillo di tutto il registro
reads-head-text = Conviene scriverlo altrove ogni tanto. Il comando «dom audit verify» controlla ogni sigillo e scrive lo stesso.
reads-account = Chi
reads-everybody = tutti
reads-record = Codice
reads-record-hint = Per esempio W-000123. Lasciare vuoto per tutti.
reads-do = Mostra
reads-count = { $count ->
    [one] Un minuto sigillato
   *[other] { $count } minuti sigillati
}
reads-empty-heading = Nessuna riga
reads-empty-text = Finora nessuno ha aperto dati di persone, o nessuno con questa scelta.
reads-who = Chi
reads-desk = Sportello
reads-what = Che cosa
reads-of = Di chi, o quale elenco
reads-sealed = sigillata
reads-open = da sigillare

unusual-title = Che cosa esce dal solito
unusual-text = Negli ultimi { $days } giorni: chi in un’ora ha aperto più di { $most } schede, chi ne ha aperte fra le { $evening } e le { $morning }, quali elenchi di più di { $rows } righe sono usciti. È una domanda da fare a chi lo ha fatto, non una colpa.
unusual-empty-heading = Niente di insolito
unusual-empty-text = Nessuno ha aperto molte schede in un’ora, né di notte, e nessun elenco lungo è uscito.
unusual-many = { $count ->
    [one] Una scheda in un’ora
   *[other] { $count } schede in un’ora
}
unusual-night = { $count ->
    [one] Una scheda di notte
   *[other] { $count } schede di notte
}
unusual-export = { $count ->
    [one] Un elenco uscito, di una riga
   *[other] Un elenco uscito, di { $count } righe
}

kept-title = Per quanto tempo si conserva il registro
kept-text = Le righe si conservano { $days } giorni; poi si cancellano, e il loro sigillo resta. Chi amministra sceglie solo la durata: non può togliere né cambiare una riga.
kept-change = Cambia la durata
kept-days = Giorni di conservazione
kept-days-hint = Da { $least } (sei mesi) a { $most } (dieci anni).

# Il registro dei trattamenti, che scrive «dom privacy register».

register-title = Registro dei trattamenti
register-made = Scritto il { $day } dalla base di dati e dalla configurazione in uso.
register-to-complete = Chi è il titolare e chi è il responsabile della protezione dei dati lo aggiunge l’ente. L’ente decide anche se le basi giuridiche sono queste.
register-undescribed = Di queste colonne nessuno ha scritto a che cosa servono: { $columns }
register-measures = Che cosa protegge i dati
register-days = { $count ->
    [one] un giorno
   *[other] { $count } giorni
}
register-months = { $count ->
    [one] un mese
   *[other] { $count } mesi
}
register-hours = { $count ->
    [one] un’ora
   *[other] { $count } ore
}
register-copies = ogni { $hours } ore, se ne tengono { $kept }
register-head-data = Dati
register-head-people = Di chi
register-head-recipients = Chi li vede
register-head-kept = Per quanto tempo
register-head-where = Dove stanno
register-purpose-access_log = Contare i contatti agli sportelli
register-purpose-accountability = Sapere chi ha visto che cosa, e poterlo dire
register-purpose-care = Capire di quale aiuto c’è bisogno
register-purpose-follow_up = Sapere se un incontro è diventato un lavoro
register-purpose-naming = Dare alla famiglia la scheda con il nome
register-purpose-operation = Far funzionare il programma
register-purpose-safeguarding = Fermare chi può fare del male
register-purpose-security = Far entrare solo chi può
register-purpose-service = Mettere in contatto chi cerca lavoro e le famiglie
register-purpose-statistics = Fare statistiche
register-basis-accountability = Dovere di rendere conto
register-basis-authorisation = Autorizzazione della persona a essere nominata
register-basis-consent = Consenso, che si può togliere con un gesto
register-basis-health_needs = Motivi di interesse pubblico rilevante
register-basis-public_task = Compito di interesse pubblico
register-basis-security = Sicurezza dei trattamenti
register-data-answers = Risposte ed esiti
register-data-authorisation = Autorizzazioni, limiti e rifiuti
register-data-availability = Orari e disponibilità
register-data-birth = Data di nascita
register-data-citizenship = Cittadinanza
register-data-contact = Recapiti
register-data-credentials = Chiavi di accesso, solo come impronta dove si può
register-data-disclosure = Schede consegnate e a chi
register-data-history = Storia della pratica
register-data-household = Legami di famiglia e tutela
register-data-identity = Nome e codice
register-data-needs = Compiti e bisogni di cura
register-data-notes = Annotazioni
register-data-pay = Paga
register-data-permit = Titolo di soggiorno
register-data-place = Comune, zona, indirizzo
register-data-policy = Regole ed elenchi
register-data-reads = Chi ha aperto che cosa
register-data-safeguarding = Sospensioni per tutela
register-data-sex = Sesso, o sesso richiesto con il suo motivo
register-data-skills = Competenze ed esperienza
register-data-staff = Nome e ruolo di chi lavora con il programma
register-data-statistics = Conteggi
register-data-technical = Dati tecnici
register-data-visit = Contatto allo sportello, senza nome
register-people-family = chi chiede per la famiglia
register-people-guardian = chi tutela
register-people-nobody = nessuna persona
register-people-partner_staff = chi lavora negli enti segnalanti
register-people-recipient = persona assistita
register-people-staff = chi lavora allo sportello
register-people-visitor = chi si rivolge allo sportello
register-people-worker = chi cerca lavoro
register-recipient-administrator = chi amministra
register-recipient-desk = gli sportelli
register-recipient-family = la famiglia
register-recipient-mail_server = il server di posta
register-recipient-nobody = nessuno
register-recipient-partner = l’ente che ha segnalato
register-recipient-public = tutti
register-recipient-readers = chi legge i resoconti, solo in numeri
register-recipient-worker = chi cerca lavoro
register-kept-accounts = Finché c’è l’accesso, e poi come traccia
register-kept-appointments = Dal giorno dell’appuntamento
register-kept-askings = Se nessuno decide; dopo la decisione 30 giorni, o finché c’è la scheda della persona
register-kept-changes = Dopo la modifica
register-kept-comments = Da quando è scritto
register-kept-copies = Le ultime 800 righe
register-kept-done_tasks = Da quando è fatto
register-kept-drafts = Dopo l’ultima modifica
register-kept-file_bytes = Finché il file è caricato, o al più
register-kept-files = Dopo il caricamento
register-kept-fits = Sei anni interi
register-kept-forms = Una settimana
register-kept-kept = Senza termine: è la traccia delle regole e dei fatti
register-kept-mail = Dopo la consegna
register-kept-merge = Dopo l’unione delle schede
register-kept-night = Fino alla notte
register-kept-notes = Da quando è scritta
register-kept-password_links = Fino all’uso, o al più
register-kept-reads = Dall’apertura
register-kept-record = Finché c’è la scheda della persona
register-kept-revisions = Finché un programma ne ha bisogno
register-kept-searches = Un giorno
register-kept-sessions = Dodici ore
register-kept-statistics = Senza termine: non dice di chi è
register-kept-throttles = Un’ora senza tentativi
register-measure-copies = Copie della base di dati
register-measure-disclosures = Ogni scheda che esce lascia una riga che la persona può vedere
register-measure-mail_leaves = La posta parte da un server
register-measure-passwords = Le password sono conservate come impronta
register-measure-reads = Chi apre dati di persone è scritto, con un sigillo
register-measure-roles = Ogni ruolo apre solo le sue pagine
register-measure-second_factor = Devono entrare in due passi
register-measure-sessions = Un accesso dura al più
register-measure-site_encrypted = Il sito si apre solo cifrato
register-measure-withheld = I numeri piccoli non si pubblicano
