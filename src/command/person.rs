//! `dom person`: what a person can ask of their data. Without `--as` it is done in nobody's
//! name, by whoever has the program's own folder.

use std::io::{BufRead as _, IsTerminal as _, Write as _, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::out;
use crate::catalogue::Words;
use crate::domain::account::Actor;
use crate::domain::contact::EmailAddress;
use crate::domain::rights::RestrictionReason;
use crate::pending::Pending;
use crate::services::registering::Form;
use crate::services::rights::erase::{self, Report};
use crate::services::rights::{self, By, correct, export, restrict};
use crate::services::{Context, ServiceError, accounts, sentences};
use crate::storage::erasing::Done;
use crate::web::error::PageError;
use crate::web::pages::people::held;

/// What to do.
#[derive(Subcommand)]
pub enum Args {
    /// Everything that is known of a worker or a family: a ZIP with a page to read and JSON
    Export {
        #[command(flatten)]
        whose: Whose,
        /// Written whole or not at all; otherwise to standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Puts what is written of a worker or a family right; the history stays
    Correct {
        #[command(flatten)]
        whose: Whose,
        /// A column of the formats and what it says from now on; nothing empties it
        #[arg(value_name = "COLUMN=TEXT", required = true, value_parser = cell)]
        cells: Vec<(String, String)>,
    },
    /// Keeps the data and does not use them: nobody is proposed, named or written to
    Restrict {
        #[command(flatten)]
        whose: Whose,
        /// `own_request`, contested, unlawful, `legal_claim` or objection
        #[arg(long, value_parser = reason, default_value = "own_request")]
        reason: RestrictionReason,
        /// Lifts the restriction that holds
        #[arg(long)]
        lift: bool,
    },
    /// Erases the person; figures and proofs stay under the code alone
    Erase {
        #[command(flatten)]
        whose: Whose,
        /// Does not ask
        #[arg(long, conflicts_with = "dry_run")]
        yes: bool,
        /// Says what would happen, and does nothing
        #[arg(long)]
        dry_run: bool,
        /// What happened as one JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Whose data, and in whose name.
#[derive(clap::Args)]
pub struct Whose {
    /// The code of a worker or of a family
    code: String,
    /// Where a worker and a family have the same code
    #[arg(long, value_name = "KIND", value_parser = ["worker", "family"])]
    kind: Option<String>,
    /// The account in whose name this is done
    #[arg(long = "as", value_name = "EMAIL", value_parser = super::email)]
    email: Option<EmailAddress>,
}

fn cell(text: &str) -> Result<(String, String), String> {
    let (column, text) = text.split_once('=').ok_or("COLUMN=TEXT")?;
    Ok((column.trim().to_owned(), text.to_owned()))
}

fn reason(text: &str) -> Result<RestrictionReason, String> {
    super::usage(RestrictionReason::parse(text))
}

impl Args {
    /// What the grammar can't say: a file goes to no screen, and a history names somebody.
    pub fn check(&self, words: Words) -> Result<(), String> {
        match self {
            Self::Export { out: None, .. } if stdout().is_terminal() => {
                Err(words.get("command-person-out").into_owned())
            }
            Self::Correct { whose, .. } if whose.email.is_none() => {
                Err(words.get("command-person-as").into_owned())
            }
            _ => Ok(()),
        }
    }
}

impl Whose {
    async fn form(&self, context: &Context) -> Result<Form, ServiceError> {
        match self.kind.as_deref().and_then(Form::parse) {
            Some(form) => Ok(form),
            None => rights::form_of(context, &self.code).await,
        }
    }

    async fn actor(&self, context: &Context) -> anyhow::Result<Option<Actor>> {
        Ok(match &self.email {
            Some(email) => Some(accounts::actor_named(context, email).await?),
            None => None,
        })
    }
}

fn by(actor: Option<&Actor>) -> By<'_> {
    actor.map_or(By::CommandLine, By::Account)
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Export { whose, out } => {
            let (form, actor) = (whose.form(context).await?, whose.actor(context).await?);
            let all = export::export(context, by(actor.as_ref()), form, &whose.code).await?;
            let file = held::file(context, words, &all).await.map_err(told)?;
            if let Some(place) = &out {
                let mut pending = Pending::begin(place)?;
                pending.write_all(&file)?;
                pending.finish()?;
            } else {
                out::whole(&file)?;
            }
        }
        Args::Correct { whose, cells } => {
            let (form, actor) = (whose.form(context).await?, whose.actor(context).await?);
            let actor = actor.ok_or(ServiceError::Forbidden)?;
            let corrected = correct::correct(context, &actor, form, &whose.code, &cells).await;
            corrected.map_err(|error| by_column(words, error))?;
        }
        Args::Restrict {
            whose,
            reason,
            lift,
        } => {
            let (form, actor) = (whose.form(context).await?, whose.actor(context).await?);
            let by = by(actor.as_ref());
            if lift {
                restrict::lift(context, by, form, &whose.code).await?;
            } else {
                restrict::restrict(context, by, form, &whose.code, reason).await?;
            }
        }
        Args::Erase {
            whose,
            yes,
            dry_run,
            json,
        } => {
            let (form, actor) = (whose.form(context).await?, whose.actor(context).await?);
            let by = by(actor.as_ref());
            if dry_run || !yes {
                let report = erase::look_ahead(context, by, form, &whose.code).await?;
                say(words, &report, json);
            }
            if !dry_run {
                if !yes && !agreed(words, &whose.code)? {
                    anyhow::bail!("{}", words.get("command-person-left"));
                }
                let report = erase::erase(context, by, form, &whose.code).await?;
                if !report.is_listed {
                    aside!("dom: {}", words.get("erased-unlisted"));
                }
                if yes {
                    say(words, &report, json);
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks for the code once more, or a yes.
fn agreed(words: Words, code: &str) -> anyhow::Result<bool> {
    let asked = words.with("erase-typed", &[("code", &code)]);
    out::aside(format_args!("{asked} "));
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    let said = line.trim();
    Ok(said == code || ["sì", "si", "yes"].contains(&said.to_lowercase().as_str()))
}

/// What is wrong with cells that have no heading above them: each by its column.
fn by_column(words: Words, error: ServiceError) -> anyhow::Error {
    let ServiceError::Invalid(invalid) = error else {
        return error.into();
    };
    let told = invalid.0.iter().map(|problem| {
        let why = sentences::why(words, &problem.why);
        match problem.field {
            // It names the column itself.
            "column" => why,
            field => format!("{field}: {why}"),
        }
    });
    anyhow::anyhow!("{}", told.collect::<Vec<_>>().join("; "))
}

/// The error of a page, as a command tells it.
fn told(error: PageError) -> anyhow::Error {
    match error {
        PageError::Service(error) => error.into(),
        other => anyhow::anyhow!("{other:?}"),
    }
}

fn say(words: Words, report: &Report, json: bool) {
    if json {
        say!("{}", document(report));
        return;
    }
    for number in &report.stopped.sheets {
        say!("{}", words.with("erase-sheet", &[("number", number)]));
    }
    for (key, count) in [
        ("erase-proposals", report.stopped.proposals),
        ("erase-mails", report.stopped.mails),
    ] {
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            say!("{}", words.count(key, count));
        }
    }
    for code in &report.merged {
        say!("{} {code}", words.get("erase-merged"));
    }
    for effect in &report.effects {
        let becomes = match effect.done {
            Done::Removed => words.get("erase-removed"),
            Done::Emptied => words.get("erase-emptied"),
            Done::Stays(why) => words.code("erase-stays", why.code()),
        };
        let table = effect.table;
        say!("{table:<20} {:>6}  {becomes}", effect.rows);
    }
    for folder in &report.folders {
        say!("{} {folder}", words.get("erase-folders"));
    }
}

fn document(report: &Report) -> serde_json::Value {
    let effects = report.effects.iter().map(|effect| {
        let (done, why) = match effect.done {
            Done::Removed => ("removed", None),
            Done::Emptied => ("emptied", None),
            Done::Stays(why) => ("stays", Some(why.code())),
        };
        serde_json::json!({
            "table": effect.table, "rows": effect.rows, "done": done, "why": why,
        })
    });
    serde_json::json!({
        "kind": report.subject.form.code(),
        "code": report.subject.code,
        "sheets": report.stopped.sheets,
        "proposals": report.stopped.proposals,
        "mails": report.stopped.mails,
        "folders": report.folders,
        "merged": report.merged,
        "effects": effects.collect::<Vec<_>>(),
    })
}
