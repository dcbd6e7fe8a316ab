# Chi è idoneo, e perché. Le frasi «reason» stanno anche sulla scheda: le legge la famiglia.

match-title = Persone idonee per { $code }
match-counts = Persone idonee: { $fits }. Persone che cercano lavoro: { $pool }.
match-none-heading = Nessuna persona idonea
match-none-text = Qui sotto si vede chi è quasi idonea o idoneo e che cosa limita la ricerca. Si vede anche chi può coprire l’orario insieme.
match-none-lost = Nessuna persona è quasi idonea, e nessuna squadra copre l’orario.
match-none-revise = Nessuna persona è quasi idonea, e nessuna squadra copre l’orario. Conviene rivedere la richiesta con la famiglia, a partire da ciò che esclude più persone: { $wishes }.
match-edit = Modifica la richiesta
match-legend = Una fascia raccoglie chi ha quasi gli stessi punti. Dentro la fascia viene prima chi ha avuto meno abbinamenti: è il suo turno.
match-choose = Scegli
match-band = fascia { $band }
match-score = { $score } punti su 100
match-no-asking = non occorre chiedere
match-to-ask = da chiedere prima
match-warnings = Da guardare prima di proporre
match-points = Punti, uno per uno
match-turn = Turno
turn-never = nessun abbinamento finora
turn-last = ultimo abbinamento { $date }; richieste negli ultimi 90 giorni: { $count }
match-week-caption = Orario richiesto e disponibilità di { $name }
match-prepare = Prepara la scheda con le persone scelte
match-nobody-chosen = Non è stata scelta nessuna persona. Segnare «Scegli» accanto ad almeno un nome, poi premere di nuovo.
match-ways-text = «Chiedi se va bene» manda la proposta alle persone scelte, e la scheda viene dopo il loro sì. «Prepara la scheda» serve per chi ha già detto sì, al telefono o una volta per tutte.
match-not-open = La richiesta non è aperta: non si può preparare una scheda.
match-show-all = { $count ->
    [one] Mostra la sola persona idonea
   *[other] Mostra tutte le { $count } persone idonee
}
match-orders = Ordine dell’elenco
match-order-rules = Ordine delle regole
match-order-near = Prima chi abita più vicino
match-order-hours = Prima chi copre più ore
match-order-confirmed = Prima chi ha confermato da poco
match-order-turn = Prima chi aspetta da più tempo
match-other-order = È solo un altro modo di guardare l’elenco. Fasce e turni restano quelli delle regole. Chi passa davanti a una fascia migliore dice comunque perché.
match-revision = Elenco di adesso. Dopo ogni modifica ai dati cambia questo numero: { $revision }
match-near-heading = { $count ->
    [0] Nessuna persona quasi idonea
    [one] Una persona quasi idonea
   *[other] { $count } persone quasi idonee
}
match-near-none = Nessuna persona è esclusa per un solo criterio e per poco.
match-limits-heading = Che cosa limita la ricerca
match-limits-text = Per ogni criterio si vede quante persone restano fuori solo per quello.
match-limits-none = Nessuna persona resta fuori per un solo criterio.
match-held-text = Nessuna persona è esclusa di poco e per un solo criterio. Per ogni criterio si vede quante persone restano fuori, anche insieme ad altri criteri.
match-teams-heading = { $count ->
    [0] Nessuna squadra
    [one] Una squadra
   *[other] { $count } squadre
}
match-teams-none = Nessuna coppia e nessun terzetto copre l’orario insieme.
match-teams-cut-short = Le combinazioni possibili sono troppe per guardarle tutte: qui ci sono quelle trovate prima di fermarsi.
match-team-covers = Insieme coprono { $hours } ore alla settimana.
match-team-forms = Forme possibili:
match-introduced-heading = { $count ->
    [0] Nessun abbinamento finora
    [one] Un abbinamento già fatto per questa richiesta
   *[other] { $count } abbinamenti già fatti per questa richiesta
}
match-reverse-heading = { $count ->
    [0] Nessuna richiesta aperta adatta
    [one] Una richiesta aperta adatta
   *[other] { $count } richieste aperte adatte
}
legal-form-job_sharing = lavoro ripartito in un solo contratto
legal-form-separate_contracts = un contratto per ogni persona
legal-form-rest_day_cover = copertura dei giorni di riposo

criterion-arrangement = Forma di lavoro
criterion-area = Zona
criterion-skills = Competenze
criterion-qualification = Titoli
criterion-languages = Lingue
criterion-start = Inizio
criterion-permit = Titolo di soggiorno
criterion-hours = Ore alla settimana
criterion-pay = Paga
criterion-accreditation = Accreditamento
criterion-worker_sex = Sesso
criterion-coverage = Orario
component-coverage = Orario coperto
component-preferred_skills = Competenze preferite
component-distance = Vicinanza
component-italian = Conoscenza dell’italiano
component-experience = Esperienza
component-freshness = Disponibilità confermata da poco

reason-all-hours = Copre tutte le { $hours } ore richieste alla settimana.
reason-some-hours = Copre { $covered } delle { $hours } ore richieste alla settimana.
reason-live-in = È disponibile a lavorare in convivenza.
reason-skills = Sa fare ciò che serve: { $skills }.
reason-preferred-skills = Sa fare anche: { $skills }.
reason-same-comune = Vive nello stesso comune.
reason-distance = Vive a { $km } km di distanza, in linea d’aria.
reason-languages = Parla le lingue richieste: { $languages }.
reason-experience = { $count ->
    [one] Ha un anno di esperienza.
   *[other] Ha { $count } anni di esperienza.
}

short-arrangement = non accetta questa forma di lavoro: { $arrangement }
short-metres = abita { $km } km oltre la distanza che accetta
short-sea = c’è di mezzo il mare
short-skills = manca: { $names }
short-qualification = non ha nessuno di questi titoli: { $names }
short-languages = non arriva al livello richiesto: { $names }
short-start-days = { $count ->
    [one] disponibilità un giorno dopo l’inizio
   *[other] disponibilità { $count } giorni dopo l’inizio
}
short-permit-days = { $count ->
    [one] il titolo di soggiorno finisce un giorno prima
   *[other] il titolo di soggiorno finisce { $count } giorni prima
}
short-permit-title = il titolo di soggiorno non permette questo lavoro, o va confermato
short-permit-no-date = non si conosce la scadenza del titolo di soggiorno
short-hours = { $hours } ore oltre quelle che può o vuole fare
short-pay = mancano { $amount } alla paga minima che chiede
short-accreditation = accreditamento: { $state }
short-sex = il sesso non è quello richiesto
short-coverage = ore non disponibili: { $week }

warning-long-day = Giornata lunga: { $day }, { $hours } ore di lavoro. Va oltre il limite del giorno.
warning-short-rest = Riposo breve: dopo { $day } restano solo { $hours } ore.
warning-no-free-day = Nella settimana non c’è un giorno libero.
warning-many-nights = { $count ->
    [one] C’è una notte di lavoro alla settimana.
   *[other] Ci sono { $count } notti di lavoro alla settimana.
}
warning-permit-ends = Il titolo di soggiorno finisce il { $date }.
