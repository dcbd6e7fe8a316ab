# Gli esiti: da quante richieste con schede è nato un lavoro.

outcomes-rules = Regole di quel giorno: pesi del punteggio dal { $date }, { $waves } domande dopo ogni scheda.
outcomes-period-turned = La fine del periodo viene prima dell’inizio.
outcomes-period = Richieste con la prima scheda dal { $from } al { $to }, secondo ciò che si sa al { $today }.
outcomes-nothing = In questo periodo nessuna richiesta ha ricevuto la prima scheda.
outcomes-sentence = Delle { $requests } richieste che hanno ricevuto schede, la parte diventata un lavoro è almeno { $lower } e al massimo { $upper }; fra quelle che hanno avuto abbastanza tempo, la stima migliore è { $weighted }.
outcomes-sentence-without-estimate = Delle { $requests } richieste che hanno ricevuto schede, la parte diventata un lavoro è almeno { $lower } e al massimo { $upper }; non si sa ancora abbastanza per una stima.
outcomes-sentence-counts = Richieste che hanno ricevuto schede: { $requests }. Diventate un lavoro: almeno { $lower }, al massimo { $upper }. Sono troppo poche per una percentuale.
outcomes-opened = Richieste aperte nel periodo: { $opened }, senza scheda { $without }.
outcomes-excluded = Tolte dal conto: per decesso { $died }, ingresso in struttura { $residential }, trasferimento { $moved }, doppioni { $duplicate }.
outcomes-states = Coperte { $filled }, coperte altrove { $elsewhere }, non coperte { $not }, versioni discordi { $conflict }, esito non noto { $unknown }.
outcomes-days-to-sheet = Giorni dall’apertura alla prima scheda: mediana { $median } (quartili { $first } e { $third }).
outcomes-days-to-hire = Giorni dall’apertura all’inizio del lavoro: mediana { $median } (quartili { $first } e { $third }).
outcomes-strict = Anche se le parole di una parte sola fossero sbagliate: fra { $lower } e { $upper }.
outcomes-need-met = Bisogno soddisfatto, anche altrove: fra { $lower } e { $upper }.
outcomes-mature = Richieste che hanno avuto abbastanza tempo (111 giorni dalla prima scheda): { $mature }.
outcomes-observed = Fra queste, dove l’esito è noto: { $observed } (intervallo al 95% secondo Wilson: da { $lower } a { $upper }).
outcomes-assumption = La stima migliore suppone che, per lo stesso sportello e lo stesso tipo di lavoro, chi non risponde sia come chi risponde. { $count ->
    [0] Ogni gruppo ha il suo tasso.
    [one] Un gruppo senza esiti noti prende il tasso di tutti.
   *[other] { $count } gruppi senza esiti noti prendono il tasso di tutti.
}
outcomes-answered = Abbinamenti: { $introductions }. Ha risposto la famiglia per { $family }, chi lavora per { $worker }, entrambe le parti per { $both }, almeno una per { $any }.
outcomes-agreement = Risposte delle due parti a confronto: entrambe assunzione { $hired }, entrambe no { $not }, solo la famiglia { $family }, solo chi lavora { $worker }.
outcomes-kappa = Concordano: { $agree } dei casi; kappa di Cohen { $kappa }.
outcomes-regular = Assunzioni: { $hired }; risulta la comunicazione all’INPS per almeno { $yes }.
outcomes-tally = Altre risposte alla domanda sull’INPS negli anni del periodo, tenute solo come conteggio: no { $no }, non so { $unknown }, preferisco non rispondere { $silent }.
outcomes-fit = Le due parti hanno detto se si trovano bene: { $both } volte; entrambe sì { $yes }.
outcomes-started = Lavori di cui si conosce l’inizio: { $count }.
outcomes-retained = Ancora insieme dopo { $days } giorni: fra { $lower } e { $upper }; stima di Kaplan-Meier { $estimate } (a rischio { $at_risk }).
outcomes-reasons = Motivi del no, di entrambe le parti:
outcomes-by-desk = Per sportello:
outcomes-by-arrangement = Per tipo di lavoro:
outcomes-by-partner = Per ente segnalante:
outcomes-by-itself = nessun ente
outcomes-group = { $name }: richieste { $requests }, fra { $lower } e { $upper }, stima migliore { $weighted }
outcomes-group-few = { $name }: richieste { $requests }, diventate un lavoro almeno { $lower } e al massimo { $upper }
outcomes-no-rate = n.d.

