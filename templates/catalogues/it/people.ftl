# Le schede delle persone: doppioni da unire, e chi per ora non si propone.

same-link = È la stessa persona di…
same-title = { $name }: è la stessa persona di…
same-short = Stessa persona
same-text = Se la stessa persona ha due schede, si possono unire. Qui si cerca l’altra scheda.
same-words = Parte del nome, telefono o codice
same-hint = Per esempio W-000123 oppure F-000045
same-do = Cerca l’altra scheda
same-alike = Chi le somiglia
same-found = Chi si è trovato
same-none = Nessun’altra scheda.
same-compare = Confronta

pairs-link = Possibili doppioni
pairs-title = Possibili doppioni
pairs-text = Ogni riga mostra due schede che forse sono della stessa persona. Si confrontano e si decide. Chi è già stato visto non torna.
pairs-count = { $count ->
    [0] Nessuna coppia da guardare.
    [one] Una coppia da guardare.
   *[other] { $count } coppie da guardare. Se ne mostrano 500 al massimo.
}
pairs-two = Sono due persone
pairs-merged = Le due schede sono diventate una. Avanti con la prossima coppia.
pairs-different = Segnato: sono due persone. Avanti con la prossima coppia.

merge-title = Unire due schede
merge-text = Resta una scheda sola. Il codice dell’altra porta a quella che resta. Le storie di tutte e due si conservano. Si può annullare per { $days } giorni.
merge-hanging = Che cosa c’è su ogni scheda: passa tutto a quella che resta
merge-hanging-none = Su nessuna delle due schede c’è altro da spostare.
merge-what = Che cosa
merge-keep = Quale codice resta?
merge-nothing-differs = Le due schede dicono le stesse cose.
merge-differs = { $count ->
    [one] Una cosa è diversa
   *[other] { $count } cose sono diverse
}
merge-proposed = È già scelto il dato più nuovo, o quello che c’è. Guardare, e cambiare se serve.
merge-alike = { $count ->
    [one] Una cosa è uguale
   *[other] { $count } cose sono uguali
}
merge-do = Unisci le schede
merge-back = Torna alle coppie
merge-done = Le due schede sono diventate una.
unmerge-done = Unione annullata: le due schede sono di nuovo come prima.
merged-notice = La scheda { $code } è stata unita a questa.
merged-heading = Schede unite a questa
merged-line = { $code }, unita da { $name }, { $when }.
merged-until = Si può annullare fino al { $date }, se i dati scelti allora non cambiano.
merged-over = Non si può più annullare.
unmerge-done-newer = Unione annullata: le due schede sono di nuovo due. Alcuni dati di questa scheda erano stati scelti con l’unione e poi cambiati: restano come sono adesso. Controllarli nella storia, qui sotto. Controllare anche l’altra scheda, soprattutto stato e autorizzazione.
unmerge-do = Annulla l’unione
history-under = scheda { $code }

problem-merge-stale = Qualcuno ha cambiato una delle due schede nel frattempo. Qui sotto ci sono i dati di adesso: guardare e confermare.
problem-merged = { $code } è stata unita a { $now }: usare questo codice.
refused-unmerge-later = Questa scheda è finita a sua volta in { $code }. Annullare prima quella unione.
refused-unmerge-over = Un’unione si può annullare per { $days } giorni. Il tempo è passato.

hanging-accreditation_ends = Scadenze dell’accreditamento
hanging-link_codes = Codici detti al telefono
hanging-notices_given = Informative consegnate
hanging-person_mails = Mail dello sportello
hanging-person_tasks = Cose da fare
hanging-pool_words = Domande sugli orari
hanging-private_links = Collegamenti privati
hanging-renewals = Domande se conservare i dati
hanging-askings = Domande dalla pagina pubblica
hanging-appointments = Appuntamenti
hanging-proposals = Proposte
hanging-introductions = Abbinamenti
hanging-disclosures = Volte che i dati sono stati mostrati
hanging-authorisations = Autorizzazioni
hanging-mailings = Inviti a rispondere
hanging-notes = Note del diario
hanging-blocks = Sospensioni per tutela
hanging-sheets = Schede nominative
hanging-answers = Risposte
hanging-calls = Telefonate da fare
hanging-requests = Richieste
hanging-restrictions = Limitazioni

record-action-merged = unione con un’altra scheda
record-action-merged_away = scheda unita a un’altra
record-action-unmerged = unione annullata
record-action-unmerged_away = di nuovo una scheda a sé
record-action-block_proposed = sospensione per tutela: proposta
record-action-block_confirmed = sospensione per tutela: confermata da una seconda persona
record-action-block_dropped = sospensione per tutela: lasciata cadere
record-action-block_lift_asked = sospensione per tutela: chiesta la fine
record-action-block_lifted = sospensione per tutela: finita
record-action-block_kept = sospensione per tutela: resta
record-action-restricted = uso dei dati limitato
record-action-unrestricted = limitazione tolta
record-action-erased = dati cancellati

