# Chi è idoneo, e perché. Le frasi «reason» stanno anche sulla scheda: le legge la famiglia.

match-title = Chi è idoneo per { $code }
match-counts = { $fits } idonee su { $pool } persone che cercano lavoro
match-none-heading = Nessuna persona idonea
match-none-text = Qui sotto: chi è quasi idonea, che cosa limita la ricerca e chi potrebbe coprire l’orario insieme.
match-choose = Scegli
match-band = fascia { $band }
match-score = { $score } punti su 100
match-no-asking = non occorre chiedere
match-to-ask = da chiedere prima
match-warnings = Da guardare prima di proporre
match-points = Punti, uno per uno
match-turn = Turno
turn-never = mai abbinata finora
turn-last = ultimo abbinamento { $date }; richieste negli ultimi 90 giorni: { $count }
match-week-caption = Orario richiesto e disponibilità di { $name }
match-prepare = Prepara la scheda con le persone scelte
match-not-open = La richiesta non è aperta: non si può preparare una scheda.
match-show-all = { $count ->
    [one] Mostra la sola persona idonea
   *[other] Mostra tutte le { $count } persone idonee
}
match-near-heading = { $count ->
    [0] Nessuna quasi idonea
    [one] Una quasi idonea
   *[other] { $count } quasi idonee
}
match-near-none = A nessuno manca poco per un solo criterio.
match-limits-heading = Che cosa limita la ricerca
match-limits-text = Per ogni criterio, quante persone restano fuori solo per quello.
match-limits-none = Nessuno resta fuori per un solo criterio.
match-teams-heading = { $count ->
    [0] Nessuna squadra
    [one] Una squadra
   *[other] { $count } squadre
}
match-teams-none = Nessuna coppia e nessun terzetto copre l’orario insieme.
match-team-covers = Insieme coprono { $hours } ore alla settimana.
match-team-forms = Forme possibili:
match-introduced-heading = { $count ->
    [0] Nessuna già abbinata
    [one] Una già abbinata a questa richiesta
   *[other] { $count } già abbinate a questa richiesta
}
match-reverse-heading = { $count ->
    [0] Nessuna richiesta aperta adatta
    [one] Una richiesta aperta adatta
   *[other] { $count } richieste aperte adatte
}
legal-form-job_sharing = lavoro ripartito in un solo contratto
legal-form-separate_contracts = un contratto per ciascuna
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
component-italian = Italiano quanto serve
component-experience = Esperienza
component-freshness = Disponibilità confermata da poco

reason-all-hours = Copre tutte le { $hours } ore richieste alla settimana.
reason-some-hours = Copre { $covered } delle { $hours } ore richieste alla settimana.
reason-live-in = È disponibile a lavorare in convivenza.
reason-skills = Sa fare ciò che serve: { $skills }.
reason-preferred-skills = Sa fare anche: { $skills }.
reason-same-comune = Vive nello stesso comune.
reason-distance = Vive a { $km } km, in linea d’aria.
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
    [one] disponibile un giorno dopo l’inizio
   *[other] disponibile { $count } giorni dopo l’inizio
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
short-coverage = non è libera: { $week }

warning-long-day = { $day }: { $hours } ore di lavoro, oltre il limite del giorno
warning-short-rest = dopo { $day } restano solo { $hours } ore di riposo
warning-no-free-day = nessun giorno libero
warning-many-nights = { $count ->
    [one] una notte alla settimana
   *[other] { $count } notti alla settimana
}
warning-permit-ends = il titolo di soggiorno finisce il { $date }
