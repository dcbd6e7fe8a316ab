//! What everybody may read of the service, and whether it is so.

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use chrono::Datelike as _;
use dom::catalogue::{Language, Words};
use dom::domain::criterion::{Criterion, TESTS};
use dom::domain::language::Language as Spoken;
use dom::web::Accessibility;

use crate::catalogue::words::files_under;
use crate::support::browser::Page;
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
        let odd = site.browser().get("/privacy?language=xx").await;
        is_in(&odd, Words::new(Language::It), "nav-privacy");
        assert!(odd.main().contains(italian.as_ref()));
        let told = site.browser().get("/accessibility").await;
        assert!(told.main().contains("30 giorni") && told.main().contains("0564 28246"));
        let begun = [("carried", ""), ("go", "next")];
        let english = ("accept-language", "en".to_owned());
        let mut family = site.browser();
        family.headers.push(english);
        let asked = family.post("/ask/notice", &begun).await;
        let beneath = asked.attributes("main p.dom-quiet[lang=it]", "dir");
        assert!(!beneath.is_empty(), "{}", asked.main());
        assert!(beneath.iter().all(|one| one == "ltr"), "{beneath:?}");
    });
}

fn is_in(page: &Page, words: Words, heading: &str) {
    let wanted = words.get(heading);
    assert_eq!(page.heading(), wanted, "{}", words.tag());
    assert_eq!(page.attributes("html", "lang"), [words.tag()], "{wanted}");
    let direction = page.attributes("html", "dir");
    assert_eq!(direction, [words.direction()], "{wanted}");
}

/// What everybody may read, with a status and the key of the heading.
const READ: [(&str, u16, &str); 10] = [
    ("/service", 200, "about-service-title"),
    ("/register", 200, "links-join-title"),
    ("/privacy", 200, "nav-privacy"),
    ("/cookies", 200, "nav-cookies"),
    ("/accessibility", 200, "nav-accessibility"),
    ("/sources", 200, "sources-title"),
    ("/v/NONE", 404, "verify-title"),
    ("/l/none", 404, "survey-gone-title"),
    ("/f", 404, "link-gone-title"),
    ("/no-such-page", 404, "failure-heading-not-found"),
];

#[test]
fn what_workers_read_is_in_the_language_that_they_chose_and_stays_so() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        for (language, last) in Language::WRITTEN.into_iter().zip(1_u8..) {
            let (words, tag) = (Words::new(language), language.tag());
            let mut browser = site.browser();
            browser.address = SocketAddr::from(([192, 0, 2, last], 4000));
            let service = browser.get("/service").await;
            is_in(&service, Words::new(Language::It), "about-service-title");
            let name = Spoken::by_code(tag).unwrap().endonym();
            let chosen = browser.click(&service, name).await;
            is_in(&chosen, words, "about-service-title");
            assert!(chosen.main().contains("0564 28246"), "{}", chosen.main());
            let join = words.get("links-join-title");
            let joined = browser.click(&chosen, &join).await;
            is_in(&joined, words, "links-join-title");
            for (path, status, heading) in READ {
                let page = browser.get(path).await;
                assert_eq!(page.status, status, "{path}");
                is_in(&page, words, heading);
            }
            // Where no cookie is kept the addresses say it.
            for (link, heading) in [
                ("nav-privacy", "nav-privacy"),
                ("nav-cookies", "nav-cookies"),
                ("nav-accessibility", "nav-accessibility"),
                ("nav-sources", "sources-title"),
            ] {
                browser.cookies.clear();
                let led = browser.click(&chosen, &words.get(link)).await;
                is_in(&led, words, heading);
            }
        }
    });
}

#[test]
fn rights_and_duties_are_told_in_eight_languages_with_the_italian_beneath() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let italian = Words::new(Language::It);
        for language in Language::WRITTEN {
            let words = Words::new(language);
            let address = format!("/service?language={}", language.tag());
            let said = site.browser().get(&address).await.main();
            for key in [
                "about-does-not",
                "about-never",
                "about-worker-rights",
                "about-worker-duties",
                "about-family-rights",
                "duty-inps_notice",
                "duty-written_letter",
            ] {
                assert!(said.contains(words.get(key).as_ref()), "{key}: {said}");
                let beneath = said.matches(italian.get(key).as_ref()).count();
                assert_eq!(beneath, 1, "{key} in {}: {said}", language.tag());
            }
            assert!(said.contains("D.L. 185/2008"), "{said}");
        }
    });
}

