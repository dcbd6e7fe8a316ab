//! What people read about a match: sentences made of the engine's explanation
//! and the catalogue, never of anything else. A family is never told what
//! `permit` and `accreditation` found.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::catalogue::{Language as Screen, Words};
use crate::domain::access::vocabulary::Term;
use crate::domain::contact::Phone;
use crate::domain::contract::{Arrangement, Arrangements, CcnlLevel};
use crate::domain::country::Country;
use crate::domain::invalid::Why;
use crate::domain::language::{Language, Languages};
use crate::domain::money::Cents;
use crate::domain::notice::{EARLIER, Notice};
use crate::domain::permit::PermitType;
use crate::domain::reason::{ReasonList, reasons as reasons_of};
use crate::domain::request::CareRequest;
use crate::domain::skill::{Qualification, QualificationSet, Skill, SkillSet};
use crate::domain::week::WeekGrid;
use crate::matching::{Criterion, Explanation, Shortfall, Warning};

const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// A reason or a problem in words.
pub fn why(words: Words, why: &Why) -> String {
    // The rest of what a reason carries is read as it is: codes, names, what was typed.
    let localised = |name: &str, value: &str| match (why.key, name) {
        ("refused-below-minimum", "offer" | "minimum") => {
            Cents::parse(value).ok().map(|amount| euro(words, amount))
        }
        ("refused-below-minimum", "since") => {
            let day = value.parse::<NaiveDate>().ok();
            day.map(|day| words.date(day))
        }
        _ => None,
    };
    let args = why.args.iter().map(|(name, value)| {
        let said = localised(name, value);
        (*name, said.unwrap_or_else(|| value.clone()))
    });
    let args: Vec<(&str, String)> = args.collect();
    let args: Vec<(&str, &dyn crate::catalogue::Value)> = args
        .iter()
        .map(|(name, value)| (*name, value as &dyn crate::catalogue::Value))
        .collect();
    words.with(why.key, &args)
}

/// That a number can't be read as one that exists.
pub fn phone_doubt(words: Words, phone: Option<&Phone>) -> Option<String> {
    let doubtful = phone.filter(|phone| phone.is_doubtful())?;
    let number = doubtful.to_string();
    Some(words.with("record-phone-doubtful", &[("number", &number)]))
}

/// The name of a day, Monday 0.
pub fn day(words: Words, day: usize) -> String {
    words.code("weekday", day.to_string()).into_owned()
}

/// A week grid with the days in the reader's language.
pub fn week(words: Words, grid: &WeekGrid) -> String {
    week_with(grid, |day| words.code("weekday-short", day.to_string()))
}

/// A week grid with days as `name` says them, Monday 0.
pub fn week_with(grid: &WeekGrid, name: impl Fn(usize) -> Cow<'static, str>) -> String {
    let canonical = grid.to_string();
    let mut text = String::with_capacity(canonical.len());
    let mut rest = canonical.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some(day) = ENGLISH_DAYS.iter().position(|day| rest.starts_with(day)) {
            text.push_str(&name(day));
            rest = &rest[3..];
        } else {
            text.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    text
}

/// Half-hours as hours: `25`, `12,5`.
pub fn hours(words: Words, half_hours: u32) -> String {
    words.number(f64::from(half_hours) / 2.0)
}

/// Metres as kilometres: `6,8`.
pub fn kilometres(words: Words, metres: u32) -> String {
    words.number(f64::from(metres) / 1000.0)
}

/// An amount.
pub fn euro(words: Words, amount: Cents) -> String {
    words.euro(i64::from(amount.cents()))
}

/// A skill's name.
pub fn skill(words: Words, skill: Skill) -> Cow<'static, str> {
    labelled(
        words,
        "skill",
        skill.code(),
        (skill.label_it(), skill.label_en()),
    )
}

/// The label of a code in a reference table, which has Italian and English; the other
/// languages have theirs in the catalogue, or read the Italian.
fn labelled(
    words: Words,
    list: &str,
    code: &str,
    (italian, english): (&'static str, &'static str),
) -> Cow<'static, str> {
    match words.language() {
        Screen::It => Cow::Borrowed(italian),
        Screen::En => Cow::Borrowed(english),
        _ => {
            let key = format!("{list}-{code}");
            if words.has(&key) {
                words.get(key)
            } else {
                Cow::Borrowed(italian)
            }
        }
    }
}

/// Which notice somebody was given: a version that the program comes with or that an
/// administrator published, an earlier paper, or what was written before there was a list.
pub fn notice(words: Words, version: &str) -> String {
    let own = Notice::by_version(version).map(Notice::valid_from);
    match own.or_else(|| version.parse().ok()) {
        Some(day) => words.with("notice-version-of", &[("date", &words.date(day))]),
        None if version == EARLIER => words.get("notice-earlier").into_owned(),
        None => version.to_owned(),
    }
}