# La pagina degli esiti.
nav-outcomes = Esiti
outcomes-title = Esiti: quante richieste sono diventate un lavoro
outcomes-from = Prima scheda dal
outcomes-to = Prima scheda al
outcomes-empty = In questo periodo non c’è ancora nulla da contare. I numeri arrivano quando una richiesta riceve la prima scheda.
outcomes-too-few = sotto 10
outcomes-too-small = Le richieste di quest’anno sono troppo poche per dire dei numeri.
outcomes-withholding = Non sono pubblicati (n.p.), per proteggere le persone, i gruppi con meno di 5 richieste e i numeri da 1 a 2 (fino a 4 dove c’entra la salute). Con loro mancano altri numeri, perché i primi non si possano ricavare per differenza.
outcomes-side-wave = { $side }, { $wave }
outcomes-between = { $name }: fra { $lower } e { $upper }
outcomes-open-calls = { $count ->
    [0] Non c’è nessuna telefonata aperta che possa chiarire altre richieste.
    [one] Una telefonata aperta, o un caso discorde, può ancora chiarire una richiesta.
   *[other] Telefonate aperte e casi discordi possono ancora chiarire { $count } richieste.
}
outcomes-key-certain = Certo
outcomes-key-open = Non si sa ancora
outcomes-key-calls = Di cui si può ancora telefonare
outcomes-key-estimate = Stima migliore
outcomes-span-job = Diventate un lavoro
outcomes-span-strict = Anche se una parte sola si sbaglia
outcomes-span-need = Bisogno soddisfatto, anche altrove

outcome-row-figure = Che cosa
outcome-row-criterion = Criterio
outcome-row-desk = Sportello
outcome-row-arrangement = Tipo di lavoro
outcome-row-partner = Ente segnalante
outcome-row-reason = Motivo
outcome-row-channel = Come è arrivata
outcome-row-side = Chi è stato sentito

outcome-column-number = Numero
outcome-column-share = Sulle richieste con scheda
outcome-column-rate = Percentuale
outcome-column-q1 = Primo quartile
outcome-column-median = Mediana
outcome-column-q3 = Terzo quartile
outcome-column-hires = Lavori
outcome-column-lower = Almeno
outcome-column-upper = Al massimo
outcome-column-estimate = Stima
outcome-column-at_risk = A rischio
outcome-column-asked = Inviti
outcome-column-rr1 = RR1
outcome-column-rr2 = RR2
outcome-column-family = Famiglia
outcome-column-worker = Chi lavora
outcome-column-requests = Richieste
outcome-column-filled = Lavori, almeno
outcome-column-filled_at_most = Lavori, al massimo
outcome-column-observed = Dove si sa
outcome-column-weighted = Stima migliore

outcome-column-kept_out = Persone escluse da questo solo
outcome-column-nobody_first = Richieste rimaste senza nessuno

outcome-channel-mail = Con il link
outcome-channel-phone = Al telefono
outcome-channel-desk = Allo sportello
outcome-channel-partner = Da un ente
outcome-channel-not_stated = Non indicato

outcome-part-funnel = Fin dove arrivano le richieste
outcome-part-placement = Quante diventano un lavoro
outcome-part-states = A che punto sono
outcome-part-requests = Le richieste contate
outcome-part-time = Quanti giorni passano
outcome-part-retention = Ancora insieme
outcome-part-regular = Lavoro comunicato all’INPS
outcome-part-answered = Chi ha risposto
outcome-part-response = Tassi di risposta
outcome-part-channels = Come arrivano le risposte
outcome-part-agreement = Le due parti a confronto
outcome-part-reasons = Motivi del no
outcome-part-blocked = Che cosa esclude
outcome-part-exposure = A chi tocca
outcome-part-by_desk = Per sportello
outcome-part-by_arrangement = Per tipo di lavoro
outcome-part-by_partner = Per ente segnalante

