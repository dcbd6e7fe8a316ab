# La posta e le telefonate del monitoraggio, come le vedono gli operatori.

nav-mail = Posta

mail-title = Posta
mail-count = { $count ->
    [one] Una mail
   *[other] { $count } mail
}
mail-empty-heading = Nessuna mail
mail-empty-text = Qui compaiono le mail in attesa, spedite o fermate.
mail-kept-text = Non c’è un server di posta. Le mail restano qui, e si leggono qui.
mail-filter = Stato
mail-filter-do = Mostra
mail-state-queued = in attesa
mail-state-sending = in partenza
mail-state-sent = spedita
mail-state-kept = tenuta qui
mail-state-failed = non consegnata
mail-state-cancelled = fermata
mail-kind-survey = Prima domanda
mail-kind-first_reminder = Primo richiamo
mail-kind-last_reminder = Ultimo richiamo
mail-kind-test = Prova
mail-column-what = Che cosa
mail-column-due = Da spedire
mail-column-tries = Tentativi
mail-column-trouble = Ultimo problema
mail-one-title = Mail { $id }
mail-body-gone = Il testo non c’è: la mail è partita, oppure sono passati 30 giorni.
mail-plain = Testo
mail-links = Collegamenti
mail-retry = Riprova adesso
mail-cancel = Non spedire
mail-done-retry = La mail parte al prossimo giro.
mail-done-cancel = La mail non partirà.
refused-mail-done = Questa mail non è più in attesa.
mail-test-subject = Prova della posta
mail-test-text = Questa mail è una prova. Se è arrivata, la posta funziona.
