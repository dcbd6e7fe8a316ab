//! Pictures are made of told numbers, readable in grey and without a style.

use std::collections::BTreeMap;

use dom::drawing::{Bar, CLASSES, MapWords, bars, class_of, map, months};

fn plain(number: u64) -> String {
    number.to_string()
}

fn sound(svg: &str) {
    let page = scraper::Html::parse_fragment(svg);
    let picture = scraper::Selector::parse("svg > title").unwrap();
    assert_eq!(page.select(&picture).count(), 1, "one picture with a title");
    for refused in ["style=", "<style", "<script", "http://", "https://", "on="] {
        let allowed = svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!allowed.contains(refused), "{refused}");
    }
    assert!(
        svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id=")
    );
}

#[test]
fn a_label_is_text_whatever_it_holds() {
    let hostile = "<script>alert(1)</script> & \"x\"";
    let bar = Bar {
        label: hostile.to_owned(),
        now: Some(7),
        before: Some(3),
    };
    let picture = bars(
        "x",
        (hostile, hostile),
        &[bar],
        ("2024", "2023"),
        plain,
        "n.p.",
    );
    sound(&picture.svg);
    assert!(picture.svg.contains("&lt;script&gt;"));
}

#[test]
fn the_two_years_are_told_apart_without_colour() {
    let names: Vec<String> = (1..=12).map(|month| month.to_string()).collect();
    let (now, before) = ([Some(900); 12], [Some(450); 12]);
    let picture = months(
        "m",
        ("t", "s"),
        &names,
        (&now, &before),
        ("2024", "2023"),
        plain,
    );
    sound(&picture.svg);
    assert_eq!(picture.svg.matches("fill=\"url(#m-before)\"").count(), 13);
    assert_eq!(picture.svg.matches("fill=\"#004d99\"").count(), 13);
}

#[test]
fn a_withheld_number_is_drawn_as_withheld_and_by_no_size() {
    let bar = |now| Bar {
        label: "a".to_owned(),
        now,
        before: Some(20),
    };
    let drawn = |now| {
        bars(
            "x",
            ("t", "s"),
            &[bar(now)],
            ("2024", "2023"),
            plain,
            "n.p.",
        )
        .svg
    };
    assert!(drawn(None).contains(">n.p.</text>"));
    // one of the key, one of the year before
    assert_eq!(drawn(None).matches("<rect x=").count(), 3);
    assert_eq!(drawn(Some(4)).matches("<rect x=").count(), 4);
}

#[test]
fn the_map_shades_every_comune_by_its_class_and_dots_what_is_withheld() {
    let words = MapWords {
        title: "t".to_owned(),
        summary: "s".to_owned(),
        classes: CLASSES.iter().map(|(least, _)| least.to_string()).collect(),
        withheld: "non pubblicato".to_owned(),
    };
    let numbers = BTreeMap::from([
        ("053011".to_owned(), Some(2608)),
        ("053009".to_owned(), Some(12)),
        ("053012".to_owned(), None),
    ]);
    let picture = map("map", &words, &numbers, plain);
    sound(&picture.svg);
    assert_eq!(
        picture.svg.matches("<path d=\"M").count() - 1,
        29,
        "one is the pattern's"
    );
    assert!(picture.svg.contains("<title>Grosseto: 2608</title>"));
    assert!(
        picture
            .svg
            .contains("<title>Isola del Giglio: non pubblicato</title>")
    );
    let classes: Vec<usize> = [0, 1, 9, 10, 199, 1000, 9_999].map(class_of).to_vec();
    assert_eq!(classes, [0, 1, 1, 2, 3, 5, 5]);
}

#[test]
fn the_shades_grow_darker_class_by_class() {
    let grey = |shade: &str| -> u32 {
        let part = |at: usize| u32::from_str_radix(&shade[at..at + 2], 16).unwrap();
        299 * part(1) + 587 * part(3) + 114 * part(5)
    };
    let greys: Vec<u32> = CLASSES.iter().map(|(_, shade)| grey(shade)).collect();
    for pair in greys.windows(2) {
        assert!(pair[0] >= pair[1] + 15_000, "{greys:?}");
    }
}
