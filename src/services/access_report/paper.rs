//! The report on paper: what the page shows, handed to the press.

use chrono_tz::Europe::Rome;

use super::view::{Section, Summary};
use super::{Report, View};
use crate::catalogue::Words;
use crate::pdf::report::{
    LineView, PictureView, ReportView, ReportWords, SectionView, SummaryView, render,
};
use crate::services::{ServiceError, press};

impl Report {
    /// The report as a PDF; none where nothing can be told. `owner`: whose service it
    /// is.
    pub async fn pdf(&self, words: Words, owner: &str) -> Result<Option<Vec<u8>>, ServiceError> {
        let Some(view) = self.view(words) else {
            return Ok(None);
        };
        let paper = self.paper(words, owner, &view);
        Ok(Some(press::printed(move || render(&paper)).await?))
    }

    fn paper(&self, words: Words, owner: &str, view: &View) -> ReportView {
        let get = |key: &str| words.get(key).into_owned();
        let on = match &self.closed {
            Some(closed) => closed.on.with_timezone(&Rome).date_naive(),
            // the last day that it tells of: the same numbers give the same bytes
            None => chrono::NaiveDate::from_ymd_opt(self.year, 12, 31).unwrap_or_default(),
        };
        ReportView {
            language: words.tag().to_owned(),
            owner: owner.to_owned(),
            title: words.with("report-title", &[("year", &view.year)]),
            made: words.with("report-made", &[("version", &env!("CARGO_PKG_VERSION"))]),
            closed: view.closed.clone(),
            withholding: view.withholding.clone(),
            attribution: view.attribution.to_owned(),
            words: ReportWords {
                page: words.with("report-page", &[("page", &"{page}"), ("pages", &"{pages}")]),
                year: view.year.clone(),
                year_before: view.year_before.clone(),
                difference: get("report-difference"),
                first_values: get("report-first-values"),
                notes: get("report-notes"),
                age_band: get("report-prevailing-age"),
                sex: get("report-prevailing-sex"),
                reasons: get("report-top-reasons"),
                citizenships: get("report-top-citizenships"),
            },
            first: section(words, &view.first),
            summaries: view
                .summaries
                .iter()
                .map(|one| summary(words, one))
                .collect(),
            notes: view.notes.clone(),
            sections: view
                .sections
                .iter()
                .map(|one| section(words, one))
                .collect(),
            on,
        }
    }
}

fn section(words: Words, section: &Section) -> SectionView {
    SectionView {
        code: section.code.clone(),
        title: section.title.clone(),
        definition: section.definition.clone(),
        row: words.code("report-row", &section.code).into_owned(),
        headings: section
            .headings
            .iter()
            .map(|one| one.label.clone())
            .collect(),
        lines: section
            .lines
            .iter()
            .map(|line| LineView {
                label: line.label.clone(),
                is_group: line.is_group,
                cells: line
                    .cells
                    .iter()
                    .map(|cell| {
                        [
                            cell.now.clone(),
                            cell.before.clone(),
                            cell.difference.clone(),
                        ]
                    })
                    .collect(),
            })
            .collect(),
        pictures: section
            .pictures
            .iter()
            .map(|picture| PictureView {
                svg: picture.svg.clone(),
                title: picture.title.clone(),
                summary: picture.summary.clone(),
            })
            .collect(),
    }
}

fn summary(words: Words, summary: &Summary) -> SummaryView {
    let joined = |list: &[(String, String)]| {
        if list.is_empty() {
            return words.get("accesses-nothing").into_owned();
        }
        let one = |(label, number): &(String, String)| format!("{label} ({number})");
        list.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    SummaryView {
        column: summary.column.clone(),
        age_band: summary.age_band.clone(),
        sex: summary.sex.clone(),
        reasons: joined(&summary.reasons),
        citizenships: joined(&summary.citizenships),
    }
}
