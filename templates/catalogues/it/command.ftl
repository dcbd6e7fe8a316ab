# La riga di comando.

command-link = Collegamento per scegliere la password. Vale una volta sola, per 48 ore:
command-forbidden = Questo accesso non può farlo: serve chi lavora a uno sportello.
command-not-found = { $what } { $code } non esiste
record-worker = La persona
record-family = La famiglia
record-request = La richiesta
record-sheet = La scheda
record-account = L’accesso
record-session = Il collegamento
record-desk = Lo sportello
record-partner = L’ente segnalante
record-accompaniment = L’accompagnamento
record-term = La voce dell’elenco
record-upload = Questo file
record-mail = La mail
record-introduction = L’abbinamento
refused-desk-exists = C’è già uno sportello con il codice { $code } o con quella sigla. Sceglierne altri.
refused-partner-exists = C’è già un ente con il codice { $code }. Sceglierne un altro.
refused-demo-not-empty = I dati di prova vanno solo in un archivio vuoto. Indicare un archivio nuovo.
