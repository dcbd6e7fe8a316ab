# Le pagine di errore.

failure-heading-forbidden = Non permesso
failure-text-forbidden = Con questo accesso la pagina non si può aprire. Se serve per il lavoro, chiedere a chi amministra il servizio.
failure-foreign-form = Il modulo non viene da questo sito. Non è stato salvato nulla. Riaprire la pagina da qui e riprovare.
failure-foreign-host = Il servizio non ha questo nome. L’indirizzo giusto è { $address }.
failure-heading-not-found = Pagina non trovata
failure-text-not-found = A questo indirizzo non c’è nulla. Controllare di averlo scritto bene.
failure-heading-no-such-method = Richiesta non prevista
failure-text-no-such-method = Questo indirizzo non risponde a una richiesta di questo tipo. Tornare indietro e riprovare dalla pagina.
failure-heading-conflict = Qualcun altro ha cambiato i dati
failure-text-conflict = Tornare indietro e ricaricare la pagina. Non è stato salvato nulla.
failure-heading-unavailable = Servizio occupato
failure-text-unavailable = I dati ora non si raggiungono. Riprovare fra qualche secondo. Non è stato salvato nulla.
failure-heading-stopped = È durato troppo
failure-text-stopped = La pagina non è arrivata in tempo, e il lavoro è stato fermato. Non è stato salvato nulla. Riprovare fra poco.
failure-stopped-sent = Il lavoro è durato troppo ed è stato fermato. Forse è già salvato: guardare se c’è, prima di inviare di nuovo.
failure-heading-broken = Problema del servizio
failure-text-broken = Qualcosa non ha funzionato. Non è stato salvato nulla. Riprovare; se si ripete, avvisare chi amministra il servizio.
failure-heading-refused = Non si può fare
failure-text-refused = La richiesta non è accettata. Tornare indietro e controllare.
failure-reference = Numero da comunicare a chi amministra il servizio: { $reference }
failure-home = Vai alla pagina iniziale
error-stale = Nel frattempo qualcun altro ha cambiato i dati. Non è stato salvato nulla: ricaricare la pagina e riprovare.
