//! The words that people read, in each language, from the Fluent catalogues in
//! `templates/catalogues/`. Italian is written first and is always complete; a
//! test keeps the other languages equal to it in keys and variables. No text
//! for people stands anywhere else; what is not text (dates, numbers, money)
//! is written here in the same language, so that a page has one handle for both.

use std::borrow::{Borrow, Cow};
use std::fmt::Write as _;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::{LanguageIdentifier, langid};

/// One file an area, so that each part of the house owns its own words.
macro_rules! areas {
    ($language:literal: $($area:literal),+ $(,)?) => {
        &[$((
            $area,
            include_str!(concat!("../templates/catalogues/", $language, "/", $area, ".ftl")),
        )),+]
    };
}

const ITALIAN: &[(&str, &str)] = areas!("it":
    "common", "account", "workers", "families", "requests", "registering", "matching", "sheets",
    "outcomes", "follow_up", "survey", "accesses", "reports", "imports", "paper", "errors", "command", "codes",
    "people", "delivery", "reads", "asked", "proposals",
    "links", "doors", "about", "backups", "partners", "rights", "policies", "ask",
);

const ENGLISH: &[(&str, &str)] = areas!("en":
    "common", "account", "workers", "families", "requests", "registering", "matching", "sheets",
    "outcomes", "follow_up", "survey", "accesses", "reports", "imports", "paper", "errors", "command", "codes",
    "people", "delivery", "reads", "asked", "proposals",
    "links", "doors", "about", "backups", "partners", "rights", "policies", "ask",
);

// People are asked in these too, read the public pages and get paper and sheets in them; the
// desks' screens are not written in them. What a sheet or a public page says in Italian and
// English lies in several areas.
const FRENCH: &[(&str, &str)] =
    areas!("fr": "survey", "paper", "asked", "sheet", "links", "public");
const SPANISH: &[(&str, &str)] =
    areas!("es": "survey", "paper", "asked", "sheet", "links", "public");
const ROMANIAN: &[(&str, &str)] =
    areas!("ro": "survey", "paper", "asked", "sheet", "links", "public");
const ALBANIAN: &[(&str, &str)] =
    areas!("sq": "survey", "paper", "asked", "sheet", "links", "public");
const UKRAINIAN: &[(&str, &str)] =
    areas!("uk": "survey", "paper", "asked", "sheet", "links", "public");
const ARABIC: &[(&str, &str)] =
    areas!("ar": "survey", "paper", "asked", "sheet", "links", "public");

/// Which messages a speaker has read: `templates/catalogues/reviewed.txt`.
const REVIEWED: &str = include_str!("../templates/catalogues/reviewed.txt");

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> = LazyLock::new(|| Language::WRITTEN.map(bundle).into());

/// A language that the service writes: two for all screens, the others for what
/// families and workers are asked and may read. The languages that persons speak are data
/// (`domain::language`), not this.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Language {
    #[default]
    It,
    En,
    Fr,
    Es,
    Ro,
    Sq,
    Uk,
    Ar,
}

impl Language {
    /// Those of the screens.
    pub const ALL: [Self; 2] = [Self::It, Self::En];
    /// Those in which people are asked, read the public pages and get paper (the areas `survey`,
    /// `asked`, `paper` and `links`; of the others what `public` has).
    pub const WRITTEN: [Self; 8] = [
        Self::It,
        Self::En,
        Self::Fr,
        Self::Es,
        Self::Ro,
        Self::Sq,
        Self::Uk,
        Self::Ar,
    ];

    /// The one in which somebody is written to who reads `language`; Italian where
    /// the service does not write it.
    pub fn written_to(language: crate::domain::language::Language) -> Self {
        let of_person = |written: &&Self| written.tag() == language.code();
        Self::WRITTEN
            .iter()
            .find(of_person)
            .copied()
            .unwrap_or_default()
    }

    /// The same of the languages of the screens.
    pub fn of_screens(language: crate::domain::language::Language) -> Self {
        let written = Self::written_to(language);
        if Self::ALL.contains(&written) {
            written
        } else {
            Self::default()
        }
    }

