//! What stands beside a form while it is filled: for a request the advice on its
//! schedule, in words; and who else has the same record open.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Rome;

use super::posted::Posted;
use super::spec;
use crate::catalogue::{Value, Words};
use crate::domain::advice::{Advice, Broken, ContractForm, Offer};
use crate::domain::contract::{Limit, Minimum, Unit};
use crate::domain::ids::RequestCode;
use crate::services::registering::Form;
use crate::services::registering::advice::{self, By, Eased, Fitting, Searched};
use crate::services::registering::likely::Likely;
use crate::services::{drafts, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// The advice on a request.
#[derive(Debug, Default)]
pub struct Advised {
    /// Label and text.
    pub facts: Vec<(String, String)>,
    /// What one person alone would break, and an offer that is too low.
    pub wrong: Vec<String>,
    /// Where the figures come from.
    pub sources: Vec<String>,
    pub fits: String,
    /// What would find more.
    pub eased: Vec<String>,
}

/// Works it out from what is typed so far; none before there is enough.
pub async fn advised(
    visit: &Visit,
    posted: &Posted,
    over: Option<&str>,
    match_too: bool,
) -> Result<Option<Advised>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let cells = posted.read(spec::REQUEST, context.today());
    let Some(advice) = advice::of_request(context, &cells) else {
        return Ok(None);
    };
    let wrong = advice::why_wrong(context, &advice).await?;
    let mut advised = in_words(words, &advice, wrong.as_deref());
    if match_too {
        let over = over.and_then(|code| RequestCode::parse(code).ok());
        match advice::fitting(context, visit.actor()?, &cells, over.as_ref()).await? {
            Searched::Found(fitting) => {
                advised.fits = fits(words, &fitting);
                advised.eased = fitting.eased.iter().map(|one| eased(words, one)).collect();
            }
            Searched::Refused(why) => advised.fits = sentences::why(words, &why),
            Searched::Unread => advised.fits = words.get("advice-fits-unknown").into_owned(),
        }
    }
    Ok(Some(advised))
}

/// Who else is changing the record just now, in sentences.
pub async fn others(
    visit: &Visit,
    form: Form,
    record: Option<&str>,
) -> Result<Vec<String>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let Some(record) = record else {
        return Ok(Vec::new());
    };
    let others = drafts::others_at(context, visit.actor()?, form, record).await?;
    let said = |(name, at): (String, DateTime<Utc>)| {
        let when = words.moment(at.with_timezone(&Rome).naive_local());
        words.with("form-others", &[("name", &name), ("when", &when)])
    };
    Ok(others.into_iter().map(said).collect())
}

/// What stands beside a form, in a line: who may be there already, or what is wrong
/// with a request, or who fits it. Empty where there is nothing to look at.
pub fn in_short(words: Words, advised: Option<&Advised>, likely: &[Likely]) -> String {
    let name = likely.first().map(|one| one.name.as_str());
    match (name, advised) {
        (Some(name), _) if likely.len() > 1 => {
            let more = likely.len() - 1;
            words.with("likely-in-short-more", &[("name", &name), ("count", &more)])
        }
        (Some(name), _) => words.with("likely-in-short", &[("name", &name)]),
        (None, Some(advised)) if !advised.wrong.is_empty() => {
            words.count("advice-in-short", advised.wrong.len())
        }
        (None, Some(advised)) => advised.fits.clone(),
        (None, None) => String::new(),
    }
}

fn eased(words: Words, eased: &Eased) -> String {
    let more = eased.more;
    let told = |key: &str, day: usize, at: usize| {
        let time = format!("{}:{:02}", at / 2, at % 2 * 30);
        let day = sentences::day(words, day);
        words.with(key, &[("day", &day), ("time", &time), ("more", &more)])
    };
    match (eased.day, eased.by) {
        (Some(day), By::Beginning(at)) => told("advice-if-begins", day, at),
        (Some(day), By::Ending(at)) => told("advice-if-ends", day, at),
        (None, By::Beginning(_)) => words.with("advice-if-all-begin", &[("more", &more)]),
        (None, By::Ending(_)) => words.with("advice-if-all-end", &[("more", &more)]),
    }
}

