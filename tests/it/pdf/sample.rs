//! Made-up sheets. The words are the Italian of the catalogue in spirit only:
//! the real ones come from the caller.

use chrono::NaiveDate;
use dom::pdf::sheet::{CoverView, IssuerView, RequestView, SheetView, SheetWords, WorkerView};
use dom::pdf::week::{Week, WeekWords};

/// Days 0–6 from Monday, half-hours 0–48 from midnight.
pub fn week(spans: &[(std::ops::Range<usize>, std::ops::Range<usize>)]) -> Week {
    Week::from_slots(|slot| {
        spans
            .iter()
            .any(|(days, hours)| days.contains(&(slot / 48)) && hours.contains(&(slot % 48)))
    })
}

pub fn words() -> SheetWords {
    SheetWords {
        title: "Scheda nominativa".into(),
        recipient: "Consegnata a".into(),
        request: "Richiesta".into(),
        schedule: "Orario".into(),
        start: "Inizio".into(),
        issuer: "Rilasciata da".into(),
        date: "Data".into(),
        valid_until: "Valida fino al".into(),
        verification_code: "Codice di verifica".into(),
        verification: "Verifica".into(),
        square_code: "Codice quadrato che porta alla pagina di verifica".into(),
        phone: "Telefono".into(),
        reasons: "Perché corrisponde".into(),
        profile: "Profilo".into(),
        comune: "Comune".into(),
        languages: "Lingue".into(),
        skills: "Competenze".into(),
        experience: "Esperienza".into(),
        qualifications: "Titoli".into(),
        accreditation: "Accreditamento".into(),
        availability: "Disponibilità nella settimana".into(),
        not_stated: "non indicato".into(),
        page: "Pagina {page} di {pages}".into(),
        cover_fits: "Chi corrisponde, e perché".into(),
        cover_desk: "Come raggiungere lo sportello".into(),
        cover_duties: "Che cosa si chiede a chi assume".into(),
        week: WeekWords {
            days: [
                "lunedì",
                "martedì",
                "mercoledì",
                "giovedì",
                "venerdì",
                "sabato",
                "domenica",
            ]
            .map(String::from),
            covered: "richiesto e libera".into(),
            missing: "richiesto, non libera".into(),
            spare: "libera, non richiesto".into(),
            free: "libera".into(),
            none: "nessuna ora".into(),
            unstated: "ore e riposi da concordare".into(),
        },
    }
}

pub fn worker(given_name: &str, family_name: &str) -> WorkerView {
    WorkerView {
        given_name: given_name.into(),
        family_name: family_name.into(),
        phones: vec!["+39 333 555 0142".into()],
        comune: "Castiglione della Pescaia".into(),
        languages: vec![
            "italiano (buono)".into(),
            "rumeno (madrelingua)".into(),
            "inglese (elementare)".into(),
        ],
        skills: vec![
            "igiene personale".into(),
            "preparazione dei pasti".into(),
            "mobilizzazione e trasferimenti".into(),
            "accompagnamento a visite".into(),
            "guida dell’auto".into(),
        ],
        experience: vec![
            "6 anni con persone anziane non autosufficienti, Grosseto".into(),
            "2 anni in una casa di riposo, Follonica".into(),
        ],
        qualifications: vec!["Addetta all’assistenza di base (2019)".into()],
        accreditation: Some("Accreditata ai sensi della LR Toscana 82/2009".into()),
        availability: week(&[(0..4, 15..28), (4..5, 18..26), (5..6, 16..20)]),
        reasons: vec![
            "È libera in 27 delle 30 ore richieste; mancano venerdì dalle 8 alle 9 e dalle 13 alle 14 e sabato dalle 10 alle 11.".into(),
            "Abita a 22 km e dice di spostarsi fino a 30.".into(),
            "Sa fare tutto ciò che è richiesto: igiene personale, pasti, trasferimenti.".into(),
        ],
    }
}

/// `workers` people with names of their own.
pub fn sheet(workers: usize) -> SheetView {
    let names = [
        ("Elena", "Marinescu"),
        ("Ștefania", "Țurcanu"),
        ("Lejla", "Hadžić"),
        ("María José", "Peña Núñez"),
        ("Fatou", "N’Diaye"),
        ("Ewa", "Wójcik-Łęcka"),
        ("Anna", "D’Àvola"),
        ("Nguyễn Thị", "Hương"),
    ];
    SheetView {
        language: "it".into(),
        right_to_left: false,
        words: words(),
        number: "GR-2026-0014".into(),
        verification_code: "K7QM-4T2X-9HPC".into(),
        verification_url: "https://dom.example.org/v/K7QM4T2X9HPC".into(),
        recipient: "Luisa Bianchi per la madre".into(),
        request: RequestView {
            comune: "Grosseto".into(),
            arrangement: "assistenza a ore".into(),
            schedule: "da lunedì a venerdì 8:00–14:00, sabato 8:00–11:00".into(),
            start: "martedì 1 dicembre 2026".into(),
            need: Some(week(&[(0..5, 16..28), (5..6, 16..22)])),
        },
        issuer: IssuerView {
            desk: "Sportello Info Immigrati di Grosseto".into(),
            operator: "Paola Conti".into(),
            phone: "0564 555 0100".into(),
            address: "Via Immaginaria 12, 58100 Grosseto".into(),
        },
        cover: CoverView {
            desk: "Sportello Info Immigrati di Grosseto, Via Immaginaria 12, telefono 0564 555 0100.".into(),
            duties: vec![
                "L’assunzione si comunica all’INPS entro il giorno prima (fonte; in vigore dal 29 gennaio 2009)".into(),
                "Serve una lettera scritta (fonte; in vigore dal 1 ottobre 2020)".into(),
            ],
        },
        second: None,
        issued_on: NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"),
        date: "23 novembre 2026".into(),
        valid_until: "23 dicembre 2026".into(),
        workers: names
            .iter()
            .cycle()
            .take(workers)
            .map(|(given, family)| worker(given, family))
            .collect(),
    }
}
