//! The layout and every part of it, filled as a page fills them. What a browser
//! thinks of the result is tested in `tests/browser`.

use askama::Template;
use dom::catalogue::{Language, Words};
use dom::web::frame::{Frame, Link};

use super::words::files_under;

struct Problem {
    field: String,
    message: String,
}

struct List {
    first: String,
    page: u64,
    pages: u64,
    ends: (String, String),
}

struct Bar {
    start: u8,
    length: u8,
}

struct Day {
    name: String,
    need: String,
    offer: String,
    need_bars: Vec<Bar>,
    offer_bars: Vec<Bar>,
    missing_bars: Vec<Bar>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}
{% import "parts/breadcrumb.html" as breadcrumb %}
{% import "parts/empty.html" as empty %}
{% import "parts/errors.html" as errors %}
{% import "parts/field.html" as field %}
{% import "parts/icon.html" as icon %}
{% import "parts/paging.html" as paging %}
{% import "parts/week.html" as week %}
{% block title %}Parti{% endblock %}
{% block breadcrumb %}{% call breadcrumb::trail(t, above, "Qui") %}{% endcall %}{% endblock %}
{% block main %}
<h1>Parti</h1>
{% call errors::summary(t, problems) %}{% endcall %}
<form method="post" action="/parti" class="dom-form" novalidate>
{% call field::input(t, "name", "Nome", name, "Come sul documento", "Scrivi il nome", "text", "off") %}{% endcall %}
{% call field::secret(t, "password", "Password", "", "", "current-password") %}{% endcall %}
{% call field::choice(t, "desk", "Sportello", options, "follonica", "", "") %}{% endcall %}
{% call field::tick(t, "sure", "sure", "Sono sicura", "yes", true, "") %}{% endcall %}
<button type="submit" class="btn btn-primary">{% call icon::icon(frame, "it-check") %}{% endcall %} Invia</button>
</form>
{% call empty::empty("Nessuna richiesta", "Non c’è ancora niente.") %}<p><a href="/requests">Richieste</a></p>{% endcall %}
{% call paging::paging(t, list) %}{% endcall %}
{% call week::week(t, "Orario", days, "Serve", "Offre") %}{% endcall %}
{% endblock %}"#
)]
struct Parts {
    t: Words,
    frame: Frame,
    above: Vec<(&'static str, &'static str)>,
    problems: Vec<Problem>,
    name: String,
    options: Vec<(&'static str, &'static str)>,
    list: List,
    days: Vec<Day>,
}

fn parts(language: Language) -> Parts {
    Parts {
        t: Words::new(language),
        frame: Frame {
            owner: "Comune di Prova".to_owned(),
            user: Some("Ada Prova <b>".to_owned()),
            words: Words::new(language),
            navigation: vec![Link {
                href: "/workers".to_owned(),
                label: "Lavoratrici e lavoratori".to_owned(),
                current: true,
            }],
            footer: vec![Link {
                href: "/sources".to_owned(),
                label: "Fonti".to_owned(),
                current: false,
            }],
            demo: true,
            refused: true,
            notice: Some("Salvato".to_owned()),
            back: "/workers".to_owned(),
            languages: vec![("en", "English")],
            asked: None,
        },
        above: vec![("/", "Home")],
        problems: vec![Problem {
            field: "name".to_owned(),
            message: "Scrivi il nome".to_owned(),
        }],
        name: "<script>alert(1)</script>".to_owned(),
        options: vec![("grosseto", "Grosseto"), ("follonica", "Follonica")],
        list: List {
            first: "/workers?s=1&".to_owned(),
            page: 2,
            pages: 3,
            ends: ("&before=W-1".to_owned(), "&after=W-2".to_owned()),
        },
        days: vec![Day {
            name: "lun".to_owned(),
            need: "08:00–13:00".to_owned(),
            offer: "08:00–12:00".to_owned(),
            need_bars: vec![Bar {
                start: 16,
                length: 10,
            }],
            offer_bars: vec![Bar {
                start: 16,
                length: 8,
            }],
            missing_bars: vec![Bar {
                start: 24,
                length: 2,
            }],
        }],
    }
}

#[test]
fn a_page_has_a_language_one_title_and_a_way_past_the_header() {
    let page = scraper::Html::parse_document(&parts(Language::En).render().expect("it renders"));
    let one = |selector: &str| {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        let mut found = page.select(&selector);
        let first = found.next().expect("at least one");
        assert!(found.next().is_none(), "{selector:?} stands twice");
        first
    };
    assert_eq!(one("html").attr("lang"), Some("en"));
    let title: String = one("title").text().collect();
    assert_eq!(title, "Error: Parti – DOM");
    assert_eq!(one("h1").text().collect::<String>(), "Parti");
    let skip = one(".skiplinks a").attr("href").expect("a target");
    assert_eq!(skip.strip_prefix('#'), one("main").attr("id"));
    assert_eq!(
        one(".dom-nav a[aria-current=page]").attr("href"),
        Some("/workers")
    );
    assert_eq!(one("form[action='/sign-out']").attr("method"), Some("post"));
    assert!(one(".dom-demo").text().any(|text| text.contains("made up")));
    assert_eq!(one("[role=status]").text().collect::<String>(), "Salvato");
}

#[test]
fn a_wrong_field_keeps_what_was_typed_and_is_tied_to_its_error() {
    let html = parts(Language::It).render().expect("it renders");
    assert!(
        !html.contains("<script>alert"),
        "typed text was not escaped"
    );
    let page = scraper::Html::parse_document(&html);
    let select = |selector: &str| {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        page.select(&selector).next().expect("one such element")
    };
    let input = select("input[name=name]");
    assert_eq!(input.attr("value"), Some("<script>alert(1)</script>"));
    assert_eq!(input.attr("aria-invalid"), Some("true"));
    for id in input
        .attr("aria-describedby")
        .expect("descriptions")
        .split(' ')
    {
        select(&format!("[id='{id}']"));
    }
    assert_eq!(select(".dom-errors a").attr("href"), Some("#name"));
    assert_eq!(
        select("option[selected]").attr("value"),
        Some("follonica"),
        "the choice is kept"
    );
    assert!(select("input[name=sure]").attr("checked").is_some());
    assert_eq!(
        select("nav.dom-paging [aria-current]")
            .text()
            .collect::<String>(),
        "Pagina 2 di 3"
    );
    assert_eq!(
        select("a[rel=next]").attr("href"),
        Some("/workers?s=1&page=3&after=W-2")
    );
    assert_eq!(
        select("a[rel=prev]").attr("href"),
        Some("/workers?s=1&page=1&before=W-1")
    );
    assert_eq!(select("rect.dom-week-missing").attr("width"), Some("2"));
}

#[test]
fn no_template_has_a_style_or_a_script_of_its_own() {
    for (path, text) in super::words::files_under("templates", "html") {
        let lower = text.to_lowercase();
        for forbidden in [" style=", "<style", "<script>", " onclick=", "javascript:"] {
            assert!(!lower.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[test]
fn whoever_may_be_watched_gets_away_at_once() {
    let public = [
        "pages/about/",
        "pages/ask/",
        "pages/private/",
        "pages/register/",
    ];
    let mut looked = 0;
    for (path, text) in files_under("templates/pages", "html") {
        // Behind it there is nothing any more.
        if !public.iter().any(|one| path.contains(one)) || path.ends_with("private/left.html") {
            continue;
        }
        looked += 1;
        assert!(text.contains("{% call away::exit(t) %}"), "{path}");
    }
    assert!(looked > 15, "{looked}");
}