    /// For `dir="…"`.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            _ => "ltr",
        }
    }

    /// The BCP 47 tag, as in `<html lang>` and in the language cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ro => "ro",
            Self::Sq => "sq",
            Self::Uk => "uk",
            Self::Ar => "ar",
        }
    }

    /// As its speakers call it.
    pub fn endonym(self) -> &'static str {
        let spoken = crate::domain::language::Language::by_code(self.tag());
        spoken.map_or(self.tag(), crate::domain::language::Language::endonym)
    }

    /// Tag and own name, for whoever chooses among several.
    pub fn named(self) -> (&'static str, &'static str) {
        (self.tag(), self.endonym())
    }

    /// Reads a tag; a region is ignored (`en-GB` is English).
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::among(&Self::ALL, tag)
    }

    /// The same among those in which people are asked.
    pub fn from_written(tag: &str) -> Option<Self> {
        Self::among(&Self::WRITTEN, tag)
    }

    fn among(all: &[Self], tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next().unwrap_or_default();
        let mut all = all.iter().copied();
        all.find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// What the person chose (a cookie's value), else the best of an
    /// `Accept-Language` header (RFC 9110, 12.5.4); none where neither names a language of the
    /// screens.
    pub fn wanted(chosen: Option<&str>, accept_language: Option<&str>) -> Option<Self> {
        chosen
            .and_then(Self::from_tag)
            .or_else(|| accept_language.and_then(|header| most_wanted(&Self::ALL, header)))
    }

    /// The best of an `Accept-Language` header among those in which people are asked.
    pub fn of_reader(accept_language: &str) -> Option<Self> {
        most_wanted(&Self::WRITTEN, accept_language)
    }

    /// What the reader of a public page chose (a tag), else the best of the browser's
    /// languages, both among those in which people are asked; else Italian.
    pub fn read(chosen: Option<&str>, accept_language: Option<&str>) -> Self {
        chosen
            .and_then(Self::from_written)
            .or_else(|| accept_language.and_then(Self::of_reader))
            .unwrap_or_default()
    }

    /// The catalogue's sources, as (area, Fluent text).
    pub const fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::It => ITALIAN,
            Self::En => ENGLISH,
            Self::Fr => FRENCH,
            Self::Es => SPANISH,
            Self::Ro => ROMANIAN,
            Self::Sq => ALBANIAN,
            Self::Uk => UKRAINIAN,
            Self::Ar => ARABIC,
        }
    }

    const fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::It => langid!("it"),
            Self::En => langid!("en"),
            Self::Fr => langid!("fr"),
            Self::Es => langid!("es"),
            Self::Ro => langid!("ro"),
            Self::Sq => langid!("sq"),
            Self::Uk => langid!("uk"),
            Self::Ar => langid!("ar"),
        }
    }

    /// Of thousands, and of decimals.
    const fn separators(self) -> (char, char) {
        match self {
            Self::En | Self::Ar => (',', '.'),
            Self::Fr | Self::Uk | Self::Sq => ('\u{a0}', ','),
            Self::It | Self::Es | Self::Ro => ('.', ','),
        }
    }
}

fn most_wanted(all: &[Language], accept_language: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for range in accept_language.split(',') {
        let mut parts = range.split(';');
        let named = parts.next();
        let Some(language) = named.and_then(|tag| Language::among(all, tag)) else {
            continue;
        };
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        if quality > best.map_or(0.0, |(highest, _)| highest) {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    // The marks that isolate text directions would stand in PDF, CSV and tests;
    // where directions mix, the template says so with `dir`.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::It => |value, _| written(Language::It, value),
        Language::En => |value, _| written(Language::En, value),
        Language::Fr => |value, _| written(Language::Fr, value),
        Language::Es => |value, _| written(Language::Es, value),
        Language::Ro => |value, _| written(Language::Ro, value),
        Language::Sq => |value, _| written(Language::Sq, value),
        Language::Uk => |value, _| written(Language::Uk, value),
        Language::Ar => |value, _| written(Language::Ar, value),
    }));
    for (area, source) in language.sources() {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, why)| panic!("catalogue {}/{area}: {why:?}", language.tag()));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|why| panic!("catalogue {}/{area}: {why:?}", language.tag()));
    }
    bundle
}