fn fits(words: Words, fitting: &Fitting) -> String {
    let now = words.count("advice-fits", fitting.now);
    match fitting.before {
        Some(before) if before != fitting.now => {
            let before = words.with("advice-fits-before", &[("before", &before)]);
            format!("{now} {before}")
        }
        _ => now,
    }
}

/// `wrong`: why the row of the minimum counts as wrong, where it does.
fn in_words(words: Words, advice: &Advice, wrong: Option<&str>) -> Advised {
    let mut advised = Advised::default();
    let mut fact = |label: &str, text: String| {
        advised.facts.push((words.get(label).into_owned(), text));
    };
    fact(
        "advice-form",
        words.code("contract-form", advice.form.code()).into_owned(),
    );
    fact(
        "advice-hours",
        words.with(
            "advice-hours-week",
            &[("hours", &sentences::hours(words, advice.half_hours))],
        ),
    );
    fact(
        "advice-people",
        words.count("advice-people-least", i64::from(advice.people)),
    );
    fact(
        "advice-level",
        advice.level.map_or_else(
            || words.get("advice-level-unknown").into_owned(),
            |level| sentences::level(words, level),
        ),
    );
    fact("advice-minimum", minimum(words, advice.offer, wrong));
    advised.wrong = advice
        .broken
        .iter()
        .map(|broken| said(words, broken))
        .collect();
    if let (Offer::Below(row, offered), None) = (advice.offer, wrong) {
        advised.wrong.push(words.with(
            "advice-below",
            &[
                ("offer", &sentences::euro(words, offered)),
                ("minimum", &sentences::euro(words, row.amount)),
            ],
        ));
    }
    advised.sources = advice
        .limits
        .iter()
        .map(|limit| source(words, limit))
        .chain(advice.offer.row().map(|row| row_source(words, row)))
        .collect();
    advised.sources.sort_unstable();
    advised.sources.dedup();
    advised
}

/// What the agreement says of a schedule, for a family that asks by itself: no contract's
/// terms, no level, no article, no pay.
#[derive(Debug, Default)]
pub struct Plain {
    pub said: Vec<String>,
    /// Whether one person alone can't do it so.
    pub to_talk_of: bool,
    /// Whose figures they are, and since when.
    pub sources: Vec<String>,
}

/// In plain words: how many hours, how many people, and what one person alone may not do;
/// of living in, which has no schedule, what holds.
pub fn plainly(words: Words, advice: &Advice) -> Plain {
    let mut said = Vec::new();
    let lives_in = matches!(
        advice.form,
        ContractForm::LiveIn | ContractForm::LiveInReduced
    );
    if lives_in {
        let limits = advice.limits.iter();
        said.extend(limits.filter_map(|limit| living_in(words, limit)));
        said.push(words.get("ask-advice-live-more").into_owned());
    } else {
        let hours = sentences::hours(words, advice.half_hours);
        said.push(words.with("ask-advice-hours", &[("hours", &hours)]));
        if advice.people > 1 {
            let people = i64::from(advice.people);
            said.push(words.count("ask-advice-people", people));
        }
        let broken = together(&advice.broken).into_iter();
        said.extend(broken.map(|(days, broken)| said_plainly(words, &days, broken)));
    }
    let since = advice.limits.iter().map(|limit| limit.valid_from);
    let since: BTreeSet<NaiveDate> = since.collect();
    let source = |since: NaiveDate| {
        let since = words.date(since);
        words.with("ask-advice-source", &[("since", &since)])
    };
    Plain {
        said,
        to_talk_of: lives_in || advice.people > 1 || !advice.broken.is_empty(),
        sources: since.into_iter().map(source).collect(),
    }
}

/// A limit of living in; none for one that tells a family nothing.
fn living_in(words: Words, limit: &Limit) -> Option<String> {
    let key = match limit.name() {
        "max_hours_week" => "ask-advice-live-week",
        "max_hours_day" => "ask-advice-live-day",
        "min_daily_rest_hours" => "ask-advice-live-rest",
        "min_weekly_rest_hours" => "ask-advice-live-free",
        _ => return None,
    };
    Some(words.with(key, &[("limit", &limit.value())]))
}

