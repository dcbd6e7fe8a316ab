# Famiglie.

families-title = Famiglie
families-search = Cerca una famiglia
families-count = { $count ->
    [one] Una famiglia
   *[other] { $count } famiglie
}
families-empty-heading = Nessuna famiglia
families-empty-text = Con questa ricerca e questi filtri non c’è nessuna famiglia. Provare con meno lettere o togliere i filtri.
section-contact = Contatti
fact-relation = Rapporto con la persona assistita
fact-address = Indirizzo
fact-referred-by = Segnalata da
fact-family-consent-on = Consenso dal
referred-by-self = venuta da sé
relation-self = la persona stessa
relation-child = figlia o figlio
relation-spouse = coniuge
relation-relative = altro parente
relation-guardian = tutela o amministrazione di sostegno
relation-other = altro
family-requests-heading = Richieste della famiglia
family-requests-none = Nessuna richiesta finora.
