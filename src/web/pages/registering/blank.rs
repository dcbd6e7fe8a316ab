//! A form of the desk as it is printed to be filled in by hand: the same questions,
//! lists and words as on screen. What the desk alone decides is left out.

use super::posted::Posted;
use super::questions::{Group, Question, World, groups};
use super::{parts_of, spec};
use crate::catalogue::Words;
use crate::pdf::paper::{Pair, PartView, QuestionView, Space};
use crate::services::registering::Form;

/// What the desk says itself, what is on the authorisation, and what only the
/// conversation at the desk can settle.
const NOT_ON_PAPER: [&str; 19] = [
    "desk",
    "confirmed_on",
    "work_right_confirmed",
    "consent_on",
    "notice_version",
    "consent_how",
    "consent_folder",
    "share_without_asking",
    "registered_on",
    "referred_by",
    "family",
    "covers",
    "min_coverage_permille",
    "ccnl_level",
    "worker_sex",
    "worker_sex_ground",
    "opened_on",
    "excluded",
    "excluded_on",
];

/// Hints that help on paper too; the others are about typing.
const HINTS: [&str; 6] = [
    "hint-name",
    "hint-citizenship",
    "hint-reachable",
    "hint-tasks",
    "hint-needed-by",
    "hint-end-date",
];

/// Longer lists of which one thing is chosen are written, not crossed.
const MOST_BOXES: usize = 12;

/// The parts of a form, in Italian or English with another language beneath.
pub fn parts(form: Form, words: Words, other: Option<Words>) -> Vec<PartView> {
    let asked = |words| {
        let world = World {
            words,
            desks: &[],
            partners: &[],
            notices: &[],
        };
        groups(&world, parts_of(form), &Posted::new(Vec::new()), &[])
    };
    let own = asked(words);
    let beneath = other.map(asked);
    let mut parts: Vec<PartView> = own
        .iter()
        .enumerate()
        .map(|(at, group)| {
            part(
                form,
                group,
                beneath.as_ref().map(|all| &all[at]),
                words,
                other,
            )
        })
        .collect();
    parts.retain(|part| !part.questions.is_empty());
    parts
}

fn part(
    form: Form,
    own: &Group,
    beneath: Option<&Group>,
    words: Words,
    other: Option<Words>,
) -> PartView {
    let questions = own.questions.iter().enumerate();
    let questions = questions.filter(|(_, one)| !NOT_ON_PAPER.contains(&one.id));
    PartView {
        heading: pair(&own.heading, beneath.map(|group| group.heading.as_str())),
        paragraphs: Vec::new(),
        questions: questions
            .map(|(at, one)| {
                let beneath = beneath.map(|group| &group.questions[at]);
                question(form, one, beneath, words, other)
            })
            .collect(),
    }
}

fn question(
    form: Form,
    own: &Question,
    beneath: Option<&Question>,
    words: Words,
    other: Option<Words>,
) -> QuestionView {
    let boxes = own.items.iter().enumerate();
    let boxes = boxes.filter(|(_, item)| !item.code.is_empty());
    let mut boxes: Vec<Pair> = boxes
        .map(|(at, item)| {
            let beneath = beneath.and_then(|question| question.items.get(at));
            pair(&item.text, beneath.map(|item| item.text.as_str()))
        })
        .collect();
    let space = match own.kind {
        "week" => Space::Week,
        "area" | "languages" => Space::Area,
        "several" => Space::Boxes,
        "one" if boxes.len() <= MOST_BOXES => Space::Boxes,
        "yes" => {
            boxes = ["yes", "no"]
                .map(|code| both(words, other, &format!("yes-no-{code}")))
                .into();
            Space::Boxes
        }
        _ => Space::Line,
    };
    if space != Space::Boxes {
        boxes.clear();
    }
    QuestionView {
        label: pair(&own.label, beneath.map(|question| question.label.as_str())),
        hint: hint(form, own, words, other),
        space,
        boxes,
    }
}

fn hint(form: Form, own: &Question, words: Words, other: Option<Words>) -> Pair {
    if own.kind == "languages" {
        return both(words, other, "paper-language-level");
    }
    let column = spec::column(parts_of(form), own.id);
    match column.filter(|column| HINTS.contains(&column.hint)) {
        Some(column) => both(words, other, column.hint),
        None => Pair::default(),
    }
}

/// A text of the catalogues in both languages; the second only where it is there.
pub fn both(words: Words, other: Option<Words>, key: &str) -> Pair {
    let beneath = other.filter(|other| other.has(key));
    let beneath = beneath.map(|other| other.get(key));
    pair(&words.get(key), beneath.as_deref())
}

// What a language lacks is shown in brackets by the catalogue, and left out here, as
// is what would only say the same again.
fn pair(own: &str, beneath: Option<&str>) -> Pair {
    let said = beneath.filter(|text| !text.contains('⟦') && *text != own);
    Pair {
        own: own.to_owned(),
        other: said.unwrap_or_default().to_owned(),
    }
}