/// A qualification's name.
pub fn qualification(words: Words, one: Qualification) -> Cow<'static, str> {
    labelled(
        words,
        "qualification",
        one.code(),
        (one.label_it(), one.label_en()),
    )
}

/// A language's name.
pub fn language(words: Words, one: Language) -> Cow<'static, str> {
    labelled(
        words,
        "language",
        one.code(),
        (one.name_it(), one.name_en()),
    )
}

/// A title of stay.
pub fn permit(words: Words, permit: PermitType) -> String {
    words.code("permit", permit.code()).into_owned()
}

/// A term of the access log's lists: they have Italian and English labels.
pub fn term(words: Words, term: &Term) -> &str {
    match words.language() {
        Screen::It => &term.label_it,
        _ => &term.label_en,
    }
}

/// A country's name, in Italian or English.
pub fn country(words: Words, country: Country) -> &'static str {
    match words.language() {
        Screen::It => country.name_it(),
        _ => country.name_en(),
    }
}

/// A level of the contract: its code and what it is.
pub fn level(words: Words, level: CcnlLevel) -> String {
    let title = match words.language() {
        Screen::It => level.title_it(),
        _ => level.gloss_en(),
    };
    format!("{} – {title}", level.code())
}

/// A coded reason.
pub fn reason(words: Words, list: ReasonList, code: &str) -> String {
    words
        .code("coded", format!("{}-{code}", list.code()))
        .into_owned()
}

/// The fields of a disclosure, as `a|b`, in words.
pub fn disclosed_fields(words: Words, fields: &str) -> String {
    let fields = fields.split('|').filter(|field| !field.is_empty());
    let in_words: Vec<String> = fields
        .map(|field| words.code("disclosed-field", field).into_owned())
        .collect();
    in_words.join(", ")
}

/// The coded reasons of a list, to choose from.
pub fn reason_choices(words: Words, list: ReasonList) -> Vec<(&'static str, String)> {
    reasons_of(list)
        .iter()
        .map(|one| (one.code(), reason(words, list, one.code())))
        .collect()
}

/// The names of skills.
pub fn skills(words: Words, all: SkillSet) -> Vec<String> {
    all.iter()
        .map(|one| skill(words, one).into_owned())
        .collect()
}

/// The names of qualifications.
pub fn qualifications(words: Words, all: QualificationSet) -> Vec<String> {
    all.iter()
        .map(|one| qualification(words, one).into_owned())
        .collect()
}

/// Languages, each with its level: `italiano (B1)`.
pub fn languages(words: Words, all: &Languages) -> Vec<String> {
    all.iter()
        .map(|(one, level)| format!("{} ({level})", language(words, one)))
        .collect()
}

/// Arrangements, one after the other.
pub fn arrangements(words: Words, all: Arrangements) -> String {
    all.iter()
        .map(|one| words.code("arrangement", one.code()).into_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

/// What stands between the parts of a list.
pub fn comma(words: Words) -> &'static str {
    match words.language() {
        Screen::Ar => "، ",
        _ => ", ",
    }
}

/// A week in a language whose times read from the other side: days apart, and times
/// that say the same from either side.
pub fn turned(words: Words, week: &str) -> String {
    let mut week = week.replace(',', comma(words));
    if words.language() == Screen::Ar {
        for half in [":00-", ":30-"] {
            week = week.replace(half, &format!("{} إلى ", half.trim_end_matches('-')));
        }
    }
    week
}

/// Why workers fit a request, for its family: what is said of most of them is put into
/// words once.
pub struct Reasons<'a> {
    words: Words,
    request: &'a CareRequest,
    /// Of whoever can do all that is asked.
    skills: Option<String>,
    languages: Option<String>,
}

impl<'a> Reasons<'a> {
    pub fn of(words: Words, request: &'a CareRequest) -> Self {
        let asked = &request.required_languages;
        let languages = (!asked.is_empty()).then(|| {
            let languages = languages(words, asked).join(comma(words));
            words.with("reason-languages", &[("languages", &languages)])
        });
        Self {
            words,
            request,
            skills: required(words, request.required_skills),
            languages,
        }
    }

    /// Why one of them does: whole sentences.
    pub fn told(
        &self,
        skills_held: SkillSet,
        years: u32,
        explanation: &Explanation,
    ) -> Vec<String> {
        let (words, request) = (self.words, self.request);
        let mut reasons = vec![presence(words, request, explanation)];
        let held = skills_held.closed();
        let of_required = held.and(request.required_skills);
        reasons.extend(if of_required == request.required_skills {
            self.skills.clone()
        } else {
            required(words, of_required)
        });
        let preferred = held.and(request.preferred_skills);
        if !preferred.is_empty() {
            reasons.push(words.with(
                "reason-preferred-skills",
                &[("skills", &skills(words, preferred).join(comma(words)))],
            ));
        }
        reasons.push(match explanation.distance_m {
            0 => words.get("reason-same-comune").into_owned(),
            metres => words.with("reason-distance", &[("km", &kilometres(words, metres))]),
        });
        if passes(explanation, Criterion::Languages) {
            reasons.extend(self.languages.clone());
        }
        if years > 0 {
            reasons.push(words.count("reason-experience", i64::from(years)));
        }
        reasons
    }
}

