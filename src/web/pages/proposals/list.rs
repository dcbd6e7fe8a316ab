//! The list of proposals: mine, my desk's or everybody's, by what there is to do.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;

use super::next_act;
use crate::catalogue::Words;
use crate::services::proposals::lists;
use crate::services::waiting::Scope;
use crate::storage::asked::Show;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;

/// Whose, which, and which page.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    whose: Option<String>,
    show: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

struct Line {
    id: i64,
    worker: String,
    worker_name: String,
    request: String,
    family: String,
    on: String,
    until: String,
    state: &'static str,
    next: &'static str,
}

#[derive(Template)]
#[template(path = "pages/proposals/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    whose: &'static str,
    show: &'static str,
    scopes: Vec<(&'static str, String, bool)>,
    shows: Vec<(&'static str, String, bool)>,
    lines: Vec<Line>,
    paging: Paging,
}

/// A page of the list.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let scope = Scope::ALL
        .into_iter()
        .find(|one| Some(one.code()) == at.whose.as_deref())
        .unwrap_or(Scope::Desk);
    let show = Show::ALL
        .into_iter()
        .find(|one| Some(one.code()) == at.show.as_deref())
        .unwrap_or(Show::Waiting);
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = lists::page(context, actor, scope, show, &at).await?;
    let query = [("whose", Some(scope.code())), ("show", Some(show.code()))];
    let paging = Paging::of(&page, "/proposals", &query);
    let paging = paging.by_id(&page.rows, |asked| asked.proposal.id);
    let today = context.today();
    let lines = page.rows.into_iter().map(|asked| {
        let proposal = &asked.proposal.value;
        let state = asked.standing(today);
        Line {
            id: asked.proposal.id,
            on: words.date(proposal.proposed_on),
            until: words.date(proposal.expires_on),
            state: state.code(),
            next: next_act(proposal, state),
            worker: asked.worker.to_string(),
            worker_name: asked.worker_name,
            request: asked.request.to_string(),
            family: asked.family_name,
        }
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
        whose: scope.code(),
        show: show.code(),
        scopes: Scope::ALL
            .map(|one| {
                let name = words.code("home-scope", one.code()).into_owned();
                (one.code(), name, one == scope)
            })
            .into(),
        shows: Show::ALL
            .map(|one| {
                let name = words.code("proposals-show", one.code()).into_owned();
                (one.code(), name, one == show)
            })
            .into(),
        lines: lines.collect(),
        paging,
    };
    Ok(Html(page.render()?))
}
