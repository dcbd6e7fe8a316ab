//! What the notices in force say: those that were published, else those that the program
//! comes with, whose words stand in the catalogues.

use chrono::NaiveDate;

use crate::catalogue::{Language, Words};
use crate::domain::informing::{NoticeKind, NoticeText, Version};
use crate::domain::notice::Notice as Own;
use crate::services::{Context, ServiceError};
use crate::storage;

const WORKER: [&str; 7] = [
    "notice-who",
    "notice-why",
    "notice-worker-what",
    "notice-worker-never",
    "notice-worker-seen",
    "notice-asked",
    "notice-rights",
];
const FAMILY: [&str; 6] = [
    "notice-who",
    "notice-why",
    "notice-family-what",
    "notice-family-seen",
    "notice-asked",
    "notice-rights",
];

/// A notice in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The name under which it is recorded that somebody had it.
    pub code: String,
    pub valid_from: NaiveDate,
    /// Whether an administrator published it.
    pub is_published: bool,
    pub texts: Vec<NoticeText>,
}

/// The notices in force, those that the program comes with among them.
pub async fn in_force(context: &Context) -> Result<Vec<Notice>, ServiceError> {
    let db = context.db.read();
    let mut notices = Vec::new();
    for version in storage::informing::in_force(db, context.today()).await? {
        notices.push(Notice {
            kind: version.kind,
            code: version.code(),
            valid_from: version.valid_from,
            is_published: true,
            texts: storage::informing::texts(db, version.id).await?,
        });
    }
    for kind in [NoticeKind::Worker, NoticeKind::Family] {
        if !notices.iter().any(|one| one.kind == kind) {
            notices.push(own(kind));
        }
    }
    notices.sort_by_key(|one| one.kind);
    Ok(notices)
}

/// The name of the notice of a kind that holds today.
pub async fn code_in_force(context: &Context, kind: NoticeKind) -> Result<String, ServiceError> {
    let versions = storage::informing::in_force(context.db.read(), context.today()).await?;
    let published = versions.iter().find(|one| one.kind == kind);
    Ok(published.map_or_else(|| Own::latest().version().to_owned(), Version::code))
}

/// The one that the program comes with.
fn own(kind: NoticeKind) -> Notice {
    let keys: &[&str] = match kind {
        NoticeKind::Worker => &WORKER,
        _ => &FAMILY,
    };
    let text = |language| {
        let words = Words::new(language);
        let paragraphs = keys.iter().map(|key| words.get(key).into_owned());
        NoticeText {
            language: language.tag().to_owned(),
            paragraphs: paragraphs.collect(),
            is_reviewed: keys.iter().all(|key| words.is_reviewed(key)),
        }
    };
    Notice {
        kind,
        code: Own::latest().version().to_owned(),
        valid_from: Own::latest().valid_from(),
        is_published: false,
        texts: Language::WRITTEN.map(text).into(),
    }
}

impl Notice {
    /// Its words in a language, where it has them.
    pub fn text(&self, language: Language) -> Option<&NoticeText> {
        self.texts.iter().find(|one| one.language == language.tag())
    }

    /// The language that somebody reads it in: Italian where it has not theirs.
    pub fn language(&self, wanted: Language) -> Language {
        match self.text(wanted) {
            Some(_) => wanted,
            None => Language::It,
        }
    }

    /// Each paragraph in a language, with the Italian beneath where nobody who speaks the
    /// language has read it.
    pub fn paragraphs(&self, language: Language) -> Vec<(String, Option<String>)> {
        let italian = self.text(Language::It);
        let italian: &[String] = italian.map_or(&[], |one| &one.paragraphs);
        let own = self.text(language).filter(|_| language != Language::It);
        let Some(own) = own else {
            return italian.iter().map(|one| (one.clone(), None)).collect();
        };
        let alone = |one: &String| (one.clone(), None);
        if own.is_reviewed {
            return own.paragraphs.iter().map(alone).collect();
        }
        if own.paragraphs.len() == italian.len() {
            let both = own.paragraphs.iter().zip(italian);
            return both
                .map(|(own, italian)| (own.clone(), Some(italian.clone())))
                .collect();
        }
        let mut all: Vec<_> = own.paragraphs.iter().map(alone).collect();
        if let Some(last) = all.last_mut() {
            last.1 = Some(italian.join(" "));
        }
        all
    }
}
