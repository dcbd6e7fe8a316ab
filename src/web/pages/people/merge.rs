//! Two records side by side, made one field by field; and the way back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use super::{list_title, pairs};
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::services::ServiceError;
use crate::services::merging::{self, Compared, Decision};
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, shown};
use crate::web::frame::Frame;
use crate::web::pages::registering::history::{Teller, Told};
use crate::web::pages::registering::section_of;

/// Where somebody came from.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    /// The page of the list of pairs.
    pairs: Option<String>,
}

/// One record.
struct Side {
    code: String,
    name: String,
    version: i32,
}

/// What differs.
struct Choice {
    id: String,
    label: String,
    texts: [String; 2],
    chosen: usize,
}

/// What hangs on both.
struct Hanging {
    label: String,
    counts: [String; 2],
}

#[derive(Template)]
#[template(path = "pages/people/merge.html")]
struct Page {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    action: String,
    /// The first one's address.
    record: String,
    name: String,
    pairs: Option<String>,
    sides: [Side; 2],
    keep: usize,
    hanging: Vec<Hanging>,
    choices: Vec<Choice>,
    alike: Vec<Told>,
    days: i64,
    problems: Vec<Shown>,
}

/// Both of them, with what is proposed.
pub async fn get(
    form: Form,
    visit: Visit,
    Path((code, other)): Path<(String, String)>,
    Query(begun): Query<Begun>,
) -> Result<Response, PageError> {
    let compared = compared(form, &visit, [&code, &other]).await?;
    let typed = Typed::default();
    let page = page(form, &visit, &compared, &typed, begun.pairs, Vec::new()).await?;
    Ok(page.into_response())
}

/// Makes them one.
pub async fn post(
    form: Form,
    visit: Visit,
    Path((code, other)): Path<(String, String)>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(sent.iter().cloned());
    let codes = [code.as_str(), other.as_str()];
    let version = |name: &str| typed.text(name).parse().unwrap_or(0);
    let taken = sent.iter().filter_map(|(name, value)| {
        let column = name.strip_prefix("field-")?;
        Some((column.to_owned(), value.parse().ok().filter(|at| *at < 2)?))
    });
    let decision = Decision {
        keep: usize::from(typed.text("keep") == "1"),
        versions: [version("version-0"), version("version-1")],
        taken: taken.collect(),
    };
    let from_pairs = Some(typed.text("pairs").to_owned()).filter(|page| !page.is_empty());
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let (status, problems) = match merging::merge(context, actor, form, codes, &decision).await {
        Ok(()) => {
            let kept = codes[decision.keep];
            let target = match &from_pairs {
                Some(page) => pairs::back(form, page, "merged"),
                None => format!("{}/{kept}?done=merged", section_of(form)),
            };
            return Ok(Redirect::to(&target).into_response());
        }
        Err(ServiceError::Stale) => {
            let changed = Problem {
                field: "keep",
                value: String::new(),
                why: Why::new("problem-merge-stale"),
            };
            (StatusCode::CONFLICT, vec![changed])
        }
        Err(ServiceError::Invalid(invalid)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid.0),
        Err(error) => return Err(error.into()),
    };
    let compared = compared(form, &visit, codes).await?;
    let problems = shown(visit.words, &problems)
        .into_iter()
        .map(|problem| Shown {
            // A field that is chosen with others is found by the first of them.
            field: target_of(&compared, &problem.field),
            message: problem.message,
        })
        .collect();
    let page = page(form, &visit, &compared, &typed, from_pairs, problems).await?;
    Ok((status, page).into_response())
}

/// Where a problem's link leads: the first box of its choice.
fn target_of(compared: &Compared, field: &str) -> String {
    let of = compared
        .fields
        .iter()
        .find(|one| one.columns.contains(&field));
    of.map_or_else(
        || "keep-0".to_owned(),
        |one| format!("field-{}-0", one.columns[0]),
    )
}

/// Undoes a merge.
pub async fn undo(
    form: Form,
    visit: Visit,
    Path((code, merge)): Path<(String, String)>,
) -> Result<Redirect, PageError> {
    let id = merge.parse().map_err(|_| PageError::NotFound)?;
    let undone = merging::undo(&visit.site.context, visit.actor()?, form, &code, id).await?;
    let section = section_of(form);
    let done = if undone.newer_stays {
        "unmerged-newer"
    } else {
        "unmerged"
    };
    Ok(Redirect::to(&format!("{section}/{code}?done={done}")))
}

async fn compared(form: Form, visit: &Visit, codes: [&str; 2]) -> Result<Compared, PageError> {
    Ok(merging::compare(&visit.site.context, visit.actor()?, form, codes).await?)
}

async fn page(
    form: Form,
    visit: &Visit,
    compared: &Compared,
    typed: &Typed,
    pairs: Option<String>,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let teller = Teller::load(visit, form).await?;
    let [one, other] = &compared.sides;
    let told = |column: &str, at: usize| {
        let side = &compared.sides[at].opened;
        teller.told(column, side.cell(column))
    };
    let choices = compared.fields.iter().map(|field| {
        let name = field.columns[0];
        let text = |at: usize| {
            if field.columns.len() == 1 {
                return told(name, at).said;
            }
            let each = field.columns.iter().map(|column| told(column, at));
            let each = each.map(|told| format!("{}: {}", told.label, told.said));
            each.collect::<Vec<_>>().join("; ")
        };
        let labels = field.columns.iter().map(|column| told(column, 0).label);
        Choice {
            id: format!("field-{name}"),
            label: labels.collect::<Vec<_>>().join(", "),
            texts: [text(0), text(1)],
            chosen: match typed.text(&format!("field-{name}")) {
                "0" => 0,
                "1" => 1,
                _ => field.proposed,
            },
        }
    });
    let hanging = one.hanging.iter().zip(&other.hanging);
    let hanging = hanging.filter(|((_, mine), (_, theirs))| mine + theirs > 0);
    let hanging = hanging.map(|((what, mine), (_, theirs))| Hanging {
        label: words.code("hanging", what).into_owned(),
        counts: [*mine, *theirs]
            .map(|count| words.number(i64::try_from(count).unwrap_or(i64::MAX))),
    });
    let side = |side: &merging::Side| Side {
        code: side.opened.code.clone(),
        name: side.opened.title.clone(),
        version: side.opened.version,
    };
    let section = section_of(form);
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        section,
        section_title: list_title(form),
        action: format!("{section}/{}/merge/{}", one.opened.code, other.opened.code),
        name: one.opened.title.clone(),
        record: format!("{section}/{}", one.opened.code),
        pairs,
        keep: match typed.text("keep") {
            "0" => 0,
            "1" => 1,
            _ => compared.keep,
        },
        hanging: hanging.collect(),
        choices: choices.collect(),
        alike: compared
            .alike
            .iter()
            .map(|column| told(column, 0))
            .collect(),
        sides: [side(one), side(other)],
        days: merging::UNDO_LIFE.num_days(),
        problems,
    };
    Ok(Html(page.render()?))
}
