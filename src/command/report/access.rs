//! `dom report access`: the yearly report of the access log, each figure with
//! that of the year before.

use std::process::ExitCode;

use crate::catalogue::Words;
use crate::domain::access::figures::{Cases, DeskFigures, Ranked, YearReport};
use crate::domain::access::vocabulary::{Field, Vocabulary};
use crate::domain::country::Country;
use crate::domain::ids::DeskCode;
use crate::domain::place::Comune;
use crate::services::{Context, accesses, sentences};
use crate::storage;

/// Of which year, and of which desk.
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2100))]
    year: i32,
    /// All desks when absent
    #[arg(long, value_name = "CODE", value_parser = super::super::desk_code)]
    desk: Option<DeskCode>,
    #[arg(long)]
    json: bool,
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: &Args) -> anyhow::Result<ExitCode> {
    let [this, before] = accesses::report(context, args.year, args.desk.as_ref()).await?;
    let (report, before) = (this.report(), before.report());
    if args.json {
        say!("{}", serde_json::to_string(&report)?);
        return Ok(ExitCode::SUCCESS);
    }
    let vocabulary = storage::vocabulary::load(context.db.read()).await?;
    let page = Page {
        words,
        vocabulary,
        before,
    };
    say!("{}", page.lines(&report).join("\n"));
    Ok(ExitCode::SUCCESS)
}

struct Page {
    words: Words,
    vocabulary: Vocabulary,
    before: YearReport,
}

impl Page {
    fn lines(&self, report: &YearReport) -> Vec<String> {
        let year = report.year.to_string();
        let mut lines = vec![self.words.with("accesses-year", &[("year", &year)])];
        for (desk, before) in report.desks.iter().zip(&self.before.desks) {
            lines.extend(self.desk(desk, before));
        }
        lines.extend(self.comuni(report));
        lines.push(self.words.with(
            "accesses-dom",
            &[
                ("workers", &report.dom.workers_registered),
                ("workers_before", &self.before.dom.workers_registered),
                ("families", &report.dom.families_with_sheets),
                ("families_before", &self.before.dom.families_with_sheets),
            ],
        ));
        lines
    }

    fn desk(&self, desk: &DeskFigures, before: &DeskFigures) -> Vec<String> {
        let words = self.words;
        let count = |key: &str, now: u64, then: u64| {
            let line = words.with(key, &[("count", &now), ("before", &then)]);
            format!("  {line}")
        };
        let mut lines = vec![
            words.with(
                "accesses-desk",
                &[
                    ("desk", &desk.desk.as_str()),
                    ("count", &desk.total),
                    ("before", &before.total),
                ],
            ),
            count("accesses-front-desk", desk.front_desk, before.front_desk),
            count("accesses-phone-email", desk.phone_email, before.phone_email),
            count("accesses-first", desk.first_accesses, before.first_accesses),
            count(
                "accesses-italian",
                desk.italian_accesses,
                before.italian_accesses,
            ),
        ];
        let label = |field: Field, code: &Option<String>| match code {
            Some(code) => self.label(field, code),
            None => words.get("accesses-nothing").into_owned(),
        };
        let age_band = label(Field::AgeBand, &desk.prevailing_age_band);
        let sex = label(Field::Sex, &desk.prevailing_sex);
        let prevailing = words.with(
            "accesses-prevailing",
            &[("age_band", &age_band), ("sex", &sex)],
        );
        lines.push(format!("  {prevailing}"));
        lines.extend(self.ranked("accesses-reasons", &desk.top_reasons, |code| {
            self.label(Field::Reason, code)
        }));
        lines.extend(
            self.ranked("accesses-citizenships", &desk.top_citizenships, |code| {
                country(words, code)
            }),
        );
        let months: Vec<String> = desk.by_month.iter().map(|one| words.number(*one)).collect();
        let months = words.with("accesses-months", &[("months", &months.join(" · "))]);
        lines.push(format!("  {months}"));
        lines.push(format!("  {}", self.cases(desk.accompaniments)));
        lines
    }

    fn cases(&self, cases: Cases) -> String {
        self.words.with(
            "accesses-cases",
            &[
                ("total", &cases.total),
                ("before", &cases.from_before),
                ("closed", &cases.closed),
                ("over", &cases.carried_over),
                ("quick", &cases.quick),
            ],
        )
    }

    fn ranked(&self, key: &str, ranked: &[Ranked], label: impl Fn(&str) -> String) -> Vec<String> {
        if ranked.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![format!("  {}", self.words.get(key))];
        for (code, count) in ranked {
            lines.push(format!(
                "    {}: {}",
                label(code),
                self.words.number(*count)
            ));
        }
        lines
    }

    fn comuni(&self, report: &YearReport) -> Vec<String> {
        let words = self.words;
        let mut lines = vec![words.get("accesses-comuni").into_owned()];
        for row in report.by_comune.iter().filter(|row| row.accesses > 0) {
            let name = match Comune::by_istat(&row.comune) {
                Some(comune) => comune.name().to_owned(),
                None => words.get("accesses-elsewhere").into_owned(),
            };
            lines.push(format!("  {name}: {}", words.number(row.accesses)));
        }
        if report.by_comune_total != report.front_desk_total {
            lines.push(words.with(
                "accesses-comuni-differ",
                &[
                    ("comuni", &report.by_comune_total),
                    ("front_desk", &report.front_desk_total),
                ],
            ));
        }
        lines
    }

    fn label(&self, field: Field, code: &str) -> String {
        match self.vocabulary.term(field, code) {
            Some(term) => sentences::term(self.words, term).to_owned(),
            None => code.to_owned(),
        }
    }
}

fn country(words: Words, code: &str) -> String {
    let known = Country::by_alpha2(code).map(|one| sentences::country(words, one));
    known.unwrap_or(code).to_owned()
}
