# Le domande alle famiglie e a chi lavora: posta e pagine. Esiste in otto lingue.
# Nell’oggetto di una mail non c’è mai niente di una persona.

survey-service = Sportello lavoro domestico e di cura
survey-privacy = I dati delle persone
survey-accessibility = Accessibilità
survey-demo = Dati di prova: persone e recapiti sono inventati.

survey-mail-subject = Una domanda dallo sportello
survey-mail-subject-again = Manca ancora una risposta
survey-mail-subject-last = Ultimo invito a rispondere
survey-mail-greeting = Buongiorno,
survey-mail-intro-family = tempo fa lo sportello ha dato una scheda con dei nomi. Com’è andata? Basta un tocco.
survey-mail-intro-worker = tempo fa lo sportello ha dato il nome di chi riceve questa mail a una famiglia. Com’è andata? Basta un tocco.
survey-mail-again = qualche giorno fa è partita una domanda. La risposta non c’è ancora. Anche un “no” ci aiuta.
survey-mail-last = questa è l’ultima mail su questa domanda. Se non c’è tempo per rispondere, lo sportello può telefonare.
survey-mail-of = La scheda è del { $date }.
survey-mail-how = Aprire la pagina non registra niente. La risposta parte solo con il tasto Invia.
survey-mail-stop = Per non ricevere più queste domande
survey-mail-phone = Per rispondere al telefono
survey-mail-desk = { $desk }, telefono { $phone }
survey-mail-sign = Lo sportello

survey-text = Buongiorno dallo sportello. Com’è andata con { $name }? Basta un tocco: { $link }
survey-taken = Buongiorno dallo sportello. Il posto di cui avevamo parlato è stato preso. Grazie: ci sentiamo per altre richieste.

survey-ask-w1 = Com’è andata con { $name }?
survey-ask-w2 = È nato un lavoro con { $name }?
survey-ask-w3 = Il lavoro con { $name } continua?
survey-ask-w4 = Il lavoro con { $name } continua?

survey-result-hired = Sì, si lavora insieme
survey-result-deciding = Non è ancora deciso
survey-result-no = No
survey-result-elsewhere = La famiglia ha trovato un’altra persona, non con lo sportello
survey-together-yes = Sì, continua
survey-together-no = No, è finito
survey-none = Preferisco non rispondere
survey-yes = Sì
survey-no = No

survey-title = Com’è andata?
survey-list = Una domanda per ogni nome
survey-open = da rispondere
survey-answered = risposta data
survey-until = La risposta si può correggere fino al { $date }.
survey-thanks = Grazie. La risposta è registrata.
survey-correct = Correggere la risposta
survey-result = Si lavora insieme?
survey-contact = Ci sono stati contatti?
survey-contact-met = Sì, un incontro
survey-contact-talked = Sì, solo al telefono
survey-contact-no = No
survey-reason = Se no, per quale motivo?
survey-started = Da quale giorno?
survey-hours = Quante ore alla settimana?
survey-live-in = Chi lavora abita nella casa della famiglia?
survey-fits = Il lavoro va bene?
survey-notified = L’assunzione è stata comunicata all’INPS?
survey-notified-promise = Teniamo scritto solo un sì. Ogni altra risposta va in un totale senza nomi, e poi si dimentica. Nessuno può più sapere di chi era.
survey-notified-help = La comunicazione si può fare con lo sportello, anche dopo. Telefono { $phone }.
survey-notified-yes = Sì
survey-notified-no = No
survey-notified-dont_know = Non so
survey-notified-rather_not_say = Preferisco non rispondere
survey-still = Il lavoro continua?
survey-ended = Se è finito, in che giorno?
survey-end-reason = Se è finito, perché?
survey-without = Senza lo sportello, come sarebbe andata la ricerca?
survey-comment = Altro da dire
survey-comment-hint = Si può lasciare vuoto. Lo leggono solo gli operatori. Al massimo 1.000 caratteri.
survey-send = Invia
survey-choose = Scegli
survey-back = Torna alle domande

survey-errors = C’è qualcosa da correggere
survey-problem-date = Scrivi il giorno così: 23/11/2026.
survey-problem-end = La fine viene prima dell’inizio.
survey-problem-hours = Scrivi le ore con un numero da 0 a 168.
survey-problem-long = Il testo è troppo lungo: al massimo 1.000 caratteri.
survey-problem-empty = Scegli una risposta. Si può anche scegliere di non rispondere.

survey-stop = Non ricevere più domande
survey-stop-text = Dopo questo passo lo sportello non scrive e non telefona più per queste domande. Il resto del servizio non cambia.
survey-stop-do = Non scrivetemi più
survey-stopped = Fatto. Non partiranno altre domande.
survey-phone = Rispondere al telefono
survey-phone-text = Lo sportello chiama nei prossimi giorni e fa le stesse domande a voce.
survey-phone-do = Vorrei una telefonata
survey-phoned = Fatto. Lo sportello telefonerà.
survey-again = Il lavoro è finito
survey-again-worker = Cerco di nuovo un lavoro
survey-again-family = Cerchiamo di nuovo una persona
survey-again-text = Lo sportello lo sa subito, e telefona nei prossimi giorni.
survey-again-done = Fatto. Lo sportello lo sa e telefonerà.

survey-gone-title = Questo indirizzo non funziona
survey-gone-text = Forse manca un pezzo, o è passato troppo tempo. Lo sportello risponde al telefono negli orari di apertura.
survey-gone-desks = Numeri e orari degli sportelli

survey-why-no_contact = Non ci siamo sentiti
survey-why-not_available = Non c’è più disponibilità
survey-why-pay = La paga
survey-why-hours = L’orario
survey-why-distance = La distanza
survey-why-skills = Le cose da saper fare
survey-why-language = La lingua
survey-why-found_elsewhere = Trovato altrove
survey-why-need_ended = Non serve più
survey-why-no_trust = Non c’era fiducia
survey-why-conditions = Condizioni diverse da quelle dette
survey-why-other = Altro
survey-end-end_of_need = Non c’è più bisogno
survey-end-worker_left = Ha lasciato chi lavorava
survey-end-dismissed = La famiglia ha chiuso il rapporto
survey-end-trial_not_passed = La prova non è andata bene
survey-end-end_of_term = Era un lavoro a termine
survey-end-died = È morta la persona assistita
survey-end-residential_care = La persona assistita è in una struttura
survey-end-other = Altro
survey-without-word_of_mouth = Con il passaparola
survey-without-agency = Con un’agenzia
survey-without-online = Su internet
survey-without-association = Con un’associazione o una parrocchia
survey-without-relatives = In famiglia
survey-without-would_not = Non avrei cercato
survey-without-other = In altro modo
