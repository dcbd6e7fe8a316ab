# La relazione annuale degli accessi, i dati pubblicati.

nav-reports = Relazione accessi

report-title = Relazione annuale degli accessi { $year }
report-year = Anno
report-show = Mostra
report-together = Tutti gli sportelli
report-difference = Differenza
report-how-counted = Come si conta
report-withheld = n.p.
report-withheld-long = Non pubblicato
report-too-few = Gli accessi di quest’anno sono troppo pochi per pubblicare dei numeri.
report-withholding = I numeri piccoli non sono pubblicati (n.p.), per proteggere le persone: sotto 3, e sotto 5 per cittadinanza, titolo di soggiorno, motivo e attività. Mancano anche altri numeri, perché i primi non si possano ricavare per differenza. Negli elenchi lunghi una voce che manca può valere zero o poco più.
report-not-stated = Non indicato
report-as-xlsx = Scarica per foglio di calcolo (XLSX)
report-as-csv = Scarica in CSV
report-as-json = Scarica in JSON
report-notes = Numeri che non tornano
report-class-more = { $from } e oltre

report-total = Accessi in tutto
report-front-desk = Allo sportello
report-phone-email = Telefono ed e-mail
report-first-accesses = Primi accessi
report-italian = Accessi di cittadini italiani
report-first-values = Valori più frequenti
report-prevailing-age = Fascia di età prevalente
report-prevailing-sex = Sesso prevalente
report-top-reasons = Primi cinque motivi
report-top-citizenships = Prime cinque cittadinanze, senza l’italiana

report-picture-title = { $table } nel { $year }
report-picture-summary = Il valore più alto è { $most } ({ $high }), il più basso è { $least } ({ $low }).
report-picture-nothing = Nessun valore da mostrare.

report-note-activation = Le attività sono in tutto { $said }, gli accessi { $all }: in un accesso si può fare più di una cosa, o nessuna.
report-note-italian = Gli accessi con cittadinanza italiana sono { $citizens }, quelli con titolo “cittadino italiano” { $titles }: sono due domande diverse e si può rispondere a una sola.
report-note-sex = Il sesso non è noto in { $silent } accessi su { $all }: la tabella per sesso riguarda gli altri.
report-note-age = L’età non è nota in { $silent } accessi su { $all }: la tabella per età riguarda gli altri.
report-note-citizenship = La cittadinanza non è nota in { $silent } accessi su { $all }: la tabella per cittadinanza riguarda gli altri.

report-table-totals = Totali
report-table-channel = Accessi per canale
report-table-month = Accessi per mese
report-table-first_access = Primi accessi
report-table-sex = Accessi per sesso
report-table-age_band = Accessi per fascia di età
report-table-citizenship = Accessi per cittadinanza
report-table-permit_type = Accessi per titolo di soggiorno
report-table-comune = Accessi per zona e comune
report-table-reason = Accessi per motivo
report-table-activation = Attività svolte
report-table-referred_by = Chi ha indirizzato la persona
report-table-mediation = Mediazione linguistica
report-table-accompaniments = Accompagnamenti
report-table-dom = Lavoro domestico (DOM)

report-row-totals = Voce
report-row-channel = Canale
report-row-month = Mese
report-row-first_access = Primo accesso
report-row-sex = Sesso
report-row-age_band = Fascia di età
report-row-citizenship = Cittadinanza
report-row-permit_type = Titolo di soggiorno
report-row-comune = Zona e comune
report-row-reason = Motivo
report-row-activation = Attività
report-row-referred_by = Indirizzata da
report-row-mediation = Con mediazione
report-row-accompaniments = Accompagnamenti
report-row-dom = Voce

report-definition-totals = Un accesso è un contatto con uno sportello: di persona, per telefono o per e-mail. La stessa persona può fare più accessi. Si conta il giorno del contatto.
report-definition-first = Il valore detto più spesso fra quelli mostrati nelle tabelle, senza “non rilevato” e “non indicato”. A parità viene prima il codice minore.
report-definition-channel = Come è avvenuto il contatto. Ogni accesso ha un solo canale.
report-definition-month = Il mese del giorno in cui è avvenuto il contatto.
report-definition-first_access = Se la persona si rivolgeva allo sportello per la prima volta, secondo chi ha registrato l’accesso.
report-definition-sex = Il sesso della persona che si è rivolta allo sportello. Può mancare.
report-definition-age_band = La fascia di età della persona. La data di nascita non è mai chiesta.
report-definition-citizenship = La cittadinanza detta dalla persona. Serve solo alla statistica.
report-definition-permit_type = Il titolo di soggiorno detto dalla persona. Può mancare.
report-definition-comune = Il comune di residenza detto dalla persona, raccolto nelle zone del servizio. Si chiede allo sportello, ma si può dire anche per telefono o per e-mail.
report-definition-reason = Il motivo principale del contatto. Ogni accesso ne ha uno.
report-definition-activation = Che cosa ha fatto lo sportello. Un accesso può avere più attività o nessuna.
report-definition-referred_by = Chi ha indirizzato la persona allo sportello. Può mancare.
report-definition-mediation = Se è servita una mediatrice o un mediatore linguistico.
report-definition-accompaniments = I casi che lo sportello segue fino alla fine. Il totale comprende quelli aperti prima del primo gennaio. Quelli veloci si contano a parte, nell’anno in cui si aprono.
report-definition-dom = Le persone iscritte nell’anno per cercare lavoro, e le famiglie che nell’anno hanno avuto almeno una scheda nominativa.

report-cases-total = Casi seguiti nell’anno
report-cases-from_before = di cui aperti prima
report-cases-opened = di cui aperti nell’anno
report-cases-closed = Chiusi nell’anno
report-cases-carried_over = Ancora aperti a fine anno
report-cases-quick = Veloci

report-dom-workers_registered = Lavoratrici e lavoratori iscritti
report-dom-families_with_sheets = Famiglie che hanno avuto schede

month-01 = gennaio
month-02 = febbraio
month-03 = marzo
month-04 = aprile
month-05 = maggio
month-06 = giugno
month-07 = luglio
month-08 = agosto
month-09 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre
month-short-01 = gen
month-short-02 = feb
month-short-03 = mar
month-short-04 = apr
month-short-05 = mag
month-short-06 = giu
month-short-07 = lug
month-short-08 = ago
month-short-09 = set
month-short-10 = ott
month-short-11 = nov
month-short-12 = dic
