//! `dom doctor`: what is right, what is wrong, and how to mend it. Nothing is
//! made or changed by looking.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use rustix::fs::{Access, access};
use serde_json::{Value, json};

use crate::app;
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Database};
use crate::services::condition;
use crate::storage::connect::Place;
use crate::storage::copies::{self, CopyError};
use crate::storage::{Db, migrator};

/// How it is told.
#[derive(clap::Args)]
pub struct Args {
    /// Settings and checks as one JSON document
    #[arg(long)]
    json: bool,
}

/// Looks at everything; any wrong thing makes the command fail.
pub async fn run(config: &Config, args: &Args) -> anyhow::Result<ExitCode> {
    let mut report = Report {
        wrong: 0,
        checks: args.json.then(Vec::new),
    };
    if !args.json {
        for line in config.describe().lines() {
            say!("      {line}");
        }
    }
    report.good("configuration");
    folder(&mut report, &config.data_dir);
    database(&mut report, config).await;
    match &config.smtp {
        None => report.good("mail: none configured, mail stays in the database"),
        Some(smtp) => match crate::mail::check(smtp.url()).await {
            Ok(()) => report.good("mail server"),
            Err(error) => report.wrong(
                &format!("{error}"),
                "check DOM_SMTP_URL, the server's name and port, and its certificate",
            ),
        },
    }
    accessibility(&mut report, config, SystemClock.today());
    if let Some(provider) = app::provider(config)? {
        match provider.check(&SystemClock).await {
            Ok(()) => report.good("identity provider"),
            Err(error) => report.wrong(
                &format!("{error}"),
                "check DOM_OIDC_ISSUER to the letter, that it answers from here, and its certificate",
            ),
        }
    }
    if let Some(checks) = report.checks {
        let settings = config.settings().into_iter().map(|setting| {
            let said = json!({ "value": setting.value, "origin": setting.origin.to_string() });
            (setting.variable.to_owned(), said)
        });
        let settings: Value = settings.collect();
        say!("{}", json!({ "settings": settings, "checks": checks }));
    }
    anyhow::ensure!(
        report.wrong == 0,
        "{} of the above must be mended",
        report.wrong
    );
    Ok(ExitCode::SUCCESS)
}

/// What the law wants of a public site, and keeps nothing from running.
fn accessibility(report: &mut Report, config: &Config, today: NaiveDate) {
    let set = &config.accessibility;
    if set.feedback.is_none() {
        report.note("no DOM_FEEDBACK: people can only telephone that a page can't be used");
    }
    match (&set.statement, set.is_fresh(today)) {
        (None, _) => report.note("no DOM_ACCESSIBILITY_STATEMENT: the pages name none"),
        (Some(_), true) => report.good("declaration of accessibility"),
        (Some(_), false) => report.note(
            "the declaration of accessibility was not looked through within a year: \
             do it by 23 September, and set DOM_ACCESSIBILITY_REVIEWED",
        ),
    }
}

struct Report {
    wrong: u32,
    /// Kept for one document; otherwise told as they are found.
    checks: Option<Vec<Value>>,
}

impl Report {
    fn good(&mut self, what: &str) {
        match &mut self.checks {
            Some(checks) => checks.push(json!({ "state": "ok", "what": what })),
            None => say!("ok    {what}"),
        }
    }

    fn note(&mut self, what: &str) {
        match &mut self.checks {
            Some(checks) => checks.push(json!({ "state": "note", "what": what })),
            None => say!("note  {what}"),
        }
    }

    fn wrong(&mut self, what: &str, mend: &str) {
        self.wrong += 1;
        let what = what.replace('\n', " ");
        match &mut self.checks {
            Some(checks) => checks.push(json!({ "state": "wrong", "what": what, "mend": mend })),
            None => say!("WRONG {what}\n      {mend}"),
        }
    }
}

fn folder(report: &mut Report, folder: &Path) {
    match std::fs::metadata(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            report.good(&format!(
                "data folder {} is not there yet; it is made at the first start",
                folder.display()
            ));
        }
        Err(error) => report.wrong(
            &format!("data folder {}: {error}", folder.display()),
            "give the program the right to enter it",
        ),
        Ok(found) if !found.is_dir() => report.wrong(
            &format!("{} is no folder", folder.display()),
            "name another with DOM_DATA_DIR",
        ),
        Ok(found) => rights(report, folder, &found),
    }
}

fn rights(report: &mut Report, folder: &Path, found: &std::fs::Metadata) {
    use std::os::unix::fs::PermissionsExt as _;
    if found.permissions().readonly() {
        report.wrong(
            &format!("data folder {} cannot be written to", folder.display()),
            "change its owner to the program's user",
        );
    } else if found.permissions().mode() & 0o077 != 0 {
        report.wrong(
            &format!("data folder {} can be read by others", folder.display()),
            &format!("chmod 700 {}", folder.display()),
        );
    } else {
        report.good(&format!("data folder {}", folder.display()));
    }
    if !condition::has_room(folder) {
        report.wrong(
            &format!("the disk of {} is nearly full", folder.display()),
            "make room: /ready says 503 and writing may fail until then",
        );
    }
}

/// Whether the program may write to a folder, or make it.
fn takes_files(folder: &Path) -> bool {
    let there = folder.ancestors().find(|path| path.exists());
    let there = there.unwrap_or(Path::new("."));
    there.is_dir()
        && access(
            there.as_os_str().as_bytes(),
            Access::WRITE_OK | Access::EXEC_OK,
        )
        .is_ok()
}

async fn database(report: &mut Report, config: &Config) {
    let place = app::place(config);
    if let (Database::Sqlite { path }, Place::Sqlite(_)) = (&config.database, &place)
        && !path.exists()
    {
        report.good(&format!(
            "database {} is not there yet; it is made at the first start",
            path.display()
        ));
        return;
    }
    let mend = "check DOM_DATABASE_URL, that the server runs, and the program's rights there";
    match Db::open(&place, 1).await {
        Err(error) => report.wrong(&format!("{error}"), mend),
        Ok(db) => {
            match migrator::pending(&db).await {
                Ok(missing) if missing.is_empty() => {
                    report.good("database, with the schema of this program");
                }
                Ok(missing) => report.good(&format!(
                    "database; {} migrations will run at the next start",
                    missing.len()
                )),
                Err(error) => report.wrong(&format!("{error}"), mend),
            }
            match copies::is_ready(&db).await {
                Ok(()) if takes_files(&config.backup_dir) => {
                    report.good(&format!("copies, into {}", config.backup_dir.display()));
                }
                Ok(()) => report.wrong(
                    &format!("no copy can be put into {}", config.backup_dir.display()),
                    "give that folder to the program's user, or name another with DOM_BACKUP_DIR",
                ),
                Err(CopyError::Storage(error)) => report.wrong(&format!("{error}"), mend),
                Err(error) => report.wrong(
                    &format!("{error}"),
                    "without it the program makes no copies of this database",
                ),
            }
            if let Err(error) = db.close().await {
                report.wrong(&format!("{error}"), mend);
            }
        }
    }
}
