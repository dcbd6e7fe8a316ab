# Gli esiti: da quante richieste con schede è nato un lavoro.

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
