# Le copie di sicurezza che il programma fa da solo.

nav-backups = Copie di sicurezza
backups-title = Copie di sicurezza
backups-last = L’ultima copia buona ha { $age }.
backups-late = L’ultima copia buona ha { $age }: è troppo vecchia. Guarda perché le altre non sono riuscite.
backups-none = Non c’è ancora nessuna copia buona.
backups-off = Il programma non fa copie: la regola di oggi dice così.
backups-hours = { $count ->
    [0] meno di un’ora
    [one] un’ora
   *[other] { $count } ore
}
backups-days = { $count ->
    [one] un giorno
   *[other] { $count } giorni
}
backups-rule = Una copia ogni { $every } ore; se ne conservano { $kept }; allarme dopo { $alarm } ore senza una copia buona.
backups-rule-off = Nessuna copia.
backups-rule-heading = Regola
backups-folder = Le copie stanno nella cartella
backups-elsewhere = Ogni copia contiene tutto: va portata anche su un’altra macchina, dove la vede solo chi amministra.
backups-make = Fai una copia adesso
backups-asked = La copia è stata chiesta: parte subito.
backups-waits = Una copia è in corso.
backups-look-again = Guarda di nuovo
backups-not-here = Questo programma non fa copie: i dati di prova spariscono quando si ferma.
backups-empty-heading = Nessuna copia
backups-empty-text = La prima parte entro pochi minuti, se la regola la chiede.
backups-age = Quanto tempo fa
backups-bytes = Grandezza
backups-size = { $kilobytes } kB
backups-file = File
backups-by-itself = il programma
backups-cut = Il file non è più lungo come quando è stato fatto: non usarlo.
backups-gone = Il file non è più nella cartella, o sta su un’altra macchina.
backups-no-tool = Manca pg_dump della versione { $version }, quella del server. Installa postgresql-client-{ $version } su questa macchina.

backup-state-asked = chiesta
backup-state-running = in corso
backup-state-made = riuscita
backup-state-failed = non riuscita

backup-trouble-tool = Manca lo strumento del server.
backup-trouble-room = Il disco è pieno.
backup-trouble-folder = Nella cartella delle copie non si può scrivere.
backup-trouble-damaged = Quello che è stato scritto non era uguale a quello che si doveva scrivere.
backup-trouble-interrupted = Il programma si è fermato a metà.
backup-trouble-too_long = Non finiva: è stata interrotta.
backup-trouble-other = Qualcosa non ha funzionato.

backups-rules-title = Quando si fanno le copie
backups-rules-text = Una copia più vecchia va via solo quando ce n’è una nuova, riletta fino in fondo. Quelle chieste con il pulsante non contano e restano: le toglie chi tiene la macchina. La cartella la sceglie chi tiene la macchina.
backups-change = Cambia la regola
backups-every = Una copia ogni quante ore
backups-every-hint = Fino a { $most }. Zero: il programma non fa copie.
backups-alarm = Allarme dopo quante ore senza una copia buona
backups-alarm-hint = Non meno di quelle tra due copie, fino a { $most }.
backups-kept = Quante copie si conservano
backups-kept-hint = Da una a { $most }.
refused-no-copies = Questo programma non fa copie: i dati di prova spariscono quando si ferma.