#[test]
fn a_language_is_chosen_by_a_button_too_and_the_staff_keep_theirs() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let french = browser.get("/sources?language=fr").await;
        assert!(french.header("set-cookie").starts_with("dom-language=fr;"));
        let form = french.form("/language");
        assert_eq!(form.value("back"), "/sources");
        let led = browser.submit(&form, "العربية").await;
        let arabic = browser.follow(&led).await;
        is_in(&arabic, Words::new(Language::Ar), "sources-title");
        let mut operator = site.signed_in("operator").await;
        let chosen = ("dom-language".to_owned(), "ro".to_owned());
        operator.cookies.extend([chosen]);
        let own = operator.get("/service").await;
        is_in(&own, Words::new(Language::It), "about-service-title");
        let shown = operator.get("/service?language=uk").await;
        is_in(&shown, Words::new(Language::Uk), "about-service-title");
        assert!(!shown.header("set-cookie").contains("dom-language"));
        assert_eq!(shown.attributes("nav.dom-nav", "lang"), ["it"]);
        assert_eq!(operator.cookies["dom-language"], "ro");
    });
}

#[test]
fn the_languages_of_a_page_are_offered_in_one_place() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        for (path, above, below) in [
            ("/service", 8, 0),
            ("/privacy", 8, 0),
            ("/cookies", 8, 0),
            ("/accessibility", 8, 0),
            ("/register", 8, 0),
            ("/sources", 0, 7),
            ("/no-such-page", 0, 7),
            ("/sign-in", 0, 1),
        ] {
            let page = browser.get(path).await;
            let led = page.attributes("main nav a", "hreflang");
            let chosen = page.attributes("form[action='/language'] button", "value");
            assert_eq!((led.len(), chosen.len()), (above, below), "{path}");
            assert_eq!(page.form_is_missing("/language"), below == 0, "{path}");
        }
    });
}

#[test]
fn a_language_is_kept_once_and_only_of_pages_that_are_there() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let keeps = |page: &Page| page.header("set-cookie").to_owned();
        for (path, status) in [
            ("/no-such-page?language=fr", 404),
            ("/ask/check?language=fr", 303),
        ] {
            let page = site.browser().get(path).await;
            assert_eq!(page.status, status, "{path}");
            assert_eq!(keeps(&page), "", "{path}");
        }
        let mut browser = site.browser();
        let first = browser.get("/service?language=fr").await;
        assert!(keeps(&first).starts_with("dom-language=fr;"));
        let again = browser.get("/privacy?language=fr").await;
        is_in(&again, Words::new(Language::Fr), "nav-privacy");
        assert_eq!(keeps(&again), "");
        let other = browser.get("/privacy?language=uk").await;
        assert!(keeps(&other).starts_with("dom-language=uk;"));
    });
}

#[test]
fn the_pages_of_families_say_kindly_that_they_have_two_languages() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let romanian = Words::new(Language::Ro);
        let kindly = romanian.get("about-family-languages");
        for (wanted, screens) in [("ro,en;q=0.5", "en"), ("ro", "it")] {
            browser.headers = vec![("accept-language", wanted.to_owned())];
            let service = browser.get("/service").await;
            is_in(&service, romanian, "about-service-title");
            assert!(
                service.main().contains(kindly.as_ref()),
                "{}",
                service.main()
            );
            let ask = browser.get("/ask").await;
            assert_eq!(ask.attributes("html", "lang"), [screens]);
            assert_eq!(ask.texts("main [lang=ro]"), [kindly.as_ref()]);
            let sign_in = browser.get("/sign-in").await;
            assert_eq!(sign_in.attributes("html", "lang"), [screens]);
            let way = sign_in.texts("main [lang=ro]");
            assert_eq!(way, [romanian.get("nav-service").as_ref()]);
        }
        browser.headers.clear();
        let italian = browser.get("/ask").await;
        assert!(italian.texts("main [lang=ro]").is_empty());
        let own = Words::new(Language::It).get("about-family-languages");
        assert!(!italian.main().contains(own.as_ref()));
        assert!(!browser.get("/service").await.main().contains(own.as_ref()));
        // Where no cookie is kept the address of the sign-in says it on.
        let sign_in = browser.get("/sign-in?language=ro").await;
        let ways = sign_in.attributes("main a[href^='/service']", "href");
        assert_eq!(ways, ["/service?language=ro", "/service?language=ro"]);
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
