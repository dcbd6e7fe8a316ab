# Quello che chi amministra decide, riga per riga e da un giorno in poi.

nav-policy = Regole
policies-text = Ogni regola vale da un giorno. Chi l’ha scritta e quando resta scritto.
policies-weights = quanto conta ogni parte del punteggio.
policies-minimums = quali righe della tabella dei minimi sono sbagliate, e perché.
policies-waves = quali domande si fanno dopo una scheda.
policies-factors = quali ruoli entrano in due passi.
policies-local = chi entra con la password e chi con il servizio di identità.
policies-kept = quanto dura il registro di chi ha aperto che cosa.
policies-backups = ogni quanto si fanno, e quante se ne conservano.

weights-title = Quanto conta ogni parte del punteggio
weights-text = La somma è 100. Nessuna parte guarda cittadinanza, origine, religione, età o famiglia. Ogni scheda conserva i pesi con cui è stata fatta.
weights-since = Questi pesi valgono dal { $date }.
weights-change = Cambia i pesi
weights-heading = Pesi
weights-part = { $name } { $weight }
weights-look = Guarda l’effetto prima
weights-effect = Che cosa cambierebbe oggi
weights-effect-text = Richieste con altri tra i primi cinque, o in un altro ordine: { $changed } su { $looked } tra le ultime aperte. Non è ancora registrato niente.
weights-nobody = Per le ultime richieste aperte oggi nessuno è adatto. Non è ancora registrato niente.
weights-now = I primi adesso
weights-then = I primi con questi pesi
problem-weights-sum = I pesi insieme fanno { $sum }. Devono fare 100.
problem-setting = Scegli una voce dell’elenco.

policies-notices = i testi che spiegano come si usano i dati, e chi deve ancora saperlo.

record-notice = L’informativa
notice-kind-worker = Chi cerca lavoro
notice-kind-family = Famiglie
notice-kind-care_recipient = Persone assistite
notice-kind-contact = Chi decide per la persona assistita
notice-title-care_recipient = Informativa sui dati, per la persona assistita
notice-title-contact = Informativa sui dati, per chi decide per la persona assistita
told-how-mail = con una mail
told-how-paper = su carta
told-how-screen = sullo schermo

notices-page-title = Informative sui dati
notices-page-text = Un testo nuovo prende il posto di quello di prima dal giorno scelto. Da quel giorno gli sportelli trovano chi deve saperlo.
notices-held = { $kind }: testo del { $date }.
notices-to-tell = Da informare: { $total }.
notices-new = Pubblica un testo nuovo
notices-words = Testo in { $language }
notices-reviewed = Chi parla { $language } da sempre ha letto il testo, e va bene
notices-unreviewed = { $language } (da rileggere)
notices-from-hint = Oggi o un giorno futuro. Una riga vuota divide due paragrafi. Le lingue vuote mostrano l’italiano.
notices-publish = Pubblica
notices-published = Il testo è pubblicato.
notices-history = I testi pubblicati
notices-for = Per chi
notices-languages = Lingue
problem-notice-kind = Scegli per chi è il testo.
problem-notice-day = Da questo giorno vale già un altro testo. Scegli un altro giorno.
problem-notice-long = Il testo è troppo lungo: al massimo { $most } caratteri.

