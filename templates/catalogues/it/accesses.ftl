# Il registro degli accessi e la relazione annuale.

accesses-year = Accessi dell’anno { $year }. Fra parentesi l’anno prima.
accesses-desk = Sportello { $desk }: { $count } ({ $before }).
accesses-front-desk = Allo sportello: { $count } ({ $before }).
accesses-phone-email = Per telefono ed e-mail: { $count } ({ $before }).
accesses-first = Primi accessi: { $count } ({ $before }).
accesses-italian = Accessi di cittadini italiani: { $count } ({ $before }).
accesses-prevailing = Più frequenti: età { $age_band }, sesso { $sex }.
accesses-nothing = nessun dato
accesses-reasons = Primi motivi:
accesses-citizenships = Prime cittadinanze straniere:
accesses-months = Per mese, da gennaio: { $months }.
accesses-cases = Accompagnamenti: { $total }, di cui { $before } aperti prima; chiusi { $closed }, ancora aperti { $over }. Veloci: { $quick }.
accesses-comuni = Per comune di residenza:
accesses-elsewhere = Altri comuni e altrove
accesses-comuni-differ = La somma per comune è { $comuni }, gli accessi allo sportello sono { $front_desk }: il comune può essere detto anche al telefono o per e-mail, e non sempre è detto allo sportello.
accesses-dom = DOM: persone iscritte per lavorare { $workers } ({ $workers_before }). Famiglie con schede { $families } ({ $families_before }).
