//! The printed sheet as its readers get it: text, structure, fonts, bytes.

mod papers;
pub mod reader;
mod sample;

use dom::pdf::sheet::SheetView;
use dom::pdf::{PdfError, fonts, sheet};
use reader::{Printed, contrast};

fn print(test: &str, view: &SheetView) -> Printed {
    let bytes = sheet::render(view).unwrap_or_else(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        panic!("{error}: {}", source.unwrap_or_default())
    });
    Printed::new(test, &bytes)
}

/// Every text in `expected` stands in `text`, each after the one before.
fn assert_in_order(text: &str, expected: &[&str]) {
    let mut rest = text;
    for part in expected {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("{part:?} is missing, or comes too early, in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn a_sheet_tells_all_it_may_in_reading_order() {
    let printed = print("a_sheet_tells_all", &sample::sheet(1));
    let body = [
        "Scheda nominativa GR-2026-0014",
        "Consegnata a Luisa Bianchi per la madre",
        "Richiesta assistenza a ore, Grosseto",
        "Orario da lunedì a venerdì 8:00–14:00, sabato 8:00–11:00",
        "Inizio martedì 1 dicembre 2026",
        "Rilasciata da Paola Conti, Sportello Info Immigrati di Grosseto",
        "Via Immaginaria 12, 58100 Grosseto",
        "Telefono: 0564 555 0100",
        "Data 23 novembre 2026",
        "Valida fino al 23 dicembre 2026",
        "Verifica https://dom.example.org/v/K7QM4T2X9HPC",
        "Codice di verifica K7QM-4T2X-9HPC",
        "Chi corrisponde, e perché",
        "Elena Marinescu È libera in 27 delle 30 ore richieste",
        "Come raggiungere lo sportello",
        "telefono 0564 555 0100",
        "Che cosa si chiede a chi assume",
        "L’assunzione si comunica all’INPS entro il giorno prima",
        "Serve una lettera scritta",
        "Elena Marinescu",
        "Telefono +39 333 555 0142",
        "Perché corrisponde",
        "È libera in 27 delle 30 ore richieste",
        "Abita a 22 km",
        "Sa fare tutto ciò che è richiesto",
        "Profilo",
        "Comune Castiglione della Pescaia",
        "Lingue italiano (buono); rumeno (madrelingua); inglese (elementare)",
        "Competenze igiene personale; preparazione dei pasti;",
        "guida dell’auto",
        "Esperienza 6 anni con persone anziane",
        "2 anni in una casa di riposo",
        "Titoli Addetta all’assistenza di base (2019)",
        "Accreditamento Accreditata ai sensi della LR Toscana 82/2009",
        "Disponibilità nella settimana",
        "lunedì",
        "domenica",
        "richiesto e libera",
        "richiesto, non libera",
        "libera, non richiesto",
    ];
    // the tags carry the body alone, in the order in which it is read aloud
    let tagged = printed.tagged_words();
    assert_in_order(&tagged, &body);
    assert!(!tagged.contains("Pagina 1 di 2"), "{tagged}");
    let text = printed.words();
    assert_in_order(
        &text,
        &["Sportello Info Immigrati di Grosseto", "GR-2026-0014"],
    );
    assert_in_order(
        &text,
        &["Codice di verifica: K7QM-4T2X-9HPC", "Pagina 1 di 2"],
    );
}

#[test]
fn a_fact_nobody_stated_is_said_to_be_missing() {
    let mut view = sample::sheet(1);
    let worker = &mut view.workers[0];
    worker.languages.clear();
    worker.skills.clear();
    worker.experience.clear();
    worker.qualifications.clear();
    worker.accreditation = None;
    worker.phones.clear();
    worker.reasons.clear();
    let printed = print("a_fact_nobody_stated", &view);
    let text = printed.tagged_words();
    for label in [
        "Lingue",
        "Competenze",
        "Esperienza",
        "Titoli",
        "Accreditamento",
    ] {
        assert!(
            text.contains(&format!("{label} non indicato")),
            "{label}: {text}"
        );
    }
    assert!(!text.contains("Perché corrisponde"), "{text}");
}

#[test]
fn the_document_is_tagged_and_says_what_it_is() {
    let printed = print("the_document_is_tagged", &sample::sheet(3));
    assert_eq!(printed.info("Tagged").as_deref(), Some("yes"));
    assert_eq!(
        printed.info("Title").as_deref(),
        Some("Scheda nominativa GR-2026-0014")
    );
    assert_eq!(
        printed.info("Author").as_deref(),
        Some("Sportello Info Immigrati di Grosseto")
    );
    assert_eq!(
        printed.info("Page size").as_deref(),
        Some("595.276 x 841.89 pts (A4)")
    );
    let date = printed.info("CreationDate").unwrap_or_default();
    assert!(date.starts_with("Mon Nov 23 00:00:00 2026"), "{date}");
    assert_eq!(printed.info("ModDate"), Some(date));
    assert_eq!(printed.pages(), 4);

    let raw = printed.unpacked();
    for said in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/Lang (it)",
        "/DisplayDocTitle true",
    ] {
        assert!(raw.contains(said), "{said}");
    }
    printed.check_fonts();
    printed.check_syntax();
}

/// The shades of a run of half-hours of a day, away from its edges.
fn shades(printed: &Printed, day: &str, hours: (f64, f64)) -> Vec<u8> {
    // The names of the days end 36 mm right of the margin of 18 mm.
    let (mm, begin, width) = (72.0 / 25.4, 54.0, 138.0);
    let at = |hour: f64| (begin + hour / 24.0 * width) * mm;
    let places = printed.places(2);
    let (_, [_, top, _, bottom]) = places
        .iter()
        .rfind(|(word, _)| word == day)
        .unwrap_or_else(|| panic!("no {day}: {places:?}"));
    let edge = 0.1;
    let along = (at(hours.0 + edge), at(hours.1 - edge));
    printed.grey(2).along(along, f64::midpoint(*top, *bottom))
}

#[test]
fn a_week_is_told_apart_without_colour() {
    let printed = print("a_week_in_grey", &sample::sheet(1));
    let (covered, spare) = (
        shades(&printed, "lunedì", (8.0, 9.0)),
        shades(&printed, "lunedì", (7.5, 8.0)),
    );
    let (missing, neither) = (
        shades(&printed, "venerdì", (8.0, 9.0)),
        shades(&printed, "lunedì", (2.0, 3.0)),
    );
    // The first two are one shade each, and paper is white.
    for (told, shades) in [("covered", &covered), ("spare", &spare)] {
        assert!(
            shades.iter().all(|shade| *shade == shades[0]),
            "{told}: {shades:?}"
        );
    }
    assert_eq!(neither[neither.len() / 2], 255, "{neither:?}");
    // What means something stands out from the paper and from the others by 3 to 1.
    for (one, other) in [(covered[0], 255), (spare[0], 255), (covered[0], spare[0])] {
        let apart = contrast(one, other);
        assert!(apart >= 3.0, "{one} and {other} are {apart:.2} apart");
    }
    // What is missing is hatched: dark and light by turns.
    let (darkest, lightest) = (missing.iter().min().unwrap(), missing.iter().max().unwrap());
    let apart = contrast(*darkest, *lightest);
    assert!(apart >= 3.0, "{missing:?}");
    let middle = u8::midpoint(*darkest, *lightest);
    let turns = missing
        .windows(2)
        .filter(|pair| (pair[0] > middle) != (pair[1] > middle))
        .count();
    assert!(turns >= 4, "{missing:?}");
}

#[test]
fn headings_tables_and_pictures_have_their_tags() {
    let printed = print("headings_tables_and_pictures", &sample::sheet(2));
    let structure = printed.structure();
    let count = |tag: &str| {
        structure
            .lines()
            .filter(|line| {
                let line = line.trim_start();
                line.starts_with(tag)
                    && !line[tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
            })
            .count()
    };
    assert_eq!(count("H1"), 1, "{structure}");
    assert_eq!(count("H2"), 3 + 2, "three of the cover, two workers");
    assert_eq!(count("H3"), 6);
    // the request once, though it is printed on every page, and who fits
    assert_eq!(count("Table"), 4);
    assert_eq!(count("TH"), 8 + 2 + 2 * 6);
    assert_eq!(structure.matches("/Scope /Row").count(), count("TH"));
    // one square code, two weeks
    assert_eq!(count("Figure"), 3);
    let alternatives = printed.alternatives();
    assert_eq!(alternatives.len(), 3, "{alternatives:?}");
    for expected in [
        "Codice quadrato che porta alla pagina di verifica https://dom.example.org/v/K7QM4T2X9HPC",
        "richiesto e libera: lunedì, martedì, mercoledì, giovedì 8:00–14:00; \
         venerdì 9:00–13:00; sabato 8:00–10:00. \
         richiesto, non libera: venerdì 8:00–9:00, 13:00–14:00; sabato 10:00–11:00. \
         libera, non richiesto: lunedì, martedì, mercoledì, giovedì 7:30–8:00.",
    ] {
        assert!(
            alternatives.iter().any(|told| told == expected),
            "{alternatives:?}"
        );
    }
    let mut bookmarks = printed.bookmarks();
    bookmarks.sort();
    assert_eq!(
        bookmarks,
        [
            "Elena Marinescu",
            "Scheda nominativa GR-2026-0014",
            "Ștefania Țurcanu"
        ]
    );
}

#[test]
fn a_week_without_hours_says_so_and_one_without_need_shows_what_is_free() {
    let mut view = sample::sheet(2);
    view.request.need = None;
    view.workers[1].availability = sample::week(&[]);
    let printed = print("a_week_without_need", &view);
    let told = printed.alternatives().join("|");
    let expected = "libera: lunedì, martedì, mercoledì, giovedì 7:30–14:00; venerdì 9:00–13:00; sabato 8:00–10:00.";
    assert!(told.contains(expected), "{told}");
    assert!(
        !told.contains("nessuna ora"),
        "no empty grid is drawn: {told}"
    );
    let text = printed.words();
    assert!(text.contains("ore e riposi da concordare"), "{text}");

    view.request.need = Some(sample::week(&[(6..7, 40..48)]));
    view.workers[0].availability = sample::week(&[(0..7, 0..48)]);
    let told = print("a_week_all_free", &view).alternatives().join("|");
    let expected = "richiesto e libera: domenica 20:00–24:00. richiesto, non libera: nessuna ora. \
                    libera, non richiesto: lunedì, martedì, mercoledì, giovedì, venerdì, sabato 0:00–24:00; \
                    domenica 0:00–20:00.";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn what_looks_like_markup_is_printed_as_it_stands() {
    let marked = [
        "#read(\"/etc/passwd\")",
        "$x$",
        "= Title",
        "*bold*",
        "_under_",
        "- item",
        "`raw`",
        "@label",
        "<label>",
        "\\u{41}",
        "#import \"@preview/x:1.0.0\"",
        "//note",
        "\"--'...~",
        "<script>alert(1)</script>",
        "=cmd()",
        "{page}",
    ];
    let mut view = sample::sheet(marked.len());
    for (worker, text) in view.workers.iter_mut().zip(marked) {
        worker.given_name = text.into();
        worker.family_name = text.into();
        worker.comune = text.into();
        worker.phones = vec![text.into()];
        worker.skills = vec![text.into()];
        worker.experience = vec![text.into()];
        worker.reasons = vec![text.into()];
    }
    view.recipient = marked[0].into();
    view.request.schedule = marked[1].into();
    view.issuer.desk = marked[2].into();
    let printed = print("what_looks_like_markup", &view);
    assert_eq!(printed.pages(), marked.len() + 1);
    // a line may break after a slash
    let text = printed.tagged_words().replace(' ', "");
    for marked in marked.map(|marked| marked.replace(' ', "")) {
        for place in [marked.as_str(), "Comune", "Competenze", "Esperienza", "•"] {
            assert!(
                text.contains(&format!("{place}{marked}")),
                "{place} {marked}: {text}"
            );
        }
    }
    assert_in_order(&text, &["Consegnataa#read(\"/etc/passwd\")", "Orario$x$"]);
    assert!(!text.contains("root:"), "{text}");
    assert_eq!(printed.info("Author").as_deref(), Some("= Title"));
}

#[test]
fn cyrillic_greek_and_arabic_names_survive() {
    let mut view = sample::sheet(4);
    view.workers[0].family_name = "Шевченко-Ґалаґан".into();
    view.workers[1].family_name = "Παπαδοπούλου".into();
    view.workers[2].given_name = "فاطمة".into();
    view.workers[2].family_name = "بنعلي".into();
    view.workers[3].family_name = "\u{2068}Rossi\u{2069}".into();
    view.recipient = "محمد الإدريسي".into();
    view.workers[2].comune = "القنيطرة".into();
    let printed = print("cyrillic_greek_and_arabic", &view);
    let text = printed.laid_out();
    for name in [
        "Elena Шевченко-Ґалаґан",
        "Ștefania Παπαδοπούλου",
        "فاطمة بنعلي",
        "محمد الإدريسي",
        "María José Rossi",
    ] {
        // the tools turn the two letters of a ligature round, whose map is right
        let shown = name.replace("لإ", "إل");
        assert!(text.contains(&shown), "{name}: {text}");
    }
    assert!(
        printed.unpacked().contains("<06440625>"),
        "lam with alef below"
    );

    assert_eq!(printed.fonts().len(), 4, "{:?}", printed.fonts());
    printed.check_fonts();
}

#[test]
fn a_family_that_reads_another_language_has_the_sheet_in_both() {
    let mut view = sample::sheet(2);
    let mut second = sample::sheet(2);
    second.language = "en".into();
    second.words.profile = "Profile".into();
    second.words.cover_duties = "What is asked of whoever hires".into();
    view.second = Some(Box::new(second));
    let printed = print("in_two_languages", &view);
    assert_eq!(printed.pages(), 6);
    let raw = printed.unpacked();
    assert!(raw.contains("/Lang (it)") && raw.contains("/Lang (en)"));
    let text = printed.tagged_words();
    assert_in_order(
        &text,
        &[
            "Che cosa si chiede a chi assume",
            "Profilo",
            "What is asked of whoever hires",
            "Profile",
        ],
    );
    printed.check_fonts();
    printed.check_syntax();
}

#[test]
fn a_sheet_in_arabic_runs_from_right_to_left() {
    let mut view = sample::sheet(1);
    view.language = "ar".into();
    view.right_to_left = true;
    view.words.title = "بطاقة اسمية".into();
    view.words.comune = "البلدية".into();
    let printed = print("a_sheet_in_arabic", &view);
    assert_eq!(printed.pages(), 2);
    let raw = printed.unpacked();
    assert!(raw.contains("/Lang (ar)") && raw.contains("/Direction /R2L"));
    let text = printed.words();
    assert_in_order(&text, &["بطاقة", "البلدية", "Castiglione della Pescaia"]);
    printed.check_fonts();
    printed.check_syntax();
}

#[test]
fn a_character_without_a_glyph_is_an_error_wherever_it_stands() {
    type Place = fn(&mut SheetView) -> &mut String;
    let places: [Place; 5] = [
        |view| &mut view.workers[1].given_name,
        |view| &mut view.workers[0].skills[2],
        |view| &mut view.recipient,
        |view| &mut view.words.week.days[6],
        |view| &mut view.issuer.desk,
    ];
    for place in places {
        let mut view = sample::sheet(2);
        place(&mut view).push('王');
        let refused = sheet::render(&view);
        assert!(
            matches!(refused, Err(PdfError::MissingGlyph { character: '王' })),
            "{refused:?}"
        );
    }
}

#[test]
fn what_the_fonts_can_print_is_known_beforehand() {
    for text in [
        "",
        "Nguyễn Thị Hương",
        "D’Àvola-Peña, Łęcka 12/b (2019) «§ €»",
        "Țurcanu Hadžić Çelik Ýmir Þór",
        "Олександра Ґудзь, Њ Ђ Ў Ә Ң",
        "Ελένη Παπαδοπούλου",
        "فاطمة بنعلي ۱۲۳ پژوهش",
        // a mark of its own, composed and not
        "e\u{301} n\u{303} ș\u{326}",
        "\u{2068}isolated\u{2069}",
    ] {
        assert_eq!(fonts::can_print(text), Ok(()), "{text:?}");
    }
    for (text, character) in [
        ("Wang 王", '王'),
        ("ქეთევან", 'ქ'),
        ("শিরিন", 'শ'),
        ("smile 🙂", '🙂'),
        ("two\nlines", '\n'),
        ("nul\0", '\0'),
        ("\u{202e}turned", '\u{202e}'),
        ("private \u{e000}", '\u{e000}'),
        ("invalid \u{fffe}", '\u{fffe}'),
        // each has a glyph, but no one font has both
        ("a\u{64e}", '\u{64e}'),
    ] {
        assert_eq!(fonts::can_print(text), Err(character), "{text:?}");
    }
}

#[test]
fn every_name_that_can_be_typed_can_be_printed() {
    let mut accepted = 0;
    for character in '\u{1}'..=char::MAX {
        let text = format!("A{character}");
        if let Ok(name) = dom::domain::text::Name::parse(&text) {
            assert_eq!(fonts::can_print(name.as_str()), Ok(()), "{character:?}");
            accepted += 1;
        }
    }
    assert!(accepted > 1000, "{accepted}");
}

#[test]
fn the_same_sheet_gives_the_same_bytes_in_any_order() {
    let first = sample::sheet(2);
    let mut second = sample::sheet(2);
    second.number = "GR-2026-0015".into();
    second.workers[0].family_name = "Ionescu".into();
    let before = (
        sheet::render(&first).unwrap(),
        sheet::render(&second).unwrap(),
    );
    let after = (
        sheet::render(&second).unwrap(),
        sheet::render(&first).unwrap(),
    );
    assert!(before.0 == after.1 && before.1 == after.0);
    assert!(before.0 != before.1);
    let elsewhere = std::thread::spawn(move || sheet::render(&first).unwrap());
    assert!(before.0 == elsewhere.join().unwrap());
}

#[test]
fn eight_workers_take_a_cover_and_eight_pages_and_each_stands_alone() {
    let printed = print("eight_workers", &sample::sheet(8));
    assert_eq!(printed.pages(), 9);
    let text = printed.words();
    for page in 1..=9 {
        assert!(
            text.contains(&format!("Pagina {page} di 9")),
            "{page}: {text}"
        );
    }
    // on each page, though it is read aloud once
    assert_eq!(text.matches("Luisa Bianchi per la madre").count(), 9);
    assert_eq!(
        printed
            .tagged_words()
            .matches("Luisa Bianchi per la madre")
            .count(),
        1
    );
    printed.check_syntax();
}

#[test]
fn a_page_grows_with_its_worker_and_stays_one() {
    let mut view = sample::sheet(8);
    let skills = [4, 8, 12, 14, 16, 18, 20, 22];
    for (worker, skills) in view.workers.iter_mut().zip(skills) {
        worker.skills = (0..skills)
            .map(|n| format!("competenza numero {n} lunga"))
            .collect();
    }
    let printed = print("pages_that_grow", &view);
    assert_eq!(printed.pages(), 9, "{}", printed.words());
}

#[test]
fn long_fields_wrap_and_a_full_worker_still_fits_one_page() {
    let mut view = sample::sheet(1);
    let worker = &mut view.workers[0];
    worker.family_name = "W".repeat(100);
    worker.phones.push("+39 06 555 0177".into());
    worker.skills = (0..20).map(|n| format!("competenza numero {n}")).collect();
    worker.languages = (0..8)
        .map(|n| format!("lingua numero {n} (buono)"))
        .collect();
    worker.experience = (1..=6)
        .map(|n| format!("{n} anni con persone anziane non autosufficienti, in casa"))
        .collect();
    let printed = print("a_full_worker", &view);
    assert_eq!(printed.pages(), 2, "{}", printed.words());
    let letters = printed.tagged_words().chars().filter(|c| *c == 'W').count();
    assert_eq!(letters, 200, "on the cover and on the page");

    let worker = &mut view.workers[0];
    worker.experience = (0..200)
        .map(|n| format!("{n} anni con persone anziane non autosufficienti, in casa"))
        .collect();
    view.recipient = "una famiglia dal nome lungo ".repeat(20);
    let printed = print("an_endless_worker", &view);
    let text = printed.words();
    assert!(text.contains("199 anni"), "{text}");
    assert!((4..=7).contains(&printed.pages()), "{}", printed.pages());
}

#[test]
fn a_sheet_without_a_worker_or_with_an_endless_address_is_refused() {
    let refused = sheet::render(&sample::sheet(0));
    assert!(matches!(refused, Err(PdfError::NoWorker)), "{refused:?}");
    let mut view = sample::sheet(1);
    view.verification_url = format!("https://dom.example.org/{}", "x".repeat(4000));
    let refused = sheet::render(&view);
    assert!(
        matches!(refused, Err(PdfError::SquareCode(_))),
        "{refused:?}"
    );
}

#[test]
fn a_template_that_refuses_says_where() {
    let mut view = sample::sheet(1);
    view.language = "not a language".into();
    let error = sheet::render(&view).expect_err("no such language");
    let PdfError::Template(diagnostics) = error else {
        panic!("{error:?}");
    };
    assert!(
        diagnostics.lines()[0].starts_with("sheet/sheet.typ:"),
        "{diagnostics}"
    );
}
