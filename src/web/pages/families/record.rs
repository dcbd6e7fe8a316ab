//! A family's page: how to reach them, and what they asked for.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::family::Family;
use crate::domain::ids::FamilyCode;
use crate::domain::request::CareRequest;
use crate::services::registering::Form;
use crate::services::{records, sentences};
use crate::storage::Stored;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::facts::{Facts, Section};
use crate::web::frame::Frame;
use crate::web::pages::registering::Seen;
use crate::web::pages::registering::history::{self, Line};

#[derive(Template)]
#[template(path = "pages/families/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    name: String,
    sections: Vec<Section>,
    requests: Vec<Stored<CareRequest>>,
    history: Vec<Line>,
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(seen): Query<Seen>,
) -> Result<Html<String>, PageError> {
    let code = FamilyCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let record = records::family(&visit.site.context, visit.actor()?, &code).await?;
    let family = &record.family.value;
    let page = Page {
        t: visit.words,
        frame: visit.frame().with_notice(seen.notice(visit.words)),
        history: history::lines(&visit, Form::Family, code.as_str()).await?,
        code: code.to_string(),
        name: family.full_name(),
        sections: vec![section(visit.words, family)],
        requests: record.requests,
    };
    Ok(Html(page.render()?))
}

fn section(words: Words, family: &Family) -> Section {
    let referred_by = family.referred_by.as_ref().map_or_else(
        || words.get("referred-by-self").into_owned(),
        ToString::to_string,
    );
    Facts::of(words, "section-contact")
        .fact(
            "fact-relation",
            family
                .relation
                .map(|relation| words.code("relation", relation.code()).into_owned()),
        )
        .contact(family.phone.as_ref(), family.email.as_ref())
        .fact(
            "fact-contact-language",
            Some(sentences::language(words, family.contact_language).to_owned()),
        )
        .fact(
            "fact-contact-by",
            family
                .contact_by
                .map(|by| words.code("contact-by", by.code()).into_owned()),
        )
        .fact("fact-comune", Some(family.comune.unique_name()))
        .fact(
            "fact-address",
            family.address.as_ref().map(ToString::to_string),
        )
        .fact("fact-referred-by", Some(referred_by))
        .date("fact-family-consent-on", family.consent_on)
        .fact("fact-desk", Some(family.desk.to_string()))
        .done()
}
