//! The entry's form: its fields as the page shows them, and what was typed.

use chrono::NaiveDate;

use crate::catalogue::Words;
use crate::domain::access::vocabulary::{Field, Vocabulary};
use crate::domain::access::{Access, Began, Channel, Residence};
use crate::domain::country::Country;
use crate::domain::permit::PermitType;
use crate::domain::place::{Comune, zones};
use crate::domain::reading::yes_or_no;
use crate::services::sentences;
use crate::web::form::{Shown, Typed, error_of};

/// Lists of so many options are answered with one key, a digit.
const ONE_KEY: usize = 9;
/// Selects for what was done; an entry may state several.
const ACTIVATIONS: usize = 3;
/// The most contacts of one kind that are entered at once.
pub const MOST: u32 = 99;

/// One option: code, label.
pub type Choice = (String, String);

/// A select of the form.
pub struct Select {
    pub id: String,
    pub name: &'static str,
    pub label: String,
    pub error: String,
    /// Groups with their heading; one without a heading where there are none.
    pub groups: Vec<(String, Vec<Choice>)>,
    pub chosen: String,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Whether a digit answers it.
    pub quick: bool,
}

/// A posted form: activations become a list, a comune that was written stands
/// before one that was chosen.
pub fn posted(fields: Vec<(String, String)>) -> Typed {
    let is_done = |name: &str| name == "activation";
    let done = fields.iter().filter(|(name, _)| is_done(name));
    let done = done.map(|(_, value)| value.trim());
    let done: Vec<&str> = done.filter(|value| !value.is_empty()).collect();
    let done = done.join("|");
    let others = fields.into_iter().filter(|(name, _)| !is_done(name));
    let typed = Typed::of(others.map(|(name, value)| (name, value.trim().to_owned())));
    let typed = typed.with("activation", done);
    match typed.text("other_comune").to_owned() {
        written if written.is_empty() => typed,
        written => typed.with("comune", written),
    }
}

/// What is wrong with a comune that was written stands beside what was written.
pub fn beside(typed: &Typed, mut problems: Vec<Shown>) -> Vec<Shown> {
    if !typed.text("other_comune").is_empty() {
        for problem in problems.iter_mut().filter(|one| one.field == "comune") {
            "other_comune".clone_into(&mut problem.field);
        }
    }
    problems
}

/// A form filled like an entry; the day is not kept.
pub fn like(access: &Access) -> Typed {
    let columns = Access::COLUMNS.into_iter().zip(access.cells());
    let kept = columns.filter(|(column, _)| !["ref", "date"].contains(column));
    Typed::of(kept.map(|(column, cell)| (column.to_owned(), cell)))
}

/// What a first entry of the day begins with.
pub fn first() -> Typed {
    Typed::default()
        .with("channel", Channel::FrontDesk.code().to_owned())
        .with("first_access", yes_or_no(false))
        .with("accompaniment", Began::default().code().to_owned())
}

/// How many contacts; `None` where what was typed is no number of 1 to 99.
pub fn count(typed: &Typed) -> Option<u32> {
    match typed.text("count") {
        "" => Some(1),
        text => text.parse().ok().filter(|count| (1..=MOST).contains(count)),
    }
}

/// The fields in the order in which a contact goes.
pub fn selects(
    words: Words,
    vocabulary: &Vocabulary,
    on: NaiveDate,
    typed: &Typed,
    problems: &[Shown],
) -> Vec<Select> {
    let builder = Builder {
        words,
        vocabulary,
        on,
        typed,
        problems,
    };
    let yes_no = || {
        ["yes", "no"]
            .map(|code| (code.to_owned(), words.code("yes-no", code).into_owned()))
            .to_vec()
    };
    let mut selects = vec![
        builder.listed(Field::Channel, false),
        builder.select("first_access", vec![(String::new(), yes_no())], false),
        builder.listed(Field::Sex, true),
        builder.listed(Field::AgeBand, true),
        builder.select("citizenship", vec![(String::new(), countries(words))], true),
        builder.select("comune", comuni(words), true),
        builder.select("permit_type", vec![(String::new(), permits(words))], true),
        builder.listed(Field::ReferredBy, true),
        builder.listed(Field::Reason, false),
    ];
    selects.extend(builder.activations());
    selects.push(builder.listed(Field::Accompaniment, false));
    selects.push(builder.select("mediation", vec![(String::new(), yes_no())], true));
    selects
}