block-link = Sospensione per tutela
block-title = Sospensione per tutela: { $name }
block-short = Sospensione per tutela
block-text = Dopo una segnalazione grave una persona può essere sospesa: nessuno la propone più. Servono due persone dello sportello. Vale già dalla proposta, perché chi è in pericolo non aspetti. Fuori dagli sportelli nessuno ne legge il motivo.
block-reason = Motivo
block-review-on = Quando si riguarda
block-review-hint = Al massimo fra sei mesi. Per esempio 27/3/2027
block-review-next = Nuova data in cui si riguarda
block-words = Che cosa dice la persona, con le sue parole
block-words-hint = La persona sospesa va ascoltata prima della conferma.
block-words-later = Si può scrivere anche dopo. Serve per la conferma.
block-own-words = Parole della persona:
block-lift-why = Perché si chiede la fine:
block-lift-words = Perché deve finire
block-propose = Proponi la sospensione
block-confirm = Conferma la sospensione
block-drop = Non confermo: lascia cadere
block-take-back = Ritira la proposta
block-ask-lift = Chiedi che finisca
block-lift = Conferma la fine
block-keep = Resta sospesa
block-wait-second = Serve la conferma di un’altra persona dello sportello. Intanto nessuno la propone.
block-lift-second = Serve la conferma di un’altra persona dello sportello. Intanto resta sospesa.
block-review = Si riguarda il { $date }.
block-ended = Sospensioni finite
block-standing-proposed = Proposta, da confermare
block-standing-confirmed = Sospesa
block-standing-lift_asked = Sospesa; è stata chiesta la fine
block-step-proposed = Proposta da { $name }, { $when }
block-step-confirmed = Confermata da { $name }, { $when }
block-step-lift-asked = Fine chiesta da { $name }, { $when }
block-step-lifted = Fine confermata da { $name }, { $when }
block-step-dropped = Lasciata cadere da { $name }, { $when }
block-holds = Sospesa per tutela: per ora nessuno la propone.
wait-blocks = Sospensioni da guardare
wait-block-confirm = { $name }: da confermare
wait-block-lift = { $name }: è stata chiesta la fine
wait-block-review = { $name }: da riguardare dal { $date }

problem-block-reason = Scegliere un motivo dell’elenco.
problem-review-day = Scrivere un giorno dopo oggi, al massimo fra sei mesi.
problem-words-missing = Scrivere almeno una frase.
refused-held-already = C’è già una sospensione.
refused-own-word = Serve la parola di un’altra persona, o la cosa è già stata decisa.
refused-family-held = Per la famiglia { $family } per ora non si propone nessuno.
obstacle-held-back = { $worker }: per ora nessuno la propone.

section-recipient = Per chi si chiede aiuto
fact-recipient-name = Nome della persona assistita
hint-recipient-name = Vuoto se è la stessa persona che chiede. Mai la sua salute.
fact-guardianship = Chi decide per la persona assistita
fact-guardian-name = Nome di chi decide
fact-guardian-phone = Telefono di chi decide
guardianship-none = Decide da sola
guardianship-support_administrator = Amministratore di sostegno
guardianship-guardian = Tutore
guardianship-curator = Curatore
guardianship-attorney = Procuratore, nominato dalla persona
problem-guardian-missing = Scrivere chi decide.

hand-over-drafts = { $count ->
    [one] Anche un modulo messo da parte è passato.
   *[other] Anche { $count } moduli messi da parte sono passati.
}
hand-over-proposals = { $count ->
    [one] Con loro è passata una proposta da seguire.
   *[other] Con loro sono passate { $count } proposte da seguire.
}
hand-over-calls = { $count ->
    [one] È passata una telefonata da fare.
   *[other] Sono passate { $count } telefonate da fare.
}
hand-over-conflicts = { $count ->
    [one] È passata una contraddizione da chiarire.
   *[other] Sono passate { $count } contraddizioni da chiarire.
}
hand-over-went = Richieste passate
record-action-handed_over = passata a un’altra persona dello sportello

form-progress-to_begin = da iniziare
form-progress-under_way = in corso
form-progress-complete = completo

record-merge = L’unione
record-block = La sospensione

buttons-help = Che cosa fanno questi pulsanti
buttons-help-link = la pagina che la persona apre da sola, per vedere e cambiare i propri dati.
buttons-help-diffusion = le famiglie, i comuni e gli enti a cui la scheda non si manda.
buttons-help-rights = avere tutti i dati in un file, limitarne l’uso, cancellarli.