inform-title = Persone da informare
inform-wait = { $kind }: da informare { $total }
inform-kind = { $kind }: { $total }
inform-or-more = { $number } o più
inform-text = { $kind }: dal { $date } vale un testo nuovo sull’uso dei dati.
inform-read = Il testo
inform-none-heading = Nessuno da informare
inform-none-text = Qui si trova chi deve sapere di un testo nuovo, dopo che è pubblicato.
inform-by-mail = Con una mail
inform-by-mail-text = { $count ->
    [one] Una persona dell’elenco ha un indirizzo e vuole le mail.
   *[other] { $count } persone dell’elenco hanno un indirizzo e vogliono le mail.
}
inform-count = Quante mail
inform-count-hint = Scrivi lo stesso numero, per conferma.
inform-by-mail-do = Invia le mail
inform-going = Le mail di questo testo si stanno ancora preparando, un po’ per volta: non serve fare niente.
inform-stop-text = Le mail di questo testo che non sono ancora partite si possono fermare. Chi doveva riceverle torna nell’elenco, e da domani gli si può scrivere di nuovo.
inform-stop = Ferma le mail
inform-stopped = { $count ->
    [one] Una mail è stata fermata.
   *[other] { $count } mail sono state fermate.
}
refused-notice-wide = Queste mail sono di tutti gli sportelli: si fermano dall’elenco di tutti.
inform-by-hand = Di persona
inform-who = { $count ->
    [one] Una persona da informare
   *[other] { $count } persone da informare
}
inform-takes-mail = mail
inform-how = Come
inform-on = In quale giorno
inform-by-hand-do = Segna come informate
inform-told = { $count ->
    [one] Una persona è segnata come informata.
   *[other] { $count } persone sono segnate come informate.
}
inform-mails = { $count ->
    [one] Una mail è pronta per partire.
   *[other] { $count } mail sono pronte per partire.
}
inform-empty-heading = Tutte informate
inform-empty-text = In questo elenco non c’è più nessuno.
problem-nobody-chosen = Scegli almeno una persona.
problem-told-how = Scegli come.
problem-told-before = Il giorno viene prima del testo nuovo.
refused-notice-over = Nel frattempo c’è un altro testo. Guarda di nuovo l’elenco.
refused-notice-going = Le mail di questo testo si stanno già preparando.
refused-mail-again = Questa mail non parte più: chi doveva riceverla l’ha saputo intanto, o ne riceverà un’altra.
problem-count-again = Il numero è { $count }. Scrivi questo numero per confermare.
notice-given = { $kind }, testo del { $date }: { $how } il { $on }. { $name }
mail-kind-new_notice = Avviso: testo nuovo sull’uso dei dati
fact-notice-given = Informativa consegnata

policies-retention = per quanto tempo si conserva ogni cosa, e che cosa è già andato via.
policies-thresholds = quando qualcosa aspetta sulla pagina iniziale, quanto durano proposte, schede e accessi, quanti tentativi di accesso.

retention-title = Quanto si conserva
retention-text = Passato il tempo, ogni notte il programma cancella da solo. Resta scritto solo quanto.
retention-on = Prova: che cosa andrebbe via entro il giorno
retention-try = Prova senza cancellare
retention-by = Che cosa va via entro il { $date }
retention-what = Che cosa
retention-kept = Si conserva
retention-before = Va via se è di prima del
retention-over = Quanto
retention-years = I numeri degli anni chiusi non cambiano: sono contati a parte.
retention-others = Il resto
retention-went = Che cosa è andato via
retention-nothing-went = Finora niente.
retention-day = Giorno
retention-count = Quanto
retention-fixed-searches = Parole cercate negli elenchi: 24 ore.
retention-fixed-sessions = Accessi aperti: le ore che dice la pagina dei tempi. Tentativi di accesso: un’ora.
retention-fixed-receipts = Ricevute dei moduli inviati: 7 giorni.
retention-fixed-uploads = File consegnati: un giorno. Il loro resoconto: 7 giorni.
retention-fixed-merges = Com’erano due schede prima di essere unite: 30 giorni.
retention-fixed-askings = Domande dal pubblico: senza conferma 3 giorni, rifiutate 30 giorni, accettate 180 giorni.
retention-fixed-fits = Chi era adatto a una richiesta: sei anni interi.
retention-fixed-accesses = Gli accessi agli sportelli non hanno nomi, e restano.
retention-rules-title = Cambia i tempi
retention-rules-text = Un tempo più corto vale dalla prima notte del giorno scelto. Quello che va via non torna.

thresholds-title = Dopo quanto tempo
thresholds-text = Questi numeri decidono quando una cosa aspetta sulla pagina iniziale e quando il programma chiede o avvisa. Decidono quanto durano una proposta, una scheda e un accesso, e dopo quanti tentativi sbagliati si deve aspettare. Una proposta, una scheda e un accesso tengono il numero del loro giorno.

