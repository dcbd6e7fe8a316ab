//! Copies of the database: how old the last one is, what became of each, and one more now.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Redirect};
use chrono::TimeDelta;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::backup::{BackupRule, BackupTrouble};
use crate::services::backups::policy::{self, Lies, Overview, Shown, Standing};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

struct Line {
    when: String,
    age: String,
    state: &'static str,
    /// Why it was not made, or that its file is not as it was.
    trouble: String,
    /// What a tool said, in English.
    detail: String,
    size: String,
    file: String,
    /// Empty where it was due.
    by: String,
}

#[derive(Template)]
#[template(path = "pages/admin/backups.html")]
struct Page {
    t: Words,
    frame: Frame,
    /// None where this program makes no copies.
    shown: Option<View>,
}

struct View {
    stands: InWords,
    rule: String,
    folder: String,
    waits: bool,
    lines: Vec<Line>,
}

/// How copies stand, in a sentence.
pub struct InWords {
    pub text: String,
    pub is_late: bool,
}

/// How copies stand, in a sentence.
pub fn in_words(words: Words, standing: &Standing) -> InWords {
    let text = match standing.age {
        _ if !standing.rule.is_on() => words.get("backups-off").into_owned(),
        None => words.get("backups-none").into_owned(),
        Some(old) => {
            let key = if standing.is_late {
                "backups-late"
            } else {
                "backups-last"
            };
            words.with(key, &[("age", &age(words, old))])
        }
    };
    InWords {
        text,
        is_late: standing.is_late,
    }
}

/// A rule, in a sentence.
pub fn rule_in_words(words: Words, rule: &BackupRule) -> String {
    if !rule.is_on() {
        return words.get("backups-rule-off").into_owned();
    }
    words.with(
        "backups-rule",
        &[
            ("every", &words.number(rule.every_hours)),
            ("kept", &words.number(rule.kept)),
            ("alarm", &words.number(rule.alarm_hours)),
        ],
    )
}

fn age(words: Words, old: TimeDelta) -> String {
    if old < TimeDelta::hours(48) {
        words.count("backups-hours", old.num_hours())
    } else {
        words.count("backups-days", old.num_days())
    }
}

fn view(words: Words, overview: Overview) -> View {
    View {
        stands: in_words(words, &overview.standing),
        rule: rule_in_words(words, &overview.standing.rule),
        folder: overview.folder,
        waits: overview.waits,
        lines: overview
            .shown
            .into_iter()
            .map(|shown| line(words, shown))
            .collect(),
    }
}

fn line(words: Words, shown: Shown) -> Line {
    let run = shown.run;
    let trouble = match (run.trouble, shown.lies) {
        (Some(BackupTrouble::Tool), _) => {
            let version = run.detail.clone().unwrap_or_default();
            words.with("backups-no-tool", &[("version", &version)])
        }
        (Some(trouble), _) => words.code("backup-trouble", trouble.code()).into_owned(),
        (None, Lies::Cut) => words.get("backups-cut").into_owned(),
        (None, Lies::Gone) => words.get("backups-gone").into_owned(),
        (None, Lies::Here | Lies::Nowhere) => String::new(),
    };
    let detail = run
        .detail
        .filter(|_| run.trouble != Some(BackupTrouble::Tool));
    Line {
        when: words.moment(run.began_at.with_timezone(&Rome).naive_local()),
        age: age(words, shown.age),
        state: run.state.code(),
        trouble,
        detail: detail.unwrap_or_default(),
        size: run.bytes.map_or_else(String::new, |bytes| {
            words.with(
                "backups-size",
                &[("kilobytes", &words.number(bytes.div_ceil(1024)))],
            )
        }),
        file: run
            .file
            .filter(|_| shown.lies != Lies::Nowhere)
            .unwrap_or_default(),
        by: run.by.unwrap_or_default(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let overview = policy::overview(&visit.site.context, visit.actor()?).await?;
    let notice = from.done.map(|_| words.get("backups-asked").into_owned());
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice),
        shown: overview.map(|overview| view(words, overview)),
    };
    Ok(Html(page.render()?))
}

/// One more, now.
pub async fn make(visit: Visit) -> Result<Redirect, PageError> {
    policy::ask(&visit.site.context, visit.actor()?).await?;
    Ok(Redirect::to("/admin/backups?done=1"))
}
