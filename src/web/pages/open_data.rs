//! What everybody may read and reuse: the closed years as pages, CSV and JSON, and
//! the catalogue that tells machines of them (DCAT-AP_IT in JSON-LD). Only what was
//! published when a year was closed; no filter.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::catalogue::{Language, Words};
use crate::services::access_report::{self, View};
use crate::services::frozen_years;
use crate::storage::frozen_years::Frozen;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/open_data/list.html")]
struct List {
    t: Words,
    frame: Frame,
    years: Vec<Offer>,
}

/// A closed year of the list.
struct Offer {
    year: String,
    date: String,
    /// None where nothing of it can be told.
    total: Option<String>,
}

/// The list.
pub async fn list(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let years = frozen_years::list(&visit.site.context).await?;
    let offer = |one: Frozen| Offer {
        year: one.year.to_string(),
        date: words.date(one.frozen_at.date_naive()),
        total: one
            .published
            .and_then(|tables| tables.totals.last().map(|total| words.number(*total))),
    };
    let page = List {
        t: words,
        frame: visit.frame(),
        years: years.into_iter().map(offer).collect(),
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/open_data/year.html")]
struct ClosedYear {
    t: Words,
    frame: Frame,
    year: String,
    view: Option<View>,
}

/// `2024`, `accesses-2024.csv`, `.json`, `.pdf` or `catalogue.jsonld`.
pub async fn file(visit: Visit, Path(name): Path<String>) -> Result<Response, PageError> {
    if name == "catalogue.jsonld" {
        return catalogue(&visit).await;
    }
    let (year, kind) = match name
        .strip_prefix("accesses-")
        .and_then(|rest| rest.split_once('.'))
    {
        Some((year, kind)) => (year, kind),
        None => (name.as_str(), ""),
    };
    let year = super::reports::accesses::year_of(year).ok_or(PageError::NotFound)?;
    let report = access_report::published(&visit.site.context, year).await?;
    let report = report.ok_or(PageError::NotFound)?;
    let (content, bytes) = match kind {
        "" => {
            let page = ClosedYear {
                t: visit.words,
                frame: visit.frame(),
                year: year.to_string(),
                view: report.view(visit.words),
            };
            return Ok(Html(page.render()?).into_response());
        }
        "csv" => ("text/csv; charset=utf-8", report.year_csv()?),
        "json" => ("application/json; charset=utf-8", report.year_json()),
        "pdf" => {
            let kept = frozen_years::pdf(&visit.site.context, year).await?;
            ("application/pdf", kept.ok_or(PageError::NotFound)?)
        }
        _ => return Err(PageError::NotFound),
    };
    let saved_as = format!("attachment; filename=\"accesses-{year}.{kind}\"");
    let headers = [
        (header::CONTENT_TYPE, content.to_owned()),
        (header::CONTENT_DISPOSITION, saved_as),
    ];
    Ok((headers, bytes).into_response())
}

async fn catalogue(visit: &Visit) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let years = frozen_years::list(context).await?;
    let words = Words::new(Language::It);
    let base = format!("{}/open-data", context.public_url);
    let newest = years.iter().map(|one| one.frozen_at).max();
    let publisher = json!({"@type": "foaf:Agent", "foaf:name": visit.site.owner});
    let datasets: Vec<Value> = years
        .iter()
        .map(|one| dataset(words, &base, &publisher, one))
        .collect();
    let catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "dcatapit": "http://dati.gov.it/onto/dcatapit#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": base,
        "@type": ["dcat:Catalog", "dcatapit:Catalog"],
        "dct:title": words.get("open-data-title"),
        "dct:description": words.get("open-data-text"),
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/ITA"},
        "dct:modified": newest.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        "foaf:homepage": {"@id": base},
        "dcat:dataset": datasets,
    });
    let kind = [(header::CONTENT_TYPE, "application/ld+json; charset=utf-8")];
    Ok((kind, catalogue.to_string()).into_response())
}

fn dataset(words: Words, base: &str, publisher: &Value, one: &Frozen) -> Value {
    let year = one.year.to_string();
    let at = one.frozen_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let licence = "https://creativecommons.org/licenses/by/4.0/";
    let distribution = |kind: &str, authority: &str, media: &str| {
        let url = format!("{base}/accesses-{year}.{kind}");
        json!({
            "@id": url,
            "@type": ["dcat:Distribution", "dcatapit:Distribution"],
            "dct:title": format!("{} {year} ({})", words.get("open-data-dataset"), kind.to_uppercase()),
            "dct:format": {"@id": format!("http://publications.europa.eu/resource/authority/file-type/{authority}")},
            "dcat:mediaType": media,
            "dcat:accessURL": {"@id": format!("{base}/{year}")},
            "dcat:downloadURL": {"@id": url},
            "dct:license": {"@id": licence},
        })
    };
    json!({
        "@id": format!("{base}/{year}"),
        "@type": ["dcat:Dataset", "dcatapit:Dataset"],
        "dct:identifier": format!("accesses-{year}"),
        "dct:title": format!("{} {year}", words.get("open-data-dataset")),
        "dct:description": words.get("open-data-text"),
        "dcat:theme": [{"@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"}],
        "dct:issued": at,
        "dct:modified": at,
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"},
        "dct:temporal": {"dcat:startDate": format!("{year}-01-01"), "dcat:endDate": format!("{year}-12-31")},
        "dct:publisher": publisher,
        "dct:rightsHolder": publisher,
        "dct:license": {"@id": licence},
        "dcat:distribution": [
            distribution("csv", "CSV", "text/csv"),
            distribution("json", "JSON", "application/json"),
            distribution("pdf", "PDF", "application/pdf"),
        ],
    })
}
