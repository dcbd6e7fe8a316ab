//! What everybody may read of the service, and whether it is so.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::Datelike as _;
use dom::catalogue::{Language, Words};
use dom::domain::criterion::{Criterion, TESTS};
use dom::web::Accessibility;

use crate::catalogue::words::files_under;
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

#[test]
fn every_cookie_that_the_code_sets_stands_on_its_page() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let page = site.browser().get("/cookies").await;
        // Under HTTPS some bear another name.
        let listed = page.texts("tbody th");
        let listed = listed.iter().flat_map(|names| names.split(", "));
        let listed: BTreeSet<String> = listed
            .filter(|name| !name.starts_with("__Host-"))
            .map(str::to_owned)
            .collect();
        let mut set = BTreeSet::new();
        for (path, text) in files_under("src/web", "rs") {
            // The list itself proves nothing.
            if path.ends_with("pages/about.rs") {
                continue;
            }
            let literals = text.split('"').skip(1).step_by(2);
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            set.extend(
                literals
                    .filter(|one| one.starts_with("dom-") && one.chars().all(plain))
                    .map(str::to_owned),
            );
        }
        assert!(set.len() >= 4, "{set:?}");
        for name in &set {
            assert!(
                listed.contains(name),
                "{name} is set and not listed: {listed:?}"
            );
        }
        for name in ["dom", "dom-mine-…", "dom-names-…", "dom-survey-…"] {
            assert!(listed.contains(name), "{name}");
        }
        assert_eq!(
            listed.len(),
            set.len() + 4,
            "nothing is listed that is not there"
        );
    });
}

#[test]
fn cookies_end_with_the_browser_as_their_page_says() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let back = [("language", "en"), ("back", "/cookies")];
        for page in [
            browser.post("/language", &back).await,
            browser.get("/f/none").await,
        ] {
            let set = page.header("set-cookie").to_owned();
            assert!(set.starts_with("dom-"), "{set}");
            assert!(
                !set.contains("Max-Age") && !set.contains("Expires"),
                "{set}"
            );
        }
    });
}

#[test]
fn the_service_tells_its_desks_and_each_duty_with_its_source() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let page = site.browser().get("/service").await;
            let said = page.main();
            for there in ["0564 28246", "0566 59009", "Via Arno 1/E", "Follonica"] {
                assert!(said.contains(there), "{there}: {said}");
            }
            assert!(said.contains("D.L. 185/2008"), "a duty has its source");
            let leaves = page
                .links()
                .into_iter()
                .filter(|(_, to)| to.starts_with("http"));
            assert_eq!(leaves.count(), 1, "the quick way out alone leads away");
            assert!(
                page.headers.get("set-cookie").is_none(),
                "reading sets no cookie"
            );
        }
    });
}

#[test]
fn the_notices_are_read_in_eight_languages_with_the_italian_beneath() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let italian = Words::new(Language::It).get("notice-rights");
        for language in Language::WRITTEN {
            let page = browser
                .get(&format!("/privacy?language={}", language.tag()))
                .await;
            let words = Words::new(language);
            assert!(page.main().contains(words.get("notice-rights").as_ref()));
            let twice = page.main().matches(italian.as_ref()).count();
            assert_eq!(twice, 2, "{}", language.tag());
            let direction = format!(
                "lang=\"{}\" dir=\"{}\"",
                language.tag(),
                language.direction()
            );
            assert!(page.text().contains(&direction));
        }
        let odd = browser.get("/privacy?language=xx").await;
        assert!(odd.main().contains(italian.as_ref()));
        let told = browser.get("/accessibility").await;
        assert!(told.main().contains("30 giorni") && told.main().contains("0564 28246"));
    });
}

#[test]
fn the_declaration_of_accessibility_and_the_address_for_remarks_are_what_was_set() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let none = site.browser().get("/accessibility").await;
        assert!(!none.text().contains("mailto:") && !none.main().contains("Dichiarazione"));
        let set = Accessibility {
            feedback: Some("accessibilita@prova.example".to_owned()),
            statement: Some("https://form.example/dichiarazione".to_owned()),
            reviewed_on: today().with_day(1),
        };
        let page = site.browser_told(set).get("/accessibility").await;
        let leads = |to: &str| page.links().into_iter().any(|(_, target)| target == to);
        assert!(leads("mailto:accessibilita@prova.example"));
        assert!(leads("https://form.example/dichiarazione"));
        assert!(page.main().contains("Riletta il 01/"), "{}", page.main());
    });
}

#[test]
fn the_sheet_of_self_assessment_names_each_criterion_and_tests_that_are_there() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let set = Accessibility {
            feedback: Some("accessibilita@prova.example".to_owned()),
            statement: Some("https://form.example/dichiarazione".to_owned()),
            reviewed_on: today().with_day(1),
        };
        let mut browser = site.browser_told(set);
        let declared = browser.get("/accessibility").await;
        let sheet = browser
            .click(&declared, "Autovalutazione dell’accessibilità")
            .await;
        let rows = sheet.rows();
        assert_eq!(rows.len(), 50, "levels A and AA of WCAG 2.1");
        for (row, one) in rows.iter().zip(Criterion::all()) {
            let named = format!("{} {}", one.clause(), one.name_it);
            assert_eq!(row[..2], [named, one.level.clone()]);
            let boxes = row[4].split_whitespace().collect::<Vec<_>>().join(" ");
            // Whoever tries says so: nothing is ticked beforehand.
            assert_eq!(boxes, "conforme non conforme non si applica");
        }
        let reflow = "in parte lo provano i test: 320 pixel";
        assert!(rows[16][2].starts_with(reflow), "{:?}", rows[16]);
        let said = sheet.main();
        for told in [
            "form.example/dichiarazione",
            "Riletta il 01/",
            "accessibilita@prova.example",
            "marzo 2021",
            "Firma",
        ] {
            assert!(said.contains(told), "{told}: {said}");
        }
        for (code, proof) in TESTS {
            assert!(said.contains(proof), "{proof}: {said}");
            let (path, test) = proof.split_once("::").expect("a file and a test");
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let file = fs::read_to_string(path).expect("the file of a test");
            let there = [
                format!("fn {test}("),
                format!("test(\"{test}"),
                format!("test(`{test}"),
            ];
            assert!(
                there.iter().any(|one| file.contains(one)),
                "{code}: {proof}"
            );
        }
        let back = [("language", "en"), ("back", "/accessibility/check")];
        let led = browser.post("/language", &back).await;
        let english = browser.follow(&led).await;
        for (row, one) in english.rows().iter().zip(Criterion::all()) {
            assert!(row[0].ends_with(&one.name_en), "{row:?}");
            assert_eq!(row[3], one.try_en);
        }
    });
}
