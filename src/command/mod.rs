//! The command line: one file a verb. Every command reads the same
//! configuration, exits 0 on success, 1 on failure with one clear line on
//! standard error, 2 on wrong usage. That nobody reads what it says to its end is no failure.

// Its macros say what the others have to say.
#[macro_use]
mod out;

mod audit;
mod backup;
mod desk;
mod doctor;
mod export;
mod import;
mod mail;
mod manual;
mod match_;
mod move_;
mod paper;
mod partner;
mod person;
mod privacy;
mod proposal;
mod report;
mod retention;
mod routes;
mod serve;
mod sheet;
mod user;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _, Parser, Subcommand};

use crate::app;
use crate::catalogue::Words;
use crate::config::{Config, Source};
use crate::services::{Context, ServiceError, sentences};
use crate::storage::migrator::STEPS;

/// What still works on a thread of its own when a verb is done is waited for so long.
const LAST_WORK: Duration = Duration::from_secs(2);

/// Brings together people who do domestic and care work and families who need them.
#[derive(Parser)]
#[command(name = "dom", version, about)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    verb: Verb,
}

/// Settings that win over the environment and the `.env` file.
#[derive(Args)]
struct Settings {
    /// `sqlite://PATH` or `postgres://…` (`DOM_DATABASE_URL`)
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// What the program may write (`DOM_DATA_DIR`)
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// Where the program's own copies go (`DOM_BACKUP_DIR`)
    #[arg(long, global = true, value_name = "DIR")]
    backup_dir: Option<String>,
    /// Where to listen (`DOM_BIND`)
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    bind: Option<String>,
    /// Where metrics are served; empty: nowhere (`DOM_METRICS_BIND`)
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    metrics_bind: Option<String>,
    /// What links begin with (`DOM_PUBLIC_URL`)
    #[arg(long, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Addresses whose `X-Forwarded-*` are believed (`DOM_TRUSTED_PROXIES`)
    #[arg(long, global = true, value_name = "ADDRESSES")]
    trusted_proxies: Option<String>,
    /// Seconds to go on answering after SIGTERM (`DOM_STOP_DELAY`)
    #[arg(long, global = true, value_name = "SECONDS")]
    stop_delay: Option<String>,
    /// The mail server (`DOM_SMTP_URL`)
    #[arg(long, global = true, value_name = "URL")]
    smtp_url: Option<String>,
    /// From whom mails come (`DOM_MAIL_FROM`)
    #[arg(long, global = true, value_name = "MAILBOX")]
    mail_from: Option<String>,
    /// Whom people tell that a page can't be used (`DOM_FEEDBACK`)
    #[arg(long, global = true, value_name = "ADDRESS")]
    feedback: Option<String>,
    /// Where the declaration of accessibility stands (`DOM_ACCESSIBILITY_STATEMENT`)
    #[arg(long, global = true, value_name = "URL")]
    accessibility_statement: Option<String>,
    /// The day on which it was looked through (`DOM_ACCESSIBILITY_REVIEWED`)
    #[arg(long, global = true, value_name = "DAY")]
    accessibility_reviewed: Option<String>,
    /// The identity provider that the staff may sign in by (`DOM_OIDC_ISSUER`)
    #[arg(long, global = true, value_name = "URL")]
    oidc_issuer: Option<String>,
    /// What the provider calls this program (`DOM_OIDC_CLIENT_ID`)
    #[arg(long, global = true, value_name = "ID")]
    oidc_client_id: Option<String>,
    /// What the provider knows it by (`DOM_OIDC_CLIENT_SECRET`)
    #[arg(long, global = true, value_name = "SECRET")]
    oidc_client_secret: Option<String>,
    /// What the provider's button is called (`DOM_OIDC_NAME`)
    #[arg(long, global = true, value_name = "NAME")]
    oidc_name: Option<String>,
    /// What its tokens say where two factors were shown (`DOM_OIDC_FACTOR`)
    #[arg(long, global = true, value_name = "VALUES")]
    oidc_factor: Option<String>,
    /// Log filter (`DOM_LOG`)
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

impl Settings {
    fn flags(&self) -> BTreeMap<String, String> {
        let all = [
            ("DOM_DATABASE_URL", &self.database_url),
            ("DOM_DATA_DIR", &self.data_dir),
            ("DOM_BACKUP_DIR", &self.backup_dir),
            ("DOM_BIND", &self.bind),
            ("DOM_METRICS_BIND", &self.metrics_bind),
            ("DOM_PUBLIC_URL", &self.public_url),
            ("DOM_TRUSTED_PROXIES", &self.trusted_proxies),
            ("DOM_STOP_DELAY", &self.stop_delay),
            ("DOM_SMTP_URL", &self.smtp_url),
            ("DOM_MAIL_FROM", &self.mail_from),
            ("DOM_FEEDBACK", &self.feedback),
            ("DOM_ACCESSIBILITY_STATEMENT", &self.accessibility_statement),
            ("DOM_ACCESSIBILITY_REVIEWED", &self.accessibility_reviewed),
            ("DOM_OIDC_ISSUER", &self.oidc_issuer),
            ("DOM_OIDC_CLIENT_ID", &self.oidc_client_id),
            ("DOM_OIDC_CLIENT_SECRET", &self.oidc_client_secret),
            ("DOM_OIDC_NAME", &self.oidc_name),
            ("DOM_OIDC_FACTOR", &self.oidc_factor),
            ("DOM_LOG", &self.log),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
            .collect()
    }
}

#[derive(Subcommand)]
enum Verb {
    /// Migrates if needed and serves the site until SIGTERM
    Serve,
    /// Serves a throw-away database of made-up people
    Demo,
    /// Brings the schema up to date and ends
    Migrate,
    /// Loads a table from CSV or XLSX
    Import(import::Args),
    /// Writes a table as CSV or XLSX
    Export(export::Args),
    /// Who fits a request
    Match(match_::Args),
    /// Asks workers, or records what they said
    #[command(subcommand)]
    Proposal(proposal::Args),
    /// Issues, prints or revokes a named sheet
    #[command(subcommand)]
    Sheet(sheet::Args),
    /// The figures
    #[command(subcommand)]
    Report(report::Args),
    /// Blank forms, notices and the authorisation, to print and sign
    Paper(paper::Args),
    /// Accounts of the staff
    #[command(subcommand)]
    User(user::Args),
    /// Desks
    #[command(subcommand)]
    Desk(desk::Args),
    /// Partners
    #[command(subcommand)]
    Partner(partner::Args),
    /// What a person can ask of their data: all of it, not to be used, gone
    #[command(subcommand)]
    Person(person::Args),
    /// Tries whether mail works, and takes mail that came back
    #[command(subcommand)]
    Mail(mail::Args),
    /// Copies the whole database into one file, while it is in use
    Backup(backup::Backup),
    /// Puts such a copy into an empty database
    Restore(backup::Restore),
    /// Carries the whole database to one of the other kind
    Move(move_::Args),
    /// Checks the log of who opened what
    #[command(subcommand)]
    Audit(audit::Args),
    /// Tries what is kept too long: how much would go by a day
    Retention(retention::Args),
    /// What is done with whose data, for how long, and what guards it
    #[command(subcommand)]
    Privacy(privacy::Args),
    /// Checks configuration, database, mail server and folder rights
    Doctor(doctor::Args),
    /// What a shell needs to complete commands
    Completions {
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
    /// The table of routes and who may call them
    #[command(hide = true)]
    Routes(routes::Args),
}

/// Parses the command line and does what it says.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let words = Words::default();
    match (run(cli, words), out::refused()) {
        (Ok(code), None) => code,
        (Ok(_), Some(error)) => {
            aside!("dom: standard output: {error}");
            ExitCode::FAILURE
        }
        // Whoever read it had enough of it.
        (Err(_), _) if out::reader_left() => ExitCode::SUCCESS,
        (Err(error), _) => {
            aside!("dom: {}", explain(words, &error));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli, words: Words) -> anyhow::Result<ExitCode> {
    // These read no configuration: they work before anything is set up.
    match &cli.verb {
        Verb::Routes(args) => return routes::run(args),
        Verb::Paper(args) => return paper::run(args, words),
        Verb::Completions { shell } => return manual::completions(*shell, Cli::command()),
        Verb::Man => return manual::page(Cli::command()),
        _ => {}
    }
    // What the grammar can't say is wrong usage all the same, before anything is read.
    let checked = match &cli.verb {
        Verb::User(args) => args.check().map_err(|error| error.to_string()),
        Verb::Sheet(args) => args.check(words),
        Verb::Export(args) => args.check(words),
        Verb::Person(args) => args.check(words),
        _ => Ok(()),
    };
    if let Err(wrong) = checked {
        aside!("dom: {wrong}");
        return Ok(ExitCode::from(2));
    }
    let config = Config::load(&Source::from_process(cli.settings.flags())?)?;
    // A command speaks by its exit code and one line; the log is for servers.
    let serves = matches!(cli.verb, Verb::Serve | Verb::Demo);
    crate::telemetry::begin(if serves { &config.log } else { "error" }, STEPS);
    let runtime = tokio::runtime::Runtime::new().context("no threads to run on")?;
    let done = runtime.block_on(dispatch(cli.verb, &config, words));
    // A copy of the database that was cut by a stop is nobody's: it is not waited for.
    runtime.shutdown_timeout(LAST_WORK);
    done
}

async fn dispatch(verb: Verb, config: &Config, words: Words) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::Serve => return serve::serve(config).await,
        Verb::Demo => return serve::demo(config).await,
        Verb::Doctor(args) => return doctor::run(config, &args).await,
        Verb::Backup(args) => return backup::backup(config, args).await,
        Verb::Restore(args) => return backup::restore(config, args).await,
        Verb::Move(args) => return move_::run(&args).await,
        Verb::Migrate => {
            app::migrate(config).await?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let context = app::context(config).await?;
    let done = with_database(verb, &context, words).await;
    context.db.close().await?;
    done
}

async fn with_database(verb: Verb, context: &Context, words: Words) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::Import(args) => import::run(context, words, args).await,
        Verb::Export(args) => export::run(context, args).await,
        Verb::Match(args) => match_::run(context, words, args).await,
        Verb::Proposal(args) => proposal::run(context, args).await,
        Verb::Sheet(args) => sheet::run(context, words, args).await,
        Verb::Report(args) => report::run(context, words, args).await,
        Verb::User(args) => user::run(context, words, args).await,
        Verb::Desk(args) => desk::run(context, args).await,
        Verb::Partner(args) => partner::run(context, args).await,
        Verb::Person(args) => person::run(context, words, args).await,
        Verb::Mail(args) => mail::run(context, args).await,
        Verb::Audit(args) => audit::run(context, &args).await,
        Verb::Retention(args) => retention::run(context, &args).await,
        Verb::Privacy(args) => privacy::run(context, words, &args).await,
        Verb::Serve
        | Verb::Demo
        | Verb::Backup(_)
        | Verb::Restore(_)
        | Verb::Move(_)
        | Verb::Migrate
        | Verb::Doctor(_)
        | Verb::Routes(_)
        | Verb::Completions { .. }
        | Verb::Man
        | Verb::Paper(_) => {
            unreachable!("handled before the database is opened")
        }
    }
}

/// A failure in one line, in the words of the catalogue where it has them.
fn explain(words: Words, error: &anyhow::Error) -> String {
    match error.downcast_ref::<ServiceError>() {
        Some(ServiceError::Forbidden) => words.get("command-forbidden").into_owned(),
        Some(ServiceError::Merged { code, now, .. }) => {
            words.with("problem-merged", &[("code", code), ("now", now)])
        }
        Some(ServiceError::Erased { code, on, .. }) => {
            let date = words.date(*on);
            words.with("error-erased", &[("code", code), ("date", &date)])
        }
        Some(ServiceError::NotFound { what, code }) => words.with(
            "command-not-found",
            &[("what", &words.code("record", what)), ("code", code)],
        ),
        Some(ServiceError::Invalid(invalid)) => invalid
            .0
            .iter()
            .map(|problem| sentences::why(words, &problem.why))
            .collect::<Vec<_>>()
            .join("; "),
        Some(ServiceError::Refused(why)) => sentences::why(words, why),
        Some(ServiceError::Stale) => words.get("error-stale").into_owned(),
        _ => format!("{error:#}").replace('\n', " "),
    }
}

/// Reads a code of the command line; a bad one is wrong usage.
fn usage<T>(result: Result<T, crate::domain::invalid::Why>) -> Result<T, String> {
    result.map_err(|why| sentences::why(Words::default(), &why))
}

/// A name: one line that says something.
fn line(text: &str) -> Result<String, String> {
    usage(crate::domain::text::Line::parse(text)).map(|line| line.as_str().to_owned())
}

macro_rules! parser {
    ($($name:ident: $type:ty = $read:expr;)*) => {$(
        fn $name(text: &str) -> Result<$type, String> {
            usage($read(text))
        }
    )*};
}

parser! {
    email: crate::domain::contact::EmailAddress = crate::domain::contact::EmailAddress::parse;
    day: chrono::NaiveDate = crate::domain::reading::date;
    request_code: crate::domain::ids::RequestCode = crate::domain::ids::RequestCode::parse;
    worker_code: crate::domain::ids::WorkerCode = crate::domain::ids::WorkerCode::parse;
    desk_code: crate::domain::ids::DeskCode = crate::domain::ids::DeskCode::parse;
    partner_code: crate::domain::ids::PartnerCode = crate::domain::ids::PartnerCode::parse;
    sheet_number: crate::domain::ids::SheetNumber = crate::domain::ids::SheetNumber::from_paper;
    comune: crate::domain::place::Comune = crate::domain::reading::comune;
    role: crate::domain::account::Role = crate::domain::account::Role::parse;
    via: crate::domain::proposal::Via = crate::domain::proposal::Via::parse_typed;
}
