//! A file is handed in; and the desk's files that are on their way.

use askama::Template;
use axum::extract::{Multipart, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{labels, moment};
use crate::catalogue::Words;
use crate::domain::upload::MOST_ROWS;
use crate::services::tables::Kind;
use crate::services::uploads::{self, File, HandInError, KINDS};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Shown;
use crate::web::frame::Frame;
use crate::web::upload::{self, Sent, Unsent};

/// A file on its way.
struct Line {
    id: i64,
    name: String,
    kind: String,
    state: String,
    by: String,
    when: String,
}

#[derive(Template)]
#[template(path = "pages/imports/begin.html")]
struct Page {
    t: Words,
    frame: Frame,
    problems: Vec<Shown>,
    kinds: Vec<(String, String)>,
    kind: String,
    hint: String,
    lines: Vec<Line>,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
    done: Option<String>,
}

/// The form.
pub async fn get(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, PageError> {
    let kind = asked.kind.unwrap_or_default();
    let gone = asked.done.as_deref() == Some("discarded");
    let notice = gone.then(|| visit.words.get("import-discarded").into_owned());
    page(&visit, &kind, Vec::new(), notice).await
}

/// Keeps the file and leads to it.
pub async fn post(
    visit: Visit,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, PageError> {
    let words = visit.words;
    let sent = match Sent::of(&headers, form).await {
        Ok(sent) => sent,
        Err(Unsent::Page(error)) => return Err(error),
        Err(Unsent::TooLarge) => {
            let page = refuse(&visit, "", "file", upload::too_large(words)).await?;
            return Ok((StatusCode::PAYLOAD_TOO_LARGE, page).into_response());
        }
    };
    let typed = sent.text("kind").to_owned();
    let Some(kind) = KINDS.into_iter().find(|kind| kind.code() == typed) else {
        let why = words.get("import-no-kind").into_owned();
        return refuse(&visit, &typed, "kind", why).await;
    };
    if sent.file.is_empty() {
        let why = words.get("access-import-no-file").into_owned();
        return refuse(&visit, &typed, "file", why).await;
    }
    let file = File {
        kind,
        name: sent.file_name,
        bytes: sent.file,
    };
    let context = &visit.site.context;
    match uploads::hand_in(context, visit.actor()?, file, labels(kind)).await {
        Ok(id) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        Err(HandInError::Service(error)) => Err(error.into()),
        Err(HandInError::File(error)) => {
            refuse(&visit, &typed, "file", uploads::why_not(words, error)).await
        }
    }
}

async fn refuse(
    visit: &Visit,
    kind: &str,
    field: &str,
    message: String,
) -> Result<Response, PageError> {
    let problem = Shown {
        field: field.to_owned(),
        message,
    };
    let page = page(visit, kind, vec![problem], None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    visit: &Visit,
    kind: &str,
    problems: Vec<Shown>,
    notice: Option<String>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let name = |kind: Kind| words.code("import-kind", kind.code()).into_owned();
    let lines = uploads::list(&visit.site.context, visit.actor()?).await?;
    let lines = lines.into_iter().map(|upload| Line {
        id: upload.id,
        kind: words.code("import-kind", &upload.kind).into_owned(),
        state: words.code("import-state", upload.state.code()).into_owned(),
        when: moment(words, upload.made_at),
        name: upload.file_name,
        by: upload.by,
    });
    let page = Page {
        frame: visit
            .frame()
            .refused_if(!problems.is_empty())
            .with_notice(notice),
        problems,
        kinds: KINDS
            .map(|kind| (kind.code().to_owned(), name(kind)))
            .into(),
        kind: kind.to_owned(),
        hint: words.with("import-file-hint", &[("rows", &MOST_ROWS)]),
        lines: lines.collect(),
        t: words,
    };
    Ok(Html(page.render()?))
}

impl Page {
    fn error(&self, field: &str) -> String {
        crate::web::form::error_of(&self.problems, field)
    }
}
