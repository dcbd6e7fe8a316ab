//! The papers that there are, and each as a PDF. A paper is printed once and kept
//! while the program runs: it is the same for everybody.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use tokio::sync::Mutex;

use super::view::{Paper, language, view_with};
use crate::catalogue::{Language, Words};
use crate::pdf::{PdfError, paper};
use crate::services::ServiceError;
use crate::services::informing::words::{Notice, in_force};
use crate::services::sentences;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

type Key = (Paper, &'static str, String, Option<NaiveDate>);

// Held while one is printed, so that no crowd of printing slows the rest.
static PRINTED: LazyLock<Mutex<HashMap<Key, Arc<Vec<u8>>>>> = LazyLock::new(Mutex::default);

/// A paper in its languages.
struct Line {
    title: String,
    /// Address, name of the second language, and its tag.
    languages: Vec<(String, String, &'static str)>,
}

#[derive(Template)]
#[template(path = "pages/paper/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
}

/// The papers.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let lines = Paper::ALL.map(|paper| Line {
        title: words.code("paper-title", paper.code()).into_owned(),
        languages: Language::WRITTEN
            .map(|language| {
                let tag = language.tag();
                (
                    format!("/paper/{}/{tag}", paper.code()),
                    named(words, language),
                    tag,
                )
            })
            .into(),
    });
    let page = Page {
        frame: visit.frame(),
        lines: lines.into(),
        t: words,
    };
    Ok(Html(page.render()?))
}

/// What a second language is called.
fn named(words: Words, language: Language) -> String {
    if language == Language::It {
        return words.get("paper-only-italian").into_owned();
    }
    let spoken = crate::domain::language::Language::by_code(language.tag());
    spoken.map_or(String::new(), |one| {
        sentences::language(words, one).into_owned()
    })
}

/// One paper.
pub async fn file(
    visit: Visit,
    Path((code, tag)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let paper = Paper::by_code(&code).ok_or(PageError::NotFound)?;
    let second = language(&tag).ok_or(PageError::NotFound)?;
    let notices = in_force(&visit.site.context).await?;
    let published = notices
        .iter()
        .find(|one| one.is_published && Some(one.kind) == paper.notice());
    let bytes = printed(paper, second, &visit.site.owner, published).await?;
    let name = format!("inline; filename=\"{}-{}.pdf\"", paper.code(), second.tag());
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes.to_vec()).into_response())
}

async fn printed(
    paper: Paper,
    second: Language,
    owner: &str,
    published: Option<&Notice>,
) -> Result<Arc<Vec<u8>>, ServiceError> {
    let from = published.map(|one| one.valid_from);
    let key = (paper, second.tag(), owner.to_owned(), from);
    let mut kept = PRINTED.lock().await;
    if let Some(bytes) = kept.get(&key) {
        return Ok(bytes.clone());
    }
    let view = view_with(paper, second, owner, published);
    let print = move || -> Result<Vec<u8>, PdfError> { paper::render(&view) };
    let bytes = tokio::task::spawn_blocking(print)
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))??;
    let bytes = Arc::new(bytes);
    kept.insert(key, bytes.clone());
    Ok(bytes)
}
