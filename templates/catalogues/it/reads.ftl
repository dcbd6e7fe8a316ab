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

kept-title = Per quanto tempo si conserva il registro
kept-text = Le righe si conservano { $days } giorni; poi si cancellano, e il loro sigillo resta. Chi amministra sceglie solo la durata: non può togliere né cambiare una riga.
kept-change = Cambia la durata
kept-days = Giorni di conservazione
kept-days-hint = Da { $least } (sei mesi) a { $most } (dieci anni).
