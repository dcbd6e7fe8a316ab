//! What was found in a file, row by row, as a file for the spreadsheet it came from.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::catalogue::Words;
use crate::services::ServiceError;
use crate::services::uploads;
use crate::services::uploads::outcome::{Line, Outcome};
use crate::tabular;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::key;

/// The report.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let upload = uploads::open(&visit.site.context, visit.actor()?, key(&id)?).await?;
    let outcome = upload.outcome.as_deref().and_then(Outcome::read);
    let outcome = outcome.ok_or(PageError::NotFound)?;
    let bytes = csv(visit.words, &outcome)?;
    let name = format!("attachment; filename=\"dom-import-{}.csv\"", upload.id);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn csv(words: Words, outcome: &Outcome) -> Result<Vec<u8>, PageError> {
    let header = [
        words.get("import-report-row"),
        words.get("import-report-what"),
        words.get("import-report-column"),
        words.get("import-report-value"),
        words.get("import-report-why"),
    ];
    let header = header.each_ref().map(AsRef::as_ref);
    let line = |what: &str, line: &Line| {
        [
            line.row.to_string(),
            what.to_owned(),
            line.column.clone(),
            line.value.clone(),
            line.why.text(words).to_owned(),
        ]
    };
    let rejected = words.get("import-report-rejected");
    let doubt = words.get("import-report-doubt");
    let alike = words.get("import-report-likely");
    let mut rows: Vec<[String; 5]> = Vec::new();
    rows.extend(outcome.problems.iter().map(|one| line(&rejected, one)));
    rows.extend(outcome.doubts.iter().map(|one| line(&doubt, one)));
    rows.extend(outcome.likely.iter().map(|one| {
        let reasons = one.reasons.iter();
        let reasons: Vec<_> = reasons
            .map(|reason| words.code("likeness", reason))
            .collect();
        [
            one.row.to_string(),
            alike.to_string(),
            String::new(),
            format!("{} {}", one.code, one.there),
            reasons.join(", "),
        ]
    }));
    rows.sort_by_key(|row| row[0].parse::<u32>().unwrap_or(u32::MAX));
    let broken = |error: tabular::WriteError| ServiceError::Broken(error.to_string());
    // A mark that spreadsheets read the letters by.
    let bytes = "\u{feff}".as_bytes().to_vec();
    Ok(tabular::write_csv(&header, rows, bytes).map_err(broken)?)
}
