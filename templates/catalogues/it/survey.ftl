# Le domande alle famiglie e a chi lavora: posta e pagine. Esiste in otto lingue.
# Nell’oggetto di una mail non c’è mai niente di una persona.
survey-mail-subject = Una domanda dallo sportello
survey-mail-subject-again = Manca ancora una risposta
survey-mail-subject-last = Ultimo invito a rispondere
survey-mail-greeting = Buongiorno,
survey-mail-intro-family = tempo fa lo sportello ha dato una scheda con dei nomi. Com’è andata? Basta un tocco.
survey-mail-intro-worker = tempo fa lo sportello ha dato il nome di chi riceve questa mail a una famiglia. Com’è andata? Basta un tocco.
survey-mail-again = qualche giorno fa è partita una domanda. La risposta non c’è ancora. Anche un “no” ci aiuta.
survey-mail-last = questa è l’ultima mail su questa domanda. Se non c’è tempo per rispondere, lo sportello può telefonare.
survey-mail-how = Aprire la pagina non registra niente. La risposta parte solo con il tasto Invia.
survey-mail-stop = Per non ricevere più queste domande
survey-mail-phone = Per rispondere al telefono
survey-mail-desk = Sportello { $desk }, telefono { $phone }
survey-mail-sign = Lo sportello
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
