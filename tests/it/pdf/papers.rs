//! The papers as they come out of the printer: in eight languages, tagged, with the
//! words of the screen and the version that is recorded.

use std::collections::BTreeSet;

use dom::catalogue::{Language, Words};
use dom::domain::notice::Notice;
use dom::pdf::paper::render;
use dom::web::pages::paper::view::{Paper, view};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::reader::Printed;

fn print(paper: Paper, second: Language) -> Printed {
    let bytes = render(&view(paper, second, "Sportello di prova")).unwrap_or_else(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        panic!(
            "{paper:?} {second:?}: {error}: {}",
            source.unwrap_or_default()
        )
    });
    Printed::new(&format!("paper_{}_{}", paper.code(), second.tag()), &bytes)
}

#[test]
fn every_paper_prints_in_every_language_to_the_standards() {
    for paper in Paper::ALL {
        for second in Language::WRITTEN {
            let printed = print(paper, second);
            assert_eq!(printed.info("Tagged").as_deref(), Some("yes"));
            assert!(printed.info("Page size").unwrap().contains("A4"));
            let raw = printed.unpacked();
            assert!(raw.contains("<pdfuaid:part>1</pdfuaid:part>"), "{paper:?}");
            printed.check_syntax();
            assert!(printed.fonts().iter().all(|font| font.contains("yes")));
            let pages = printed.pages();
            let most = if matches!(paper, Paper::Worker | Paper::Request) {
                7
            } else {
                2
            };
            assert!(pages <= most, "{paper:?} {second:?} has {pages} pages");
        }
    }
}

#[test]
fn the_worker_s_form_has_the_questions_and_lists_of_the_screen() {
    let text = print(Paper::Worker, Language::It).tagged_words();
    let words = Words::new(Language::It);
    for key in ["fact-given-name", "fact-availability", "section-permit"] {
        assert!(text.contains(words.get(key).as_ref()), "{key}: {text}");
    }
    assert!(text.contains("convivenza") && text.contains("lunedì"));
    assert!(text.contains("Assistenza a persona anziana"));
    assert!(
        !text.contains("Sportello dove") && !text.contains("Stato"),
        "what the desk says itself"
    );
}

#[test]
fn a_second_language_stands_beneath_the_italian() {
    for (second, expected) in [
        (Language::Uk, "Дата народження"),
        (Language::Sq, "Data e lindjes"),
        (Language::Ro, "Data nașterii"),
    ] {
        let text = print(Paper::Worker, second).tagged_words();
        assert!(
            text.contains("Data di nascita") && text.contains(expected),
            "{text}"
        );
    }
    let raw = print(Paper::NoticeWorker, Language::Ar).unpacked();
    assert!(raw.contains("(ar)"), "the Arabic is marked as such");
}

#[test]
fn the_version_printed_is_one_that_can_be_recorded() {
    let text = print(Paper::Authorisation, Language::En).words();
    let date = Words::new(Language::It).date(Notice::latest().valid_from());
    assert!(text.contains(&format!("Versione del {date}")), "{text}");
    assert!(Notice::codes().contains(&Notice::latest().version()));
    assert!(Notice::parse("2020-01-01").is_err());
}

/// Italian words that another language may write the same way.
const ALIKE: [&str; 4] = ["Telefono", "no", "Data", "Tutore"];

/// Everything on the papers that a second language has to say.
#[test]
fn what_is_handed_out_is_whole_in_eight_languages() {
    for second in Language::WRITTEN {
        if second == Language::It {
            continue;
        }
        let mut lacking = BTreeSet::new();
        for paper in Paper::ALL {
            let view = view(paper, second, "Sportello di prova");
            let mut see = |own: &str, beneath: &str, same: bool| {
                if beneath.is_empty() && !own.is_empty() && !same {
                    lacking.insert(own.to_owned());
                }
            };
            see(&view.title.own, &view.title.other, false);
            for part in &view.parts {
                see(&part.heading.own, &part.heading.other, false);
                for text in &part.paragraphs {
                    see(&text.own, &text.other, false);
                }
                for asked in &part.questions {
                    // What reads alike in both is not said twice.
                    let same = ALIKE.contains(&asked.label.own.as_str());
                    see(&asked.label.own, &asked.label.other, same);
                    see(&asked.hint.own, &asked.hint.other, false);
                    for one in &asked.boxes {
                        see(&one.own, &one.other, ALIKE.contains(&one.own.as_str()));
                    }
                }
            }
        }
        assert!(lacking.is_empty(), "{} lacks {lacking:?}", second.tag());
    }
}

/// The words of a text as they stand on paper, however its lines break. Those with a
/// vowel sign come out of a file as each tool pleases; what no font draws is no paper.
fn words_of(text: &str) -> BTreeSet<String> {
    let plain: String = text.nfkc().filter(|c| !c.is_control()).collect();
    let only = |c: char| !(c.is_alphanumeric() || is_combining_mark(c));
    let words = plain
        .split(only)
        .filter(|word| !word.is_empty() && !word.chars().any(is_combining_mark));
    words.map(str::to_owned).collect()
}

#[test]
fn what_families_are_handed_is_drawn_whole_in_every_language() {
    for paper in [Paper::Request, Paper::NoticeFamily] {
        for second in Language::WRITTEN {
            let view = view(paper, second, "Sportello di prova");
            let mut texts = vec![&view.title];
            for part in &view.parts {
                texts.push(&part.heading);
                texts.extend(&part.paragraphs);
                for asked in &part.questions {
                    texts.extend([&asked.label, &asked.hint]);
                    texts.extend(&asked.boxes);
                }
            }
            let printed = print(paper, second);
            printed.check_fonts();
            let text = printed.tagged_words();
            assert!(!text.contains('\u{fffd}'), "{paper:?} {second:?}");
            let drawn = words_of(&text);
            // The tools take joined letters of Arabic out in another order; that each is
            // drawn, and that none lacks its words, is held elsewhere.
            let runs_leftward = second.direction() == "rtl";
            let own = texts.iter().map(|pair| &pair.own);
            let beneath = texts.iter().map(|pair| &pair.other);
            for said in own.chain(beneath.filter(|_| !runs_leftward)) {
                let lacking: Vec<_> = words_of(said).difference(&drawn).cloned().collect();
                assert!(
                    lacking.is_empty(),
                    "{paper:?} {second:?}: {said}: {lacking:?}"
                );
            }
        }
    }
}

#[test]
fn the_words_of_a_version_do_not_change_once_it_is_handed_out() {
    let mut all = Sha256::new();
    for language in Language::WRITTEN {
        for (area, source) in language.sources() {
            if *area != "paper" {
                continue;
            }
            for line in source.lines() {
                let signed = ["notice-", "authorise-", "paper-read", "paper-title-"]
                    .iter()
                    .any(|start| line.starts_with(start));
                let labels = ["notice-version-of", "notice-earlier"];
                if signed && !labels.iter().any(|start| line.starts_with(start)) {
                    all.update(line.as_bytes());
                    all.update(b"\n");
                }
            }
        }
    }
    let digest = data_encoding::HEXLOWER.encode(&all.finalize());
    assert_eq!(
        Notice::latest().sha256(),
        digest,
        "other words are another version: add a row to data/notices.csv"
    );
}
