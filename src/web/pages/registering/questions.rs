//! The questions of a form as its template draws them: each with what it holds,
//! what can be chosen, its hint and its error.

use std::collections::BTreeSet;

use super::posted::{LEVEL_SUFFIX, Posted};
use super::spec::{Ask, Choice, Column, Part};
use crate::catalogue::Words;
use crate::domain::care_recipient::Guardianship;
use crate::domain::contact::ContactBy;
use crate::domain::contract::{Arrangement, CcnlLevel};
use crate::domain::country::Country;
use crate::domain::family::Relation;
use crate::domain::language::{Language, Level};
use crate::domain::notice::Notice;
use crate::domain::partner::ConsentHow;
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::reason::{Reason, ReasonList, Side, reasons as reasons_of};
use crate::domain::request::{Exclusion, RequestStatus, SEX_GROUND};
use crate::domain::skill::{Qualification, Skill};
use crate::domain::worker::WorkerStatus;
use crate::services::sentences;
use crate::storage::places::{Desk, Partner};
use crate::web::form::{Shown, error_of};

/// Rows for languages that are empty, beyond those that are filled.
const SPARE_LANGUAGES: usize = 2;
const FEWEST_LANGUAGES: usize = 3;

/// Skills whose names say how somebody fares: a family that asks by itself is not asked them.
const TELL_OF_HEALTH: [&str; 6] = [
    "non_self_sufficient_care",
    "disability_care",
    "dementia_care",
    "end_of_life_support",
    "rehab_exercises",
    "oss_qualification",
];

/// Something that can be chosen.
#[derive(Debug, Clone)]
pub struct Item {
    pub code: String,
    pub text: String,
    pub chosen: bool,
    /// Heading of the group that begins with it; empty within one.
    pub group: String,
}

/// A language and its level.
#[derive(Debug, Clone)]
pub struct Spoken {
    pub languages: Vec<Item>,
    pub levels: Vec<Item>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Question {
    pub id: &'static str,
    /// `line`, `area`, `one`, `several`, `yes`, `languages` or `week`.
    pub kind: &'static str,
    pub input: &'static str,
    pub short: bool,
    /// The id of the list that completes it; empty where there is none.
    pub list: &'static str,
    pub label: String,
    pub hint: String,
    pub error: String,
    pub value: String,
    pub items: Vec<Item>,
    pub spoken: Vec<Spoken>,
}

/// Questions that belong together.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: String,
    pub heading: String,
    pub questions: Vec<Question>,
}

/// What the lists are made of.
pub struct World<'a> {
    pub words: Words,
    pub desks: &'a [Desk],
    pub partners: &'a [Partner],
    /// Names of the notices that were published for who looks for work, the newest first.
    pub notices: &'a [String],
}

/// The form's questions.
pub fn groups(
    world: &World<'_>,
    parts: &'static [Part],
    posted: &Posted,
    problems: &[Shown],
) -> Vec<Group> {
    parts
        .iter()
        .map(|part| Group {
            id: part.heading.to_owned(),
            heading: world.words.get(part.heading).into_owned(),
            questions: part
                .columns
                .iter()
                .map(|column| world.question(column, posted, problems))
                .collect(),
        })
        .collect()
}

