//! `dom report outcomes`: did matches become jobs. For people the one sentence
//! comes first; where a rate stands on fewer than ten, counts stand in its place.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ValueEnum;

use super::super::out;
use crate::catalogue::Words;
use crate::domain::outcome::{Figures, Period, Placement, Quartiles, Retained, States};
use crate::pending::Pending;
use crate::services::outcome_report::{self, FEWEST, sentence};
use crate::services::{Context, outcomes};

/// Of which requests: those whose first sheet was issued in the period.
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, value_name = "DATE", value_parser = super::super::day)]
    from: NaiveDate,
    #[arg(long, value_name = "DATE", value_parser = super::super::day)]
    to: NaiveDate,
    /// Instead of the clock's day
    #[arg(long, value_name = "DATE", value_parser = super::super::day)]
    today: Option<NaiveDate>,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Written whole or not at all; otherwise to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
    Xlsx,
    Pdf,
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: &Args) -> anyhow::Result<ExitCode> {
    if args.to < args.from {
        aside!("dom: {}", words.get("outcomes-period-turned"));
        return Ok(ExitCode::from(2));
    }
    let period = Period {
        from: args.from,
        to: args.to,
        today: args.today.unwrap_or_else(|| context.today()),
    };
    let bytes = written(context, words, args, period).await?;
    if let Some(place) = &args.out {
        let mut pending = Pending::begin(place)?;
        pending.write_all(&bytes)?;
        pending.finish()?;
    } else {
        out::whole(&bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn written(
    context: &Context,
    words: Words,
    args: &Args,
    period: Period,
) -> anyhow::Result<Vec<u8>> {
    let line = |text: String| format!("{text}\n").into_bytes();
    if args.json || args.format == Format::Json {
        let figures = outcomes::report(context, period).await?;
        return Ok(line(serde_json::to_string(&figures)?));
    }
    if args.format == Format::Text {
        let figures = outcomes::report(context, period).await?;
        return Ok(line(Page { words, figures }.lines().join("\n")));
    }
    let report = outcome_report::everything(context, period).await?;
    Ok(match args.format {
        Format::Csv => report.csv()?,
        Format::Xlsx => report.xlsx()?,
        _ => report.pdf(words, &words.get("service-owner")).await?,
    })
}

struct Page {
    words: Words,
    figures: Figures,
}

impl Page {
    fn lines(&self) -> Vec<String> {
        let figures = &self.figures;
        let period = self.words.with(
            "outcomes-period",
            &[
                ("from", &self.words.date(figures.from)),
                ("to", &self.words.date(figures.to)),
                ("today", &self.words.date(figures.today)),
            ],
        );
        let mut lines = vec![
            sentence(self.words, figures, figures.placement.weighted),
            period,
        ];
        lines.extend(self.requests());
        if figures.requests > 0 {
            lines.extend(self.placement());
            lines.extend(self.introductions());
            lines.extend(self.jobs());
            lines.extend(self.reasons());
            lines.extend(self.groups());
        }
        lines
    }

    fn requests(&self) -> Vec<String> {
        let (words, figures) = (self.words, &self.figures);
        let (states, excluded) = (&figures.requests_by_state, &figures.excluded);
        vec![
            words.with(
                "outcomes-opened",
                &[
                    ("opened", &figures.opened),
                    ("without", &figures.without_sheet),
                ],
            ),
            words.with(
                "outcomes-excluded",
                &[
                    ("died", &excluded.died),
                    ("residential", &excluded.residential_care),
                    ("moved", &excluded.moved),
                    ("duplicate", &excluded.duplicate),
                ],
            ),
            words.with(
                "outcomes-states",
                &[
                    ("filled", &states.filled),
                    ("elsewhere", &states.filled_elsewhere),
                    ("not", &states.not_filled),
                    ("conflict", &states.conflict),
                    ("unknown", &states.unknown),
                ],
            ),
            self.quartiles("outcomes-days-to-sheet", &figures.days_to_first_sheet),
            self.quartiles("outcomes-days-to-hire", &figures.days_to_hire),
        ]
    }

    fn placement(&self) -> Vec<String> {
        let (words, figures) = (self.words, &self.figures);
        let mature = words.with("outcomes-mature", &[("mature", &figures.mature)]);
        if figures.requests < FEWEST {
            return vec![mature];
        }
        let Placement {
            strict_lower,
            strict_upper,
            observed,
            wilson,
            borrowed_cells,
            need_met_lower,
            need_met_upper,
            ..
        } = &figures.placement;
        let range = |key: &str, [lower, upper]: [Option<u32>; 2]| {
            words.with(
                key,
                &[("lower", &self.rate(lower)), ("upper", &self.rate(upper))],
            )
        };
        let mut lines = vec![
            range("outcomes-strict", [*strict_lower, *strict_upper]),
            range("outcomes-need-met", [*need_met_lower, *need_met_upper]),
            mature,
        ];
        if let Some(observed) = observed {
            let estimate = words.with(
                "outcomes-observed",
                &[
                    ("observed", &words.per_cent(observed)),
                    ("lower", &self.rate(wilson[0])),
                    ("upper", &self.rate(wilson[1])),
                ],
            );
            lines.push(estimate);
            lines.push(words.count("outcomes-assumption", borrowed_cells));
        }
        lines
    }

    fn introductions(&self) -> Vec<String> {
        let (words, figures) = (self.words, &self.figures);
        let (answered, agreement) = (&figures.answered, &figures.agreement);
        let mut lines = vec![words.with(
            "outcomes-answered",
            &[
                ("introductions", &figures.introductions),
                ("family", &answered.family),
                ("worker", &answered.worker),
                ("both", &answered.both),
                ("any", &answered.any),
            ],
        )];
        lines.push(words.with(
            "outcomes-agreement",
            &[
                ("hired", &agreement.both_hired),
                ("not", &agreement.both_no),
                ("family", &agreement.family_only),
                ("worker", &agreement.worker_only),
            ],
        ));
        let pairs = agreement.both_hired
            + agreement.both_no
            + agreement.family_only
            + agreement.worker_only;
        if pairs >= FEWEST {
            let kappa = agreement.kappa.and_then(|kappa| i32::try_from(kappa).ok());
            let kappa = kappa.map_or_else(
                || self.nothing(),
                |kappa| words.number(f64::from(kappa) / 1000.0),
            );
            let agree = self.rate(agreement.agree);
            lines.push(words.with("outcomes-kappa", &[("agree", &agree), ("kappa", &kappa)]));
        }
        lines
    }

    fn jobs(&self) -> Vec<String> {
        let (words, figures) = (self.words, &self.figures);
        let (regular, fit) = (&figures.regular, &figures.fit);
        let tally = &regular.tally;
        let mut lines = vec![
            words.with(
                "outcomes-regular",
                &[("hired", &regular.hired), ("yes", &regular.yes)],
            ),
            words.with(
                "outcomes-tally",
                &[
                    ("no", &tally.no),
                    ("unknown", &tally.dont_know),
                    ("silent", &tally.rather_not_say),
                ],
            ),
            words.with(
                "outcomes-fit",
                &[("both", &fit.both_answered), ("yes", &fit.both_yes)],
            ),
            words.with("outcomes-started", &[("count", &figures.retention.n)]),
        ];
        if figures.retention.n >= FEWEST {
            lines.push(self.retained(90, &figures.retention.after_90));
            lines.push(self.retained(180, &figures.retention.after_180));
        }
        lines
    }

    fn retained(&self, days: u32, retained: &Retained) -> String {
        let [lower, upper, estimate] =
            [retained.lower, retained.upper, retained.estimate].map(|rate| self.rate(rate));
        self.words.with(
            "outcomes-retained",
            &[
                ("days", &days),
                ("lower", &lower),
                ("upper", &upper),
                ("estimate", &estimate),
                ("at_risk", &retained.at_risk),
            ],
        )
    }

    fn reasons(&self) -> Vec<String> {
        let words = self.words;
        let mut lines = Vec::new();
        for (code, count) in &self.figures.reasons {
            if lines.is_empty() {
                lines.push(words.get("outcomes-reasons").into_owned());
            }
            let reason = words.code("coded", format!("answer_no-{code}"));
            lines.push(format!("  {reason}: {}", words.number(*count)));
        }
        lines
    }

    fn groups(&self) -> Vec<String> {
        let (words, figures) = (self.words, &self.figures);
        let mut lines = vec![words.get("outcomes-by-desk").into_owned()];
        for group in &figures.by_desk {
            lines.push(self.group(&group.desk, &group.states, &group.placement));
        }
        lines.push(words.get("outcomes-by-arrangement").into_owned());
        for group in &figures.by_arrangement {
            let name = words.code("arrangement", &group.arrangement);
            lines.push(self.group(&name, &group.states, &group.placement));
        }
        lines.push(words.get("outcomes-by-partner").into_owned());
        for group in &figures.by_partner {
            let by_itself = words.get("outcomes-by-itself");
            let name = if group.partner == "self" {
                &by_itself
            } else {
                group.partner.as_str()
            };
            lines.push(self.group(name, &group.states, &group.placement));
        }
        lines
    }

    fn group(&self, name: &str, states: &States, rates: &Placement) -> String {
        let requests = states.all();
        let line = if requests < FEWEST {
            self.words.with(
                "outcomes-group-few",
                &[
                    ("name", &name),
                    ("requests", &requests),
                    ("lower", &states.filled),
                    ("upper", &states.filled_at_most()),
                ],
            )
        } else {
            self.words.with(
                "outcomes-group",
                &[
                    ("name", &name),
                    ("requests", &requests),
                    ("lower", &self.rate(rates.lower)),
                    ("upper", &self.rate(rates.upper)),
                    ("weighted", &self.rate(rates.weighted)),
                ],
            )
        };
        format!("  {line}")
    }

    fn quartiles(&self, key: &str, quartiles: &Quartiles) -> String {
        let day = |value: Option<i64>| match value {
            Some(days) => self.words.number(days),
            None => self.nothing(),
        };
        self.words.with(
            key,
            &[
                ("first", &day(quartiles.q1)),
                ("median", &day(quartiles.median)),
                ("third", &day(quartiles.q3)),
            ],
        )
    }

    fn rate(&self, rate: Option<u32>) -> String {
        rate.map_or_else(|| self.nothing(), |rate| self.words.per_cent(rate))
    }

    fn nothing(&self) -> String {
        self.words.get("outcomes-no-rate").into_owned()
    }
}
