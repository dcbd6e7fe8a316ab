//! The report on paper: what the page shows, handed to the press.

use super::Report;
use super::view::{Section, View};
use crate::catalogue::Words;
use crate::pdf::outcomes::{LineView, OutcomesView, PartView, render};
use crate::pdf::report::PictureView;
use crate::services::{ServiceError, press};

impl Report {
    /// The report as a PDF. `owner`: whose service it is.
    pub async fn pdf(&self, words: Words, owner: &str) -> Result<Vec<u8>, ServiceError> {
        let paper = self.paper(words, owner, self.view(words));
        press::printed(move || render(&paper)).await
    }

    fn paper(&self, words: Words, owner: &str, view: View) -> OutcomesView {
        OutcomesView {
            language: words.tag().to_owned(),
            owner: owner.to_owned(),
            title: words.get("outcomes-title").into_owned(),
            made: words.with("report-made", &[("version", &env!("CARGO_PKG_VERSION"))]),
            page: words.with("report-page", &[("page", &"{page}"), ("pages", &"{pages}")]),
            sentence: view.sentence,
            period: view.period,
            withholding: view.withholding,
            parts: view.sections.into_iter().map(part).collect(),
            // The same figures give the same bytes.
            on: self.figures.today,
        }
    }
}

fn part(section: Section) -> PartView {
    PartView {
        title: section.title,
        definition: section.definition,
        row: section.row,
        columns: section.columns,
        lines: section
            .lines
            .into_iter()
            .map(|line| LineView {
                label: line.label,
                cells: line.cells,
            })
            .collect(),
        picture: section.picture.map(|picture| PictureView {
            svg: picture.svg,
            title: picture.title,
            summary: picture.summary,
        }),
    }
}