fn written(language: Language, value: &FluentValue) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(localised(language, &plain(number))),
        _ => None,
    }
}

/// A number as a plain decimal. Those of at most three decimals, which are nearly all, are
/// put together from whole numbers: pages have hundreds of them.
#[expect(clippy::cast_possible_truncation, reason = "below 10^15")]
#[expect(
    clippy::float_cmp,
    reason = "the very number is meant, not one near it"
)]
fn plain(number: &FluentNumber) -> Cow<'_, str> {
    let thousandths = (number.value * 1000.0).round();
    let is_short = thousandths.abs() < 1e15 && thousandths / 1000.0 == number.value;
    if !is_short || number.options.minimum_fraction_digits.is_some() {
        return number.as_string();
    }
    let thousandths = thousandths as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (
        thousandths.unsigned_abs() / 1000,
        thousandths.unsigned_abs() % 1000,
    );
    Cow::Owned(if rest == 0 {
        format!("{sign}{whole}")
    } else {
        let decimals = format!("{rest:03}");
        format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
    })
}

/// Puts the language's separators into a plain decimal such as `-12345.6`.
fn localised(language: Language, plain: &str) -> String {
    let (thousands, decimals) = language.separators();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3);
    text.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimals);
        text.push_str(fraction);
    }
    text
}

/// What may be put into a message: texts and numbers. Numbers take the
/// language's separators and choose the plural, so a year, a code or a phone
/// number is given as text.
pub trait Value {
    fn to_fluent(&self) -> FluentValue<'_>;
}

impl Value for str {
    fn to_fluent(&self) -> FluentValue<'_> {
        // Not `FluentValue::from`: that would take digits for a number.
        FluentValue::String(Cow::Borrowed(self))
    }
}

impl Value for String {
    fn to_fluent(&self) -> FluentValue<'_> {
        self.as_str().to_fluent()
    }
}

impl Value for Cow<'_, str> {
    fn to_fluent(&self) -> FluentValue<'_> {
        self.as_ref().to_fluent()
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn to_fluent(&self) -> FluentValue<'_> {
        (**self).to_fluent()
    }
}

macro_rules! numbers_are_values {
    ($($number:ty),+) => {
        $(impl Value for $number {
            fn to_fluent(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        })+
    };
}

numbers_are_values!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f64);

/// A day, owned or borrowed: templates hand over references.
pub trait Day {
    fn day(&self) -> NaiveDate;
}

impl Day for NaiveDate {
    fn day(&self) -> NaiveDate {
        *self
    }
}

impl<T: Day + ?Sized> Day for &T {
    fn day(&self) -> NaiveDate {
        (**self).day()
    }
}

/// The words of one language: a handle to be copied. In Rust and in templates
/// it is called `words` or `t`; the test that looks for keys goes by that name.
///
/// A key that is missing shows as `⟦key⟧` and is logged: a page with one bad
/// word is better than no page. Tests let no such key through.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Words {
    language: Language,
}

impl Words {
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    pub const fn language(self) -> Language {
        self.language
    }