setting-mail_words = Testi e indirizzi delle mail già partite
setting-drafts = Moduli non finiti
setting-notes = Note del diario
setting-comments = Commenti liberi nelle risposte
setting-done_tasks = Cose fatte su una persona, con quello che ha scritto
setting-askings = Domande dal pubblico che nessuno ha deciso
setting-appointments = Appuntamenti allo sportello
setting-changes = Com’erano le schede prima di ogni modifica
setting-workers = Chi cerca lavoro e non si fa più sentire
setting-families = Famiglie senza più richieste
setting-stalled = Richiesta senza una scheda
setting-silent = Scheda senza una parola
setting-permits = Titolo di soggiorno che scade
setting-ask = Domanda sugli orari, senza notizie
setting-pause = Pausa, senza notizie
setting-proposals = Proposta che aspetta una parola
setting-sheets = Validità di una scheda
setting-remind_far = Primo avviso di una scadenza
setting-remind_near = Secondo avviso di una scadenza
setting-fresh = Disponibilità che vale come confermata
setting-calls = Telefonata della famiglia dopo la scheda
setting-session_idle = Accesso senza fare niente
setting-session_longest = Accesso in tutto
setting-tries_here = Tentativi di accesso sbagliati a un account da una rete
setting-tries_account = Tentativi di accesso sbagliati a un account da tutte le reti
setting-tries_network = Tentativi di accesso sbagliati da una rete
setting-reads_hour = Schede aperte in un’ora prima che si noti
setting-night_begins = Inizio delle ore in cui lo sportello è chiuso
setting-night_ends = Fine delle ore in cui lo sportello è chiuso
setting-long_list = Righe di un elenco scaricato prima che si noti
setting-minutes = { $count ->
    [one] un minuto
   *[other] { $count } minuti
}
setting-hours = { $count ->
    [one] un’ora
   *[other] { $count } ore
}
setting-days = { $count ->
    [one] un giorno
   *[other] { $count } giorni
}
setting-months = { $count ->
    [one] un mese
   *[other] { $count } mesi
}
setting-tries = { $count ->
    [one] un tentativo
   *[other] { $count } tentativi
}
setting-records = { $count ->
    [one] { $count } scheda
   *[other] { $count } schede
}
setting-rows = { $count ->
    [one] { $count } riga
   *[other] { $count } righe
}
setting-clock = le ore { $hour }
setting-line = { $name }: { $number }
setting-point = { $name } (da { $least } a { $most })
setting-change = Cambia un numero
setting-what = Che cosa
setting-which = Quale
setting-value = Quanto
setting-value-hint = Un numero nell’unità che sta nella lista qui sopra: minuti, ore, giorni, mesi, tentativi, schede, righe o l’ora del giorno.

renew-title = Dati che si cancellano
renew-text = Da molto tempo non si sa più niente di queste persone. Se nessuno dice niente, da quel giorno i loro dati si possono cancellare. Basta anche una modifica alla loro scheda.
renew-wait-workers = { $count ->
    [one] Una persona che cerca lavoro
   *[other] { $count } persone che cercano lavoro
}
renew-wait-families = { $count ->
    [one] Una famiglia
   *[other] { $count } famiglie
}
renew-count = { $count ->
    [one] Una scheda
   *[other] { $count } schede
}
renew-line = avvisata il { $asked }, si può cancellare dal { $date }
renew-do = Conserva ancora
renew-kept = { $count ->
    [one] I dati di una persona restano.
   *[other] I dati di { $count } persone restano.
}
renew-empty-heading = Niente si cancella
renew-empty-text = Nessuno è stato avvisato, o tutti hanno risposto.
mail-kind-ask_to_keep = Domanda se conservare i dati

minimums-title = Minimi di paga sbagliati
minimums-text = Se una riga della tabella dei minimi è sbagliata, qui si segna e si scrive perché. Da quel giorno nessuna offerta si confronta con quella riga, e le schede possono uscire.
minimums-none = Nessuna riga è segnata come sbagliata.
minimums-change = Segna una riga
minimums-row = Riga della tabella
minimums-state = La riga è
minimums-wrong = sbagliata
minimums-right = giusta
minimums-reason = Perché
minimums-reason-hint = Per esempio la fonte che dice un’altra cifra. Resta scritto con le schede che escono.
minimums-line = Tabella { $table }, livello { $level }, dal { $date }: { $amount }
minimums-said = { $row }: { $state } ({ $reason })
problem-minimum-row = Scegliere una riga della tabella.
problem-minimum-choice = Scegliere se la riga è sbagliata o giusta.