impl World<'_> {
    fn question(&self, column: &Column, posted: &Posted, problems: &[Shown]) -> Question {
        let words = self.words;
        let (kind, input, short, list) = match column.ask {
            Ask::Line(input) => ("line", input, false, ""),
            Ask::Short | Ask::Amount | Ask::PerCent | Ask::Day(_) => ("line", "text", true, ""),
            Ask::Comune => ("line", "text", false, "comuni"),
            Ask::Comuni | Ask::Text => ("area", "", false, ""),
            Ask::Week => ("week", "", false, ""),
            Ask::Languages => ("languages", "", false, ""),
            Ask::One(_) => ("one", "", false, ""),
            Ask::Several(_) => ("several", "", false, ""),
            Ask::Yes => ("yes", "", false, ""),
        };
        let hint = if column.hint.is_empty() {
            String::new()
        } else {
            words.get(column.hint).into_owned()
        };
        let chosen: BTreeSet<&str> = posted.values(column.name).collect();
        Question {
            id: column.name,
            kind,
            input,
            short,
            list,
            label: words.get(column.label).into_owned(),
            hint,
            error: error_of(problems, column.name),
            value: posted.first(column.name).to_owned(),
            items: match column.ask {
                Ask::One(choice) => {
                    let mut all = self.items(choice, &chosen);
                    if !always_stated(choice) && !is_ticked(choice) {
                        let key = if may_be_unstated(column.name) {
                            "not-stated"
                        } else {
                            "choose-one"
                        };
                        let none = self.item("", words.get(key).into_owned(), &chosen);
                        all.insert(0, none);
                    }
                    all
                }
                Ask::Several(choice) => self.items(choice, &chosen),
                _ => Vec::new(),
            },
            spoken: if column.ask == Ask::Languages {
                self.spoken(column.name, posted)
            } else {
                Vec::new()
            },
        }
    }

    /// What a column holds, as people read it.
    pub fn in_words(&self, column: &Column, posted: &Posted) -> String {
        let question = self.question(column, posted, &[]);
        let text = match column.ask {
            Ask::One(_) | Ask::Several(_) => {
                let chosen = question.items.into_iter().filter(|item| item.chosen);
                let chosen = chosen.filter(|item| !item.code.is_empty());
                chosen.map(|item| item.text).collect::<Vec<_>>().join(", ")
            }
            Ask::Yes => {
                let code = if question.value.is_empty() {
                    "no"
                } else {
                    "yes"
                };
                self.words.code("yes-no", code).into_owned()
            }
            Ask::Languages => posted.spoken(column.name).join(", "),
            _ => question.value,
        };
        if text.is_empty() {
            self.words.get("not-stated").into_owned()
        } else {
            text
        }
    }

    #[allow(clippy::unused_self, reason = "beside those that need the words")]
    fn item(&self, code: &str, text: String, chosen: &BTreeSet<&str>) -> Item {
        Item {
            chosen: chosen.contains(code),
            code: code.to_owned(),
            text,
            group: String::new(),
        }
    }

    fn coded<'a>(
        &self,
        list: &str,
        codes: impl IntoIterator<Item = &'a str>,
        chosen: &BTreeSet<&str>,
    ) -> Vec<Item> {
        let text = |code: &str| self.words.code(list, code).into_owned();
        codes
            .into_iter()
            .map(|code| self.item(code, text(code), chosen))
            .collect()
    }

    fn items(&self, choice: Choice, chosen: &BTreeSet<&str>) -> Vec<Item> {
        let words = self.words;
        match choice {
            Choice::Sex => self.coded("sex", Sex::ALL.map(Sex::code), chosen),
            Choice::WorkerSex => self.coded("sex", [Sex::Female, Sex::Male].map(Sex::code), chosen),
            Choice::Country => by_text(Country::all().map(|country| {
                let name = sentences::country(words, country);
                self.item(country.alpha2(), name.to_owned(), chosen)
            })),
            Choice::ContactBy => {
                self.coded("contact-by", ContactBy::ALL.map(ContactBy::code), chosen)
            }
            Choice::AnsweredBy => {
                let ways = [ContactBy::Email, ContactBy::Phone];
                self.coded("contact-by", ways.map(ContactBy::code), chosen)
            }
            Choice::Language => self.languages(chosen),
            Choice::Arrangement => self.coded(
                "arrangement",
                Arrangement::ALL.map(Arrangement::code),
                chosen,
            ),
            Choice::Skill => self.skills(chosen, &[]),
            Choice::Task => self.skills(chosen, &TELL_OF_HEALTH),
            Choice::Qualification => Qualification::all()
                .map(|one| {
                    let text = sentences::qualification(words, one).into_owned();
                    self.item(one.code(), text, chosen)
                })
                .collect(),
            Choice::Permit => PermitType::all()
                .map(|permit| self.item(permit.code(), sentences::permit(words, permit), chosen))
                .collect(),
            Choice::Accreditation => self.coded(
                "accreditation",
                Accreditation::ALL.map(Accreditation::code),
                chosen,
            ),
            Choice::Desk => {
                let desks = self.desks.iter();
                desks
                    .map(|desk| self.item(desk.code.as_str(), desk.name.clone(), chosen))
                    .collect()
            }
            Choice::Notice => (self.notices.iter().map(String::as_str))
                .chain(Notice::codes())
                .map(|code| self.item(code, sentences::notice(words, code), chosen))
                .collect(),
            Choice::How => self.coded("consent-how", ["paper", "screen"], chosen),
            Choice::FamilyWord => {
                let codes = ConsentHow::ALL.iter().map(|one| one.code());
                self.coded("referral-how", codes, chosen)
            }
            Choice::Relation => self.coded("relation", Relation::ALL.map(Relation::code), chosen),
            Choice::Filer => {
                let codes = Relation::OF_WORKERS.map(Relation::code);
                self.coded("relation", codes, chosen)
            }
            Choice::Guardianship => {
                let codes = Guardianship::ALL.iter().map(|one| one.code());
                self.coded("guardianship", codes, chosen)
            }
            Choice::Partner => self.partners(chosen),
            Choice::LiveInHours => ["54", "30"]
                .map(|hours| {
                    let text = words.with("live-in-hours", &[("hours", &hours)]);
                    self.item(hours, text, chosen)
                })
                .into(),
            Choice::Level => CcnlLevel::all()
                .map(|one| self.item(one.code(), sentences::level(words, one), chosen))
                .collect(),
            Choice::YesNo => self.coded("yes-no", ["yes", "no"], chosen),
            Choice::Ground => self.coded("sex-ground", [SEX_GROUND], chosen),
            Choice::WorkerStatus => self.coded(
                "worker-status",
                WorkerStatus::ALL.map(WorkerStatus::code),
                chosen,
            ),
            Choice::RequestStatus => self.coded(
                "request-status",
                RequestStatus::ALL.map(RequestStatus::code),
                chosen,
            ),
            Choice::Pause(side) => self.reasons(ReasonList::Pause, Some(side), chosen),
            Choice::Close => self.reasons(ReasonList::Close, None, chosen),
            Choice::Exclusion => {
                self.coded("exclusion", Exclusion::ALL.map(Exclusion::code), chosen)
            }
        }
    }

    /// The reasons of a side and those that are anybody's; one that was chosen
    /// already is offered too, whoever's it is.
    fn reasons(&self, list: ReasonList, side: Option<Side>, chosen: &BTreeSet<&str>) -> Vec<Item> {
        let fits = |one: &&Reason| {
            let own = side.is_none_or(|side| [side, Side::Both, Side::Desk].contains(&one.side()));
            own || chosen.contains(one.code())
        };
        reasons_of(list)
            .iter()
            .filter(fits)
            .map(|one| {
                let said = sentences::reason(self.words, list, one.code());
                let from = self.words.code("from-side", one.side().code());
                self.item(one.code(), format!("{said} ({from})"), chosen)
            })
            .collect()
    }

    fn languages(&self, chosen: &BTreeSet<&str>) -> Vec<Item> {
        by_text(Language::all().map(|one| {
            let text = sentences::language(self.words, one).into_owned();
            self.item(one.code(), text, chosen)
        }))
    }

    fn partners(&self, chosen: &BTreeSet<&str>) -> Vec<Item> {
        let mut all = vec![self.item(
            "self",
            self.words.get("referred-by-self").into_owned(),
            chosen,
        )];
        let partners = self.partners.iter();
        all.extend(partners.map(|one| self.item(one.code.as_str(), one.name.clone(), chosen)));
        all
    }

    /// The skills by their groups, `but` some.
    fn skills(&self, chosen: &BTreeSet<&str>, but: &[&str]) -> Vec<Item> {
        let offered = || Skill::all().filter(|skill| !but.contains(&skill.code()));
        let mut groups: Vec<&str> = Vec::new();
        for skill in offered() {
            if !groups.contains(&skill.group()) {
                groups.push(skill.group());
            }
        }
        let mut all = Vec::new();
        for group in groups {
            let of_group = offered().filter(|skill| skill.group() == group);
            for (place, skill) in of_group.enumerate() {
                let text = sentences::skill(self.words, skill).into_owned();
                let mut item = self.item(skill.code(), text, chosen);
                if place == 0 {
                    item.group = self.words.code("skill-group", group).into_owned();
                }
                all.push(item);
            }
        }
        all
    }

    fn spoken(&self, name: &str, posted: &Posted) -> Vec<Spoken> {
        let level_name = format!("{name}{LEVEL_SUFFIX}");
        let levels = posted.values(&level_name).chain(std::iter::repeat(""));
        let mut rows: Vec<(&str, &str)> = posted.values(name).zip(levels).collect();
        rows.retain(|(language, level)| !language.is_empty() || !level.is_empty());
        let wanted = (rows.len() + SPARE_LANGUAGES).max(FEWEST_LANGUAGES);
        rows.resize(wanted, ("", ""));
        rows.into_iter()
            .map(|(language, level)| {
                let nothing = self.words.get("not-stated").into_owned();
                let language = BTreeSet::from([language]);
                let level = BTreeSet::from([level]);
                let mut languages = self.languages(&language);
                languages.insert(0, self.item("", nothing.clone(), &language));
                let mut levels: Vec<Item> = Level::ALL
                    .into_iter()
                    .map(|one| self.item(one.code(), one.code().to_owned(), &level))
                    .collect();
                levels.insert(0, self.item("", nothing, &level));
                Spoken { languages, levels }
            })
            .collect()
    }
}

/// Lists that have a default, so that something is always chosen.
fn always_stated(choice: Choice) -> bool {
    matches!(
        choice,
        Choice::Accreditation
            | Choice::Partner
            | Choice::LiveInHours
            | Choice::Desk
            | Choice::Language
            | Choice::WorkerStatus
            | Choice::RequestStatus
    )
}

/// Those that are drawn as buttons: where none is pressed, nothing is said.
fn is_ticked(choice: Choice) -> bool {
    matches!(choice, Choice::AnsweredBy | Choice::Filer)
}

/// Of the others, those that nobody has to choose from.
fn may_be_unstated(column: &str) -> bool {
    !matches!(column, "sex" | "arrangement")
}

fn by_text(items: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut items: Vec<Item> = items.collect();
    items.sort_by_cached_key(|item| crate::domain::text::fold(&item.text));
    items
}

/// The comuni that complete a name while it is typed: those of the region where
/// the desk is.
pub fn comuni_near(desk: Option<&Desk>) -> Vec<String> {
    let Some(region) = desk.map(|desk| desk.comune.region()) else {
        return Vec::new();
    };
    Comune::all()
        .filter(|comune| comune.region() == region && comune.ceased().is_none())
        .map(Comune::unique_name)
        .collect()
}