/// An entry in one line: what tells it from its neighbours.
pub fn line(words: Words, vocabulary: &Vocabulary, access: &Access) -> String {
    let term = |field: Field, code: &str| {
        vocabulary.term(field, code).map_or_else(
            || code.to_owned(),
            |term| sentences::term(words, term).to_owned(),
        )
    };
    let mut parts = vec![
        term(Field::Channel, access.channel.code()),
        term(Field::Reason, &access.reason),
    ];
    parts.extend(access.sex.as_ref().map(|code| term(Field::Sex, code)));
    parts.extend(
        access
            .age_band
            .as_ref()
            .map(|code| term(Field::AgeBand, code)),
    );
    parts.extend(
        access
            .citizenship
            .map(|one| sentences::country(words, one).to_owned()),
    );
    parts.extend(access.comune.map(|one| match one {
        Residence::Comune(comune) => comune.name().to_owned(),
        Residence::Other => words.get("accesses-elsewhere").into_owned(),
    }));
    if access.first_access {
        parts.push(words.get("access-is-first").into_owned());
    }
    parts.join(" · ")
}

struct Builder<'a> {
    words: Words,
    vocabulary: &'a Vocabulary,
    on: NaiveDate,
    typed: &'a Typed,
    problems: &'a [Shown],
}

impl Builder<'_> {
    fn listed(&self, field: Field, optional: bool) -> Select {
        self.select(
            field.code(),
            vec![(String::new(), self.terms(field))],
            optional,
        )
    }

    fn terms(&self, field: Field) -> Vec<Choice> {
        let terms = self.vocabulary.usable(field, self.on);
        terms
            .map(|term| {
                (
                    term.code.clone(),
                    sentences::term(self.words, term).to_owned(),
                )
            })
            .collect()
    }

    fn select(
        &self,
        name: &'static str,
        groups: Vec<(String, Vec<Choice>)>,
        optional: bool,
    ) -> Select {
        let options: usize = groups.iter().map(|(_, options)| options.len()).sum();
        let typed = self.typed.text(name);
        let known = groups
            .iter()
            .any(|(_, options)| options.iter().any(|(code, _)| code == typed));
        Select {
            id: name.to_owned(),
            name,
            label: self.words.code("access-field", name).into_owned(),
            error: error_of(self.problems, name),
            groups,
            chosen: if known {
                typed.to_owned()
            } else {
                String::new()
            },
            optional,
            quick: options <= ONE_KEY,
        }
    }

    fn activations(&self) -> Vec<Select> {
        let typed: Vec<&str> = self.typed.text("activation").split('|').collect();
        (0..ACTIVATIONS)
            .map(|place| {
                let mut select = self.listed(Field::Activation, true);
                select.chosen = typed
                    .get(place)
                    .map_or_else(String::new, ToString::to_string);
                if place > 0 {
                    select.id = format!("activation-{}", place + 1);
                    select.label = self
                        .words
                        .with("access-field-activation-more", &[("number", &(place + 1))]);
                    select.error.clear();
                }
                select
            })
            .collect()
    }
}

/// Italy first, then by name.
fn countries(words: Words) -> Vec<Choice> {
    let mut all: Vec<Choice> = Country::all()
        .map(|one| {
            (
                one.alpha2().to_owned(),
                sentences::country(words, one).to_owned(),
            )
        })
        .collect();
    all.sort_by_cached_key(|(code, name)| (code != "IT", crate::domain::text::fold(name)));
    all
}

fn permits(words: Words) -> Vec<Choice> {
    PermitType::all()
        .map(|one| {
            (
                one.code().to_owned(),
                words.code("permit", one.code()).into_owned(),
            )
        })
        .collect()
}

/// Those of the zones, and one for all others.
fn comuni(words: Words) -> Vec<(String, Vec<Choice>)> {
    let mut groups: Vec<(String, Vec<Choice>)> = zones()
        .iter()
        .filter(|zone| !zone.comuni().is_empty())
        .map(|zone| {
            let of_zone = zone
                .comuni()
                .iter()
                .map(|comune: &Comune| (comune.istat().to_owned(), comune.name().to_owned()));
            (zone.name().to_owned(), of_zone.collect())
        })
        .collect();
    let elsewhere = words.get("accesses-elsewhere").into_owned();
    groups.push((
        words.get("access-other-places").into_owned(),
        vec![(Residence::OTHER.to_owned(), elsewhere)],
    ));
    groups
}
