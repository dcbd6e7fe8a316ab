//! Amounts as people type them.

use dom::domain::money::{Cents, MoneyError};

#[test]
fn amounts_are_read_with_a_point_or_a_comma() {
    for (typed, cents) in [
        ("8.21", 821),
        ("8,21", 821),
        ("8", 800),
        ("8,5", 850),
        ("0", 0),
        (" 1467.29 ", 146_729),
        ("100000", 10_000_000),
    ] {
        assert_eq!(
            Cents::parse(typed).map(Cents::cents),
            Ok(cents),
            "{typed:?}"
        );
    }
    assert_eq!(Cents::parse("8,5").unwrap().to_string(), "8.50");
    assert_eq!(Cents::parse("0,07").unwrap().to_string(), "0.07");
}

#[test]
fn negative_absurd_and_other_amounts_are_refused() {
    let text = str::to_owned;
    for (typed, error) in [
        ("-1", MoneyError::Negative(text("-1"))),
        ("-8,21", MoneyError::Negative(text("-8,21"))),
        ("100000.01", MoneyError::Absurd(text("100000.01"))),
        (
            "99999999999999999999",
            MoneyError::Absurd(text("99999999999999999999")),
        ),
        ("8.215", MoneyError::TooFine(text("8.215"))),
        ("1.200", MoneyError::TooFine(text("1.200"))),
        ("1.200,50", MoneyError::Malformed(text("1.200,50"))),
        ("8.", MoneyError::Malformed(text("8."))),
        (".5", MoneyError::Malformed(text(".5"))),
        ("", MoneyError::Malformed(String::new())),
        ("8 euro", MoneyError::Malformed(text("8 euro"))),
        ("1e3", MoneyError::Malformed(text("1e3"))),
        ("NaN", MoneyError::Malformed(text("NaN"))),
    ] {
        assert_eq!(Cents::parse(typed), Err(error), "{typed:?}");
    }
}
