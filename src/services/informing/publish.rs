//! A new notice: for whom, from which day, and its words in each language. What is in force
//! stays until that day comes; nothing that was published is ever changed.

use chrono::NaiveDate;

use super::problem;
use crate::catalogue::Language;
use crate::domain::account::Actor;
use crate::domain::informing::{LONGEST, NoticeKind, NoticeText, paragraphs};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::Fields;
use crate::pdf::fonts;
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;

/// Each language with the names of its two fields: the words, and whether somebody has read
/// them.
pub const FIELDS: [(Language, &str, &str); 8] = [
    (Language::It, "text_it", "reviewed_it"),
    (Language::En, "text_en", "reviewed_en"),
    (Language::Fr, "text_fr", "reviewed_fr"),
    (Language::Es, "text_es", "reviewed_es"),
    (Language::Ro, "text_ro", "reviewed_ro"),
    (Language::Sq, "text_sq", "reviewed_sq"),
    (Language::Uk, "text_uk", "reviewed_uk"),
    (Language::Ar, "text_ar", "reviewed_ar"),
];

/// What is new.
struct New {
    kind: NoticeKind,
    valid_from: NaiveDate,
    texts: Vec<NoticeText>,
}

/// Publishes a notice, as it was typed: `kind`, `from`, and [`FIELDS`].
pub async fn publish(
    context: &Context,
    actor: &Actor,
    typed: &impl Fields,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let new = read(typed, context.today()).map_err(ServiceError::Invalid)?;
    let (by, now) = (actor.account_id, context.now());
    let write = context.db.write().await?;
    if storage::informing::begins_on(&*write, new.kind, new.valid_from).await? {
        let from = typed.get("from").unwrap_or_default();
        let twice = problem("from", from, Why::new("problem-notice-day"));
        return Err(ServiceError::Invalid(Invalid(vec![twice])));
    }
    let of = (new.kind, new.valid_from);
    storage::informing::publish(&*write, of, &new.texts, by, now).await?;
    let (kind, day) = (new.kind.code(), new.valid_from.to_string());
    let action = "notice.published";
    storage::audit::insert(&*write, now, Some(by), action, Some(kind), Some(&day)).await?;
    Ok(write.commit().await?)
}

fn read(typed: &impl Fields, today: NaiveDate) -> Result<New, Invalid> {
    let text = |field| typed.get(field).unwrap_or_default();
    let mut problems = Vec::new();
    let kind = NoticeKind::parse(text("kind"));
    if kind.is_err() {
        let why = Why::new("problem-notice-kind");
        problems.push(problem("kind", text("kind"), why));
    }
    let mut texts = Vec::new();
    for (language, field, reviewed) in FIELDS {
        let typed = text(field);
        let read = paragraphs(typed);
        if let Some(why) = wrong(language, typed, &read) {
            problems.push(problem(field, typed, why));
        } else if !read.is_empty() {
            texts.push(NoticeText {
                language: language.tag().to_owned(),
                paragraphs: read,
                is_reviewed: language == Language::It || !text(reviewed).is_empty(),
            });
        }
    }
    let from: Result<NaiveDate, Problem> = dated::first_day(text("from"), today);
    match (kind, from) {
        (Ok(kind), Ok(valid_from)) if problems.is_empty() => Ok(New {
            kind,
            valid_from,
            texts,
        }),
        (_, from) => {
            problems.extend(from.err());
            Err(Invalid(problems))
        }
    }
}

/// Italian must be there; each must be printable, and not a book.
fn wrong(language: Language, typed: &str, read: &[String]) -> Option<Why> {
    if language == Language::It && read.is_empty() {
        return Some(Why::new("problem-required"));
    }
    if typed.chars().count() > LONGEST {
        return Some(Why::new("problem-notice-long").with("most", LONGEST));
    }
    let refused = read.iter().find_map(|one| fonts::can_print(one).err());
    refused.map(|character| Why::new("problem-not-printed").with("character", character))
}
