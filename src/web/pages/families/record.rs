//! A family's page: how to reach them, and what they asked for.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::family::Family;
use crate::domain::ids::FamilyCode;
use crate::domain::request::CareRequest;
use crate::services::registering::Form;
use crate::services::{informing, places, records, safeguarding, sentences};
use crate::storage::Stored;
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::facts::{Facts, Section};
use crate::web::frame::Frame;
use crate::web::pages::people::inform::notices_given;
use crate::web::pages::people::rights;
use crate::web::pages::registering::Seen;
use crate::web::pages::registering::history::{self, Line, MergedHere};

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
    record: String,
    merges: Vec<MergedHere>,
    held: bool,
    /// That the data may not be used, since when, by whom and why.
    restricted: Option<String>,
    /// That the telephone can't be read as a number.
    phone_doubt: Option<String>,
    /// To the form that was left to look here.
    way_back: Option<String>,
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(seen): Query<Seen>,
) -> Result<Html<String>, PageError> {
    let code = FamilyCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let context = &visit.site.context;
    let record = records::family(context, visit.actor()?, &code).await?;
    let family = &record.family.value;
    let way_back = seen.way_back(&visit, Form::Family).await?;
    let desk = places::desk(context, &family.desk).await?.name;
    let partner = match &family.referred_by {
        Some(code) => Some(places::partner(context, code).await?.name),
        None => None,
    };
    let mut contact = section(visit.words, family, desk, partner);
    let person = Person::Family(record.family.id);
    let given = informing::of_person(context, visit.actor()?, person).await?;
    contact.facts.extend(notices_given(visit.words, &given));
    let page = Page {
        way_back,
        t: visit.words,
        frame: visit.frame().with_notice(seen.notice(visit.words)),
        history: history::lines(&visit, Form::Family, code.as_str()).await?,
        record: format!("/families/{code}"),
        code: code.to_string(),
        name: family.full_name(),
        sections: vec![contact, recipient(visit.words, family)],
        merges: history::merges(&visit, Form::Family, code.as_str()).await?,
        held: safeguarding::is_held(context, visit.actor()?, Form::Family, code.as_str()).await?,
        restricted: rights::on_record(&visit, Form::Family, code.as_str()).await?,
        phone_doubt: sentences::phone_doubt(visit.words, family.phone.as_ref()),
        requests: record.requests,
    };
    Ok(Html(page.render()?))
}

/// For whom. Without a name it is the one who asks.
fn recipient(words: Words, family: &Family) -> Section {
    let recipient = &family.recipient;
    Facts::of(words, "section-recipient")
        .fact(
            "fact-recipient-name",
            recipient.name.as_ref().map(ToString::to_string),
        )
        .fact(
            "fact-guardianship",
            recipient
                .guardianship
                .map(|one| words.code("guardianship", one.code()).into_owned()),
        )
        .fact(
            "fact-guardian-name",
            recipient.guardian_name.as_ref().map(ToString::to_string),
        )
        .fact(
            "fact-guardian-phone",
            recipient.guardian_phone.as_ref().map(ToString::to_string),
        )
        .done()
}

/// `partner`: who sent the family; none where it came by itself.
fn section(words: Words, family: &Family, desk: String, partner: Option<String>) -> Section {
    let referred_by = partner.unwrap_or_else(|| words.get("referred-by-self").into_owned());
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
            Some(sentences::language(words, family.contact_language).into_owned()),
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
        .fact("fact-desk", Some(desk))
        .done()
}
