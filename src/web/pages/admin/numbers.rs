//! Numbers that are policy: for how long what is kept, and after how long something is looked
//! at or over. Two pages of one kind.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, From, Line, Policy};
use crate::catalogue::Words;
use crate::domain::setting::{Setting, Unit};
use crate::services::ServiceError;
use crate::services::policy::numbers::{self, Rules, TypedNumber};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

/// One of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    Kept,
    Thresholds,
}

impl Numbers {
    fn address(self) -> &'static str {
        match self {
            Self::Kept => "/admin/retention/rules",
            Self::Thresholds => "/admin/thresholds",
        }
    }

    fn settings(self) -> &'static [Setting] {
        match self {
            Self::Kept => &Setting::RETENTION,
            Self::Thresholds => &Setting::THRESHOLDS,
        }
    }
}

/// A number with its unit.
pub(super) fn in_words(words: Words, setting: Setting, value: u32) -> String {
    match setting.unit() {
        Unit::Minutes => words.count("setting-minutes", value),
        Unit::Hours => words.count("setting-hours", value),
        Unit::Days => words.count("setting-days", value),
        Unit::Months => words.count("setting-months", value),
        Unit::Tries => words.count("setting-tries", value),
        Unit::Records => words.count("setting-records", value),
        Unit::Rows => words.count("setting-rows", value),
        Unit::Clock => words.with("setting-clock", &[("hour", &value)]),
    }
}

/// What a number is about.
pub(super) fn name(words: Words, setting: Setting) -> String {
    words.code("setting", setting.code()).into_owned()
}

fn shape(visit: &Visit, page: Numbers, rules: Rules) -> Policy {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let number = in_words(words, rule.setting, rule.value);
        let name = name(words, rule.setting);
        let what = words.with("setting-line", &[("name", &name), ("number", &number)]);
        Line::of(words, written, rule.valid_from, what)
    });
    let points = rules.now.iter().map(|(setting, value)| {
        let (least, most, _) = setting.bounds();
        let bounds = words.with(
            "setting-point",
            &[
                ("name", &name(words, *setting)),
                ("least", &words.number(least)),
                ("most", &in_words(words, *setting, most)),
            ],
        );
        (bounds, in_words(words, *setting, *value))
    });
    let mut options = vec![(String::new(), words.get("choose-one").into_owned())];
    let all = page.settings().iter();
    options.extend(all.map(|one| (one.code().to_owned(), name(words, *one))));
    let (above, title, text) = match page {
        Numbers::Kept => (
            ("/admin/retention", "retention-title"),
            "retention-rules-title",
            "retention-rules-text",
        ),
        Numbers::Thresholds => (
            ("/admin/policy", "nav-policy"),
            "thresholds-title",
            "thresholds-text",
        ),
    };
    Policy {
        address: page.address(),
        above: Some((above.0, words.get(above.1).into_owned())),
        title: words.get(title).into_owned(),
        texts: vec![words.get(text).into_owned()],
        points: points.collect(),
        change: words.get("setting-change").into_owned(),
        what: words.get("setting-what").into_owned(),
        asked: vec![
            Asked {
                id: "setting",
                label: words.get("setting-which").into_owned(),
                hint: String::new(),
                options,
            },
            Asked {
                id: "value",
                label: words.get("setting-value").into_owned(),
                hint: words.get("setting-value-hint").into_owned(),
                options: Vec::new(),
            },
        ],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(
    page: Numbers,
    visit: Visit,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let rules = numbers::rules(context, actor, page.settings()).await?;
    let shape = shape(&visit, page, rules);
    policy::open(&visit, shape, Typed::default(), from)
}

/// Writes a row.
pub async fn post(
    page: Numbers,
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let number = TypedNumber {
        setting: typed.text("setting"),
        value: typed.text("value"),
        from: typed.text("from"),
    };
    match numbers::set(context, actor, page.settings(), number).await {
        Ok(()) => Ok(policy::written(page.address())),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = numbers::rules(context, actor, page.settings()).await?;
            policy::refused(&visit, shape(&visit, page, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