outcome-definition-funnel = Ogni passo conta le richieste che ci sono arrivate di sicuro. Si parte da quelle con la prima scheda nel periodo. Parlato: almeno una persona della scheda ha parlato con la famiglia. Incontrato: si sono visti. Assunzione: lo dice almeno una parte, o lo sportello, e nessuno lo nega. INPS: qualcuno ha detto sì, o lo sportello ha visto la ricevuta. Insieme: a quel giorno erano insieme di sicuro. Chi tace non conta: i numeri veri possono essere più alti. Le richieste aperte nel periodo stanno a parte, perché la scheda può arrivare dopo.
outcome-definition-placement = Almeno: richieste diventate un lavoro, sul totale. Al massimo: anche quelle discordi o di cui non si sa nulla. Il vero sta di sicuro fra i due. La seconda riga doppia vale anche se una parte sola si sbaglia: conta solo ciò che dicono in due, o un documento. Bisogno soddisfatto: anche chi ha trovato altrove. Dove si sa: lavori sul totale delle richieste con esito noto, fra quelle con 111 giorni. L’intervallo è quello di Wilson al 95%. La stima migliore pesa i tassi per sportello e tipo di lavoro. Suppone che chi tace sia come chi risponde.
outcome-definition-states = Coperta: almeno un’assunzione. Coperta altrove: la famiglia ha trovato senza lo sportello. Non coperta: per tutti i nomi la risposta è no, o il bisogno è finito. Discorde: una parte dice sì e l’altra no. Non noto: non si sa ancora.
outcome-definition-requests = Aperte: entrate nel periodo. Senza scheda: fra queste, ancora nessun nome. Contate: con la prima scheda nel periodo. Mature: con almeno 111 giorni dalla prima scheda. Le altre righe dicono chi è tolto dal conto e perché. Si toglie solo se lo si è saputo entro 15 giorni dalla prima scheda e se non c’è un’assunzione.
outcome-definition-time = Giorni dall’apertura della richiesta alla prima scheda, e all’inizio del lavoro dove si conosce. La mediana è il valore di mezzo. Un quarto delle richieste sta sotto il primo quartile, un quarto sopra il terzo.
outcome-definition-retention = Lavori di cui si conosce l’inizio. Almeno: ancora insieme di sicuro a quel giorno. Al massimo: tutti meno quelli finiti di sicuro. La stima è di Kaplan e Meier: chi non si sa più conta fino all’ultimo giorno in cui erano insieme. A rischio: quanti arrivano a quel giorno.
outcome-definition-regular = Di ogni assunzione si tiene scritto solo un sì sulla comunicazione all’INPS. Le altre risposte sono contate per anno e sportello, senza nomi. La percentuale dice almeno quanti hanno detto sì.
outcome-definition-answered = Un abbinamento è un nome su una scheda. Conta chi ha risposto almeno una volta, in qualsiasi modo.
outcome-definition-response = Contano gli inviti delle rilevazioni chiuse. RR1: risposte complete sul totale. RR2: anche quelle a metà. Le regole sono quelle di AAPOR. Chi risponde dopo la chiusura conta per l’esito, non qui.
outcome-definition-channels = Ogni risposta delle due parti, per come è arrivata. Una risposta corretta conta di nuovo.
outcome-definition-agreement = Gli abbinamenti di cui le due parti hanno detto assunzione o no. La concordanza è la parte in cui dicono lo stesso. Il kappa di Cohen toglie l’accordo che verrebbe per caso: 1 è accordo pieno, 0 è caso. Le ultime righe contano i lavori in cui le due parti hanno detto se si trovano bene.
outcome-definition-reasons = Il motivo che una parte ha dato, quando la sua ultima parola è no. Chi non ha detto un motivo non conta.
outcome-definition-blocked = Il programma cerca una volta per ogni richiesta, appena aperta. Qui ci sono le richieste aperte nel periodo, com’erano in quel momento. La prima colonna conta le persone che quel solo criterio ha escluso. La seconda conta le richieste rimaste senza nessuno: vale il primo criterio che ha escluso qualcuno.
outcome-definition-exposure = Chi è attivo e andava bene per almeno una richiesta aperta nel periodo. Si conta chi è stato messo su almeno una scheda. L’indice di Gini dice quanto le schede toccano sempre agli stessi: 0 vuol dire a tutti uguale, 1 vuol dire a uno solo.
outcome-definition-by_desk = Le richieste delle famiglie di ogni sportello, con gli stessi conti del totale.
outcome-definition-by_arrangement = Le richieste di ogni tipo di lavoro, con gli stessi conti del totale.
outcome-definition-by_partner = Le richieste delle famiglie mandate da ogni ente, con gli stessi conti del totale.

