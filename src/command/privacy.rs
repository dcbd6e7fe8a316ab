//! `dom privacy register`: what is done with whose data, from the database and the
//! configuration as they are, as text (Markdown) or JSON.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::catalogue::Words;
use crate::domain::account::Role;
use crate::domain::processing::{Processing, Purpose};
use crate::services::Context;
use crate::services::processing::{self, Record, Time};

/// What to print.
#[derive(Subcommand)]
pub enum Args {
    /// The record of processing activities; fails where a column is not described
    Register {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: &Args) -> anyhow::Result<ExitCode> {
    let Args::Register { json } = args;
    let record = processing::record(context).await?;
    let register = Register {
        words,
        record: &record,
    };
    if *json {
        say!("{}", register.document());
    } else {
        say!("{}", register.lines().join("\n"));
    }
    anyhow::ensure!(
        record.undescribed.is_empty(),
        "{}",
        words.with(
            "register-undescribed",
            &[("columns", &record.undescribed.join(", "))]
        )
    );
    Ok(ExitCode::SUCCESS)
}

/// The words of codes, in one cell.
fn listed<'a>(
    codes: impl Iterator<Item = &'a str>,
    word: impl Fn(&str) -> Cow<'static, str>,
) -> String {
    codes.map(word).collect::<Vec<_>>().join(", ")
}

struct Register<'a> {
    words: Words,
    record: &'a Record,
}

impl Register<'_> {
    fn of<'a>(&'a self, purpose: &'a Purpose) -> impl Iterator<Item = &'a Processing> {
        let rows = self.record.rows.iter();
        rows.filter(move |row| row.purpose == purpose.code)
    }

    fn lines(&self) -> Vec<String> {
        let words = self.words;
        let day = words.date(self.record.day);
        let mut lines = vec![
            format!("# {}", words.get("register-title")),
            String::new(),
            words.with("register-made", &[("day", &day)]),
            words.get("register-to-complete").into_owned(),
        ];
        for purpose in Purpose::all() {
            lines.extend(self.purpose(purpose));
        }
        lines.extend([
            String::new(),
            format!("## {}", words.get("register-measures")),
            String::new(),
        ]);
        let measures = self.measures().into_iter();
        lines.extend(measures.map(|(code, value)| {
            let text = words.code("register-measure", code);
            if value.is_empty() {
                format!("- {text}")
            } else {
                format!("- {text}: {value}")
            }
        }));
        lines
    }

    fn purpose(&self, purpose: &Purpose) -> Vec<String> {
        let words = self.words;
        let name = words.code("register-purpose", &purpose.code);
        let bases = listed(purpose.bases(), |code| words.code("register-basis", code));
        let heads = [
            "register-head-data",
            "register-head-people",
            "register-head-recipients",
            "register-head-kept",
            "register-head-where",
        ]
        .map(|key| words.get(key).into_owned());
        let mut lines = vec![
            String::new(),
            format!("## {name}"),
            String::new(),
            format!("{bases} ({}).", purpose.source),
            String::new(),
            format!("| {} |", heads.join(" | ")),
            "| --- | --- | --- | --- | --- |".to_owned(),
        ];
        lines.extend(self.of(purpose).map(|row| {
            let cells = [
                words.code("register-data", &row.data).into_owned(),
                listed(row.people(), |code| words.code("register-people", code)),
                listed(row.recipients(), |code| {
                    words.code("register-recipient", code)
                }),
                self.kept(&row.retention),
                format!(
                    "`{}`: {}",
                    row.table,
                    row.columns().collect::<Vec<_>>().join(", ")
                ),
            ];
            format!("| {} |", cells.join(" | "))
        }));
        lines
    }

    fn kept(&self, code: &str) -> String {
        let words = self.words;
        let text = words.code("register-kept", code);
        let time = match self.record.times.get(code) {
            Some(Time::Days(days)) => words.count("register-days", *days),
            Some(Time::Months(months)) => words.count("register-months", *months),
            None => return text.into_owned(),
        };
        format!("{text} ({time})")
    }

    /// Code and state of what guards the data.
    fn measures(&self) -> Vec<(&'static str, String)> {
        let (words, here) = (self.words, &self.record.measures);
        let yes_no = |yes: bool| {
            let code = if yes { "yes" } else { "no" };
            words.code("yes-no", code).into_owned()
        };
        let roles = here.second_factor.iter().map(|role| role.code());
        let roles = if here.second_factor.is_empty() {
            yes_no(false)
        } else {
            listed(roles, |code| words.code("account-role", code))
        };
        let copies = here.copies.map_or_else(
            || yes_no(false),
            |(hours, kept)| {
                let (hours, kept) = (words.number(hours), words.number(kept));
                words.with("register-copies", &[("hours", &hours), ("kept", &kept)])
            },
        );
        vec![
            ("roles", String::new()),
            ("passwords", "argon2id".to_owned()),
            ("second_factor", roles),
            (
                "sessions",
                words.count("register-hours", here.session_hours),
            ),
            ("site_encrypted", yes_no(here.site_encrypted)),
            ("mail_leaves", yes_no(here.mail_leaves)),
            ("disclosures", String::new()),
            (
                "reads",
                words.count("register-days", i64::from(here.reads_kept_days)),
            ),
            ("withheld", String::new()),
            ("copies", copies),
        ]
    }

    fn document(&self) -> Value {
        let (record, words) = (self.record, self.words);
        let purposes: Vec<Value> = Purpose::all()
            .iter()
            .map(|purpose| {
                json!({
                    "code": purpose.code,
                    "text": words.code("register-purpose", &purpose.code),
                    "bases": purpose.bases().collect::<Vec<_>>(),
                    "source": purpose.source,
                    "processing": self.of(purpose).map(|row| self.row(row)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let here = &record.measures;
        let roles = here.second_factor.iter().copied().map(Role::code);
        json!({
            "day": record.day,
            "purposes": purposes,
            "measures": {
                "site_encrypted": here.site_encrypted,
                "mail_leaves": here.mail_leaves,
                "second_factor": roles.collect::<Vec<_>>(),
                "session_hours": here.session_hours,
                "reads_kept_days": here.reads_kept_days,
                "copies": here.copies.map(|(hours, kept)| json!({ "every_hours": hours, "kept": kept })),
            },
            "undescribed": record.undescribed,
            "gone": record.gone,
        })
    }

    fn row(&self, row: &Processing) -> Value {
        json!({
            "table": row.table,
            "columns": row.columns().collect::<Vec<_>>(),
            "data": row.data,
            "people": row.people().collect::<Vec<_>>(),
            "recipients": row.recipients().collect::<Vec<_>>(),
            "retention": row.retention,
            "kept": self.record.times.get(row.retention.as_str()).map(|time| match time {
                Time::Days(days) => json!({ "days": days }),
                Time::Months(months) => json!({ "months": months }),
            }),
        })
    }
}