/// What is the same on several days is said once: the days, and what is broken on one of them.
fn together(broken: &[Broken]) -> Vec<(Vec<usize>, &Broken)> {
    let mut all: Vec<(Vec<usize>, &Broken)> = Vec::new();
    for one in broken {
        let same = all.iter_mut().find(|(_, other)| {
            other.limit.name() == one.limit.name() && other.half_hours == one.half_hours
        });
        match same {
            Some((days, _)) => days.extend(one.day),
            None => all.push((one.day.into_iter().collect(), one)),
        }
    }
    all
}

/// Days in their order: `ogni giorno`, `da lunedì a venerdì`, `lunedì, giovedì`.
fn of_days(words: Words, days: &[usize]) -> String {
    let name = |day: &usize| sentences::day(words, *day);
    match days {
        [_, _, _, _, _, _, _] => words.get("ask-advice-every-day").into_owned(),
        [first, _, .., last] if last - first + 1 == days.len() => words.with(
            "ask-advice-days",
            &[("first", &name(first)), ("last", &name(last))],
        ),
        _ => days.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// What one person alone may not do.
fn said_plainly(words: Words, days: &[usize], broken: &Broken) -> String {
    let day = of_days(words, days);
    let hours = sentences::hours(words, broken.half_hours);
    let limit = broken.limit.value();
    let key = match broken.limit.name() {
        "max_hours_week" => "ask-advice-broken-week",
        "max_hours_day" => "ask-advice-broken-day",
        "min_daily_rest_hours" => "ask-advice-broken-rest",
        "min_weekly_rest_hours" => "ask-advice-broken-free",
        _ => {
            let (from, until) = limit.split_once('-').unwrap_or((limit, ""));
            let window: [(&str, &dyn Value); 3] =
                [("from", &from), ("until", &until), ("hours", &hours)];
            return words.with("ask-advice-broken-window", &window);
        }
    };
    words.with(key, &[("day", &day), ("hours", &hours), ("limit", &limit)])
}

fn minimum(words: Words, offer: Offer, wrong: Option<&str>) -> String {
    match offer {
        Offer::NoLevel => words.get("advice-no-level").into_owned(),
        Offer::NoRow => words.get("advice-no-row").into_owned(),
        Offer::NoOffer(row) | Offer::Enough(row) | Offer::Below(row, _) => {
            let unit = match row.unit {
                Unit::Hour => "hour",
                Unit::Month => "month",
                Unit::Day => "day",
            };
            let compared = match (wrong, offer) {
                (Some(reason), _) => words.with("advice-row-wrong", &[("reason", &reason)]),
                (None, Offer::NoOffer(_)) => words.get("advice-no-offer").into_owned(),
                (None, Offer::Below(..)) => words.get("advice-offer-below").into_owned(),
                (None, _) => words.get("advice-offer-enough").into_owned(),
            };
            let amount = words.with(
                "advice-amount",
                &[
                    ("amount", &sentences::euro(words, row.amount)),
                    ("unit", &words.code("pay-unit", unit)),
                    ("level", &row.level),
                ],
            );
            format!("{amount} {compared}")
        }
    }
}

fn said(words: Words, broken: &Broken) -> String {
    let day = broken.day.map(|day| sentences::day(words, day));
    let found = sentences::hours(words, broken.half_hours);
    let value = broken.limit.value();
    let key = match broken.limit.name() {
        "max_hours_week" => "advice-broken-week",
        "max_hours_day" => "advice-broken-day",
        "min_daily_rest_hours" => "advice-broken-rest",
        "min_weekly_rest_hours" => "advice-broken-free",
        _ => "advice-broken-window",
    };
    words.with(
        key,
        &[
            ("day", &day.unwrap_or_default()),
            ("hours", &found),
            ("limit", &value),
        ],
    )
}

fn source(words: Words, limit: &Limit) -> String {
    words.with(
        "advice-source",
        &[
            ("source", &limit.source()),
            ("since", &words.date(limit.valid_from)),
        ],
    )
}

fn row_source(words: Words, row: &Minimum) -> String {
    words.with(
        "advice-source-table",
        &[
            ("table", &row.table),
            ("source", &row.source),
            ("since", &words.date(row.valid_from)),
        ],
    )
}