fn required(words: Words, held: SkillSet) -> Option<String> {
    (!held.is_empty()).then(|| {
        let skills = skills(words, held).join(comma(words));
        words.with("reason-skills", &[("skills", &skills)])
    })
}

fn presence(words: Words, request: &CareRequest, explanation: &Explanation) -> String {
    if request.arrangement == Arrangement::LiveIn {
        return words.get("reason-live-in").into_owned();
    }
    let needed = explanation.covered.count() + explanation.uncovered.count();
    // Who is free in all of it may still not do, or not wish, so many hours a week.
    let covered = explanation.usable();
    if covered == needed {
        return words.with("reason-all-hours", &[("hours", &hours(words, needed))]);
    }
    words.with(
        "reason-some-hours",
        &[
            ("covered", &hours(words, covered)),
            ("hours", &hours(words, needed)),
        ],
    )
}

fn passes(explanation: &Explanation, criterion: Criterion) -> bool {
    explanation
        .criteria
        .iter()
        .any(|(one, shortfall)| *one == criterion && shortfall.is_none())
}

/// What is missing, for the desk: `disponibile 5 giorni troppo tardi`.
pub fn shortfall(words: Words, criterion: Criterion, shortfall: &Shortfall) -> String {
    match shortfall {
        Shortfall::Arrangement(one) => words.with(
            "short-arrangement",
            &[("arrangement", &words.code("arrangement", one.code()))],
        ),
        Shortfall::Metres(metres) => {
            words.with("short-metres", &[("km", &kilometres(words, *metres))])
        }
        Shortfall::Sea(_) => words.get("short-sea").into_owned(),
        Shortfall::Missing(codes) => missing(words, criterion, codes),
        Shortfall::Days(days) if criterion == Criterion::Permit => {
            words.count("short-permit-days", i64::from(*days))
        }
        Shortfall::Days(days) => words.count("short-start-days", i64::from(*days)),
        Shortfall::Title(_) => words.get("short-permit-title").into_owned(),
        Shortfall::NoDate(_) => words.get("short-permit-no-date").into_owned(),
        Shortfall::HalfHours(half_hours) => {
            words.with("short-hours", &[("hours", &hours(words, *half_hours))])
        }
        Shortfall::Cents(cents) => {
            words.with("short-pay", &[("amount", &words.euro(i64::from(*cents)))])
        }
        Shortfall::State(state) => words.with(
            "short-accreditation",
            &[("state", &words.code("accreditation", state.code()))],
        ),
        Shortfall::Sex(_) => words.get("short-sex").into_owned(),
        Shortfall::Uncovered(grid) => words.with("short-coverage", &[("week", &week(words, grid))]),
    }
}

fn missing(words: Words, criterion: Criterion, codes: &[&'static str]) -> String {
    let name = |code: &&'static str| match criterion {
        Criterion::Qualification => Qualification::by_code(code)
            .map_or(Cow::Borrowed(*code), |one| qualification(words, one)),
        Criterion::Languages => {
            Language::by_code(code).map_or(Cow::Borrowed(*code), |one| language(words, one))
        }
        _ => Skill::by_code(code).map_or(Cow::Borrowed(*code), |one| skill(words, one)),
    };
    let names = codes.iter().map(name).collect::<Vec<_>>().join(", ");
    let key = match criterion {
        Criterion::Qualification => "short-qualification",
        Criterion::Languages => "short-languages",
        _ => "short-skills",
    };
    words.with(key, &[("names", &names)])
}

/// What an operator should look at, for the desk.
pub fn warning(words: Words, warning: &Warning) -> String {
    match warning {
        Warning::LongDay {
            day: of,
            half_hours,
        } => words.with(
            "warning-long-day",
            &[
                ("day", &day(words, *of)),
                ("hours", &hours(words, *half_hours)),
            ],
        ),
        Warning::ShortRest {
            after_day,
            half_hours,
        } => words.with(
            "warning-short-rest",
            &[
                ("day", &day(words, *after_day)),
                ("hours", &hours(words, *half_hours)),
            ],
        ),
        Warning::NoFreeDay => words.get("warning-no-free-day").into_owned(),
        Warning::ManyNights { nights } => words.count("warning-many-nights", i64::from(*nights)),
        Warning::PermitEnds { on } => {
            words.with("warning-permit-ends", &[("date", &words.date(*on))])
        }
    }
}

/// A date, or that it is not stated.
pub fn date_or_not_stated(words: Words, day: Option<NaiveDate>) -> String {
    day.map_or_else(
        || words.get("not-stated").into_owned(),
        |day| words.date(day),
    )
}