outcome-figure-opened = Richieste aperte nel periodo
outcome-figure-sheets = Con la prima scheda nel periodo
outcome-figure-talked = Hanno parlato
outcome-figure-met = Si sono incontrati
outcome-figure-hired = Assunzione
outcome-figure-notified = Comunicata all’INPS
outcome-figure-together_90 = Insieme a 90 giorni
outcome-figure-together_180 = Insieme a 180 giorni
outcome-figure-lower = Diventate un lavoro, almeno
outcome-figure-upper = Diventate un lavoro, al massimo
outcome-figure-strict_lower = Anche se una parte sola si sbaglia, almeno
outcome-figure-strict_upper = Anche se una parte sola si sbaglia, al massimo
outcome-figure-need_met_lower = Bisogno soddisfatto, almeno
outcome-figure-need_met_upper = Bisogno soddisfatto, al massimo
outcome-figure-observed = Lavori dove si sa l’esito
outcome-figure-wilson_low = Intervallo di Wilson, inizio
outcome-figure-wilson_high = Intervallo di Wilson, fine
outcome-figure-weighted = Stima migliore
outcome-figure-borrowed_cells = Gruppi che prendono il tasso di tutti
outcome-figure-open_calls = Richieste che si possono ancora chiarire
outcome-figure-filled = Coperte
outcome-figure-filled_elsewhere = Coperte altrove
outcome-figure-not_filled = Non coperte
outcome-figure-conflict = Versioni discordi
outcome-figure-unknown = Esito non noto
outcome-figure-without_sheet = Fra queste, senza scheda
outcome-figure-requests = Richieste contate
outcome-figure-mature = Fra queste, mature
outcome-figure-died = Tolte per decesso
outcome-figure-residential_care = Tolte per ingresso in struttura
outcome-figure-moved = Tolte per trasferimento
outcome-figure-duplicate = Tolte perché doppie
outcome-figure-to_first_sheet = Dall’apertura alla prima scheda
outcome-figure-to_hire = Dall’apertura all’inizio del lavoro
outcome-figure-after_90 = Dopo 90 giorni
outcome-figure-after_180 = Dopo 180 giorni
outcome-figure-tally_no = Altre risposte: no
outcome-figure-tally_dont_know = Altre risposte: non so
outcome-figure-tally_rather_not_say = Altre risposte: preferisco non dirlo
outcome-figure-introductions = Abbinamenti
outcome-figure-answered_family = Ha risposto la famiglia
outcome-figure-answered_worker = Ha risposto chi lavora
outcome-figure-answered_any = Almeno una parte
outcome-figure-answered_both = Tutte e due le parti
outcome-figure-both_hired = Assunzione per tutti e due
outcome-figure-family_only = Assunzione solo per la famiglia
outcome-figure-worker_only = Assunzione solo per chi lavora
outcome-figure-both_no = No per tutti e due
outcome-figure-agree = Concordano
outcome-figure-kappa = Kappa di Cohen
outcome-figure-fit_both_answered = Hanno detto tutti e due se si trovano bene
outcome-figure-fit_both_yes = Fra questi, due sì
outcome-figure-looked = Guardate dal programma
outcome-figure-nobody = Fra queste, senza nessuno adatto
outcome-figure-fitted = Persone adatte ad almeno una richiesta
outcome-figure-introduced_once = Messe su almeno una scheda
outcome-figure-gini = Indice di Gini