    /// For `lang="…"`.
    pub const fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// For `dir="…"`.
    pub const fn direction(self) -> &'static str {
        self.language.direction()
    }

    /// A name for a message, kept in its own direction where the language runs the other way:
    /// the full stop after an initial would jump to the name's other side.
    pub fn isolated(self, name: &str) -> Cow<'_, str> {
        match self.direction() {
            "rtl" => Cow::Owned(format!("\u{2068}{name}\u{2069}")),
            _ => Cow::Borrowed(name),
        }
    }

    /// A message without variables.
    pub fn get(self, key: impl AsRef<str>) -> Cow<'static, str> {
        self.message(key.as_ref(), None)
    }

    /// A message with its variables: `words.with("greeting", &[("name", &name)])`,
    /// in a template `t.with("greeting", [("name", &name)])`.
    pub fn with(self, key: impl AsRef<str>, values: &[(&str, &dyn Value)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.to_fluent());
        }
        self.message(key.as_ref(), Some(&args)).into_owned()
    }

    /// A message that counts: its variable is `$count`.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "templates pass a number or a reference to one, as it happens to stand"
    )]
    pub fn count(self, key: impl AsRef<str>, count: impl Value) -> String {
        self.with(key, &[("count", &count)])
    }

    /// The word for one code of a list: `words.code("arrangement", "live_in")`
    /// is the message `arrangement-live_in`.
    pub fn code(self, list: &str, code: impl AsRef<str>) -> Cow<'static, str> {
        self.get(format!("{list}-{}", code.as_ref()))
    }

    /// Whether somebody who has always spoken the language has read this message and
    /// found it good. Italian is where the words come from.
    pub fn is_reviewed(self, key: &str) -> bool {
        let named = |line: &str| line.split_once(' ') == Some((self.tag(), key));
        self.language == Language::It || REVIEWED.lines().any(named)
    }

    /// The Italian of a message, to stand beneath it where nobody who speaks the language has
    /// reviewed it.
    pub fn beside(self, key: impl AsRef<str>) -> Option<Cow<'static, str>> {
        let key = key.as_ref();
        (!self.is_reviewed(key)).then(|| Self::new(Language::It).get(key))
    }

    /// Whether the catalogue has this key.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    /// `23/11/2026`, `23.11.2026` where the language writes it so, `23 November 2026` in
    /// English.
    #[allow(clippy::needless_pass_by_value, reason = "as `count`")]
    pub fn date(self, day: impl Day) -> String {
        let date = day.day();
        let between = match self.language {
            Language::En => return date.format("%-d %B %Y").to_string(),
            Language::Ro | Language::Sq | Language::Uk => '.',
            Language::It | Language::Fr | Language::Es | Language::Ar => '/',
        };
        // By hand: chrono reads its format anew for each of the hundreds of a list.
        let (day, month) = (Datelike::day(&date), date.month());
        format!("{day:02}{between}{month:02}{between}{:04}", date.year())
    }

    /// A moment of the desks' own time zone: `23/11/2026 14:05`.
    pub fn moment(self, moment: impl Borrow<NaiveDateTime>) -> String {
        let moment = moment.borrow();
        format!("{} {}", self.date(moment.date()), moment.format("%H:%M"))
    }

    /// `8.223`, or `8,223` in English.
    #[allow(clippy::needless_pass_by_value, reason = "as `count`")]
    pub fn number(self, number: impl Value) -> String {
        match number.to_fluent() {
            FluentValue::Number(number) => localised(self.language, &plain(&number)),
            FluentValue::String(text) => text.into_owned(),
            _ => String::new(),
        }
    }

    /// Cents of euro: `1.050,00 €`, or `€1,050.00` in English.
    pub fn euro(self, cents: impl Borrow<i64>) -> String {
        let cents = *cents.borrow();
        let mut plain = String::new();
        if cents < 0 {
            plain.push('-');
        }
        let cents = cents.unsigned_abs();
        write!(plain, "{}.{:02}", cents / 100, cents % 100).expect("a String takes any text");
        let amount = localised(self.language, &plain);
        match (self.language, amount.strip_prefix('-')) {
            (Language::En, None) => format!("€{amount}"),
            (Language::En, Some(amount)) => format!("-€{amount}"),
            (_, _) => format!("{amount}\u{a0}€"),
        }
    }

    /// A rate in per mille: `77,1%`, always with one decimal.
    pub fn per_cent(self, per_mille: impl Borrow<u32>) -> String {
        let per_mille = *per_mille.borrow();
        let plain = format!("{}.{}", per_mille / 10, per_mille % 10);
        format!("{}%", localised(self.language, &plain))
    }

    fn bundle(self) -> &'static Bundle {
        &BUNDLES[self.language as usize]
    }

    fn message(self, key: &str, args: Option<&FluentArgs>) -> Cow<'static, str> {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.tag(), "no such words");
            return Cow::Owned(format!("⟦{key}⟧"));
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, language = self.tag(), ?errors, "words with a hole");
            return Cow::Owned(format!("⟦{key}: {text}⟧"));
        }
        text
    }
}
