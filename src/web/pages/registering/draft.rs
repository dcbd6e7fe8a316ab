//! Drafts: what the page's script keeps while somebody types, throwing one away and
//! bringing it back. A form without scripts keeps its own by a button.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum_extra::extract::Form as Sent;

use super::parts_of;
use super::posted::Posted;
use crate::services::drafts;
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// Letters of a page's count of its keepings.
const LONGEST_TURN: usize = 40;

/// Keeps what stands in a form now.
pub async fn keep(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<StatusCode, PageError> {
    let posted = Posted::new(pairs);
    let form = Form::parse(posted.first("form")).ok_or(PageError::NotFound)?;
    let record = Some(posted.first("record")).filter(|code| !code.is_empty());
    let mut fields = posted.kept(parts_of(form));
    let turn = posted.first(drafts::TURN);
    if (1..=LONGEST_TURN).contains(&turn.len()) {
        fields.push((drafts::TURN.to_owned(), turn.to_owned()));
    }
    drafts::keep(
        &visit.site.context,
        visit.actor()?,
        posted.first("draft"),
        form,
        record,
        &fields,
    )
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throws one away and leads home.
pub async fn throw_away(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    drafts::throw_away(&visit.site.context, visit.actor()?, &id).await?;
    Ok(Redirect::to("/"))
}

/// Brings back one that was thrown away and leads home.
pub async fn bring_back(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    drafts::bring_back(&visit.site.context, visit.actor()?, &id).await?;
    Ok(Redirect::to("/"))
}
