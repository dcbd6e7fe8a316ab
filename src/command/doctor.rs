//! `dom doctor`: what is right, what is wrong, and how to mend it. Nothing is
//! made or changed by looking.

use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::app;
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Database};
use crate::storage::connect::Place;
use crate::storage::copies::{self, CopyError};
use crate::storage::{Db, migrator};

/// Looks at everything; any wrong thing makes the command fail.
pub async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let mut report = Report { wrong: 0 };
    for line in config.describe().lines() {
        say!("      {line}");
    }
    good("configuration");
    folder(&mut report, &config.data_dir);
    database(&mut report, config).await;
    match &config.smtp {
        None => good("mail: none configured, mail stays in the database"),
        Some(smtp) => match crate::mail::check(smtp.url()).await {
            Ok(()) => good("mail server"),
            Err(error) => report.wrong(
                &format!("{error}"),
                "check DOM_SMTP_URL, the server's name and port, and its certificate",
            ),
        },
    }
    accessibility(config, SystemClock.today());
    if let Some(provider) = app::provider(config)? {
        match provider.check(&SystemClock).await {
            Ok(()) => good("identity provider"),
            Err(error) => report.wrong(
                &format!("{error}"),
                "check DOM_OIDC_ISSUER to the letter, that it answers from here, and its certificate",
            ),
        }
    }
    anyhow::ensure!(
        report.wrong == 0,
        "{} of the above must be mended",
        report.wrong
    );
    Ok(ExitCode::SUCCESS)
}

/// What the law wants of a public site, and keeps nothing from running.
fn accessibility(config: &Config, today: NaiveDate) {
    let set = &config.accessibility;
    if set.feedback.is_none() {
        say!("note  no DOM_FEEDBACK: people can only telephone that a page can't be used");
    }
    match (&set.statement, set.is_fresh(today)) {
        (None, _) => say!("note  no DOM_ACCESSIBILITY_STATEMENT: the pages name none"),
        (Some(_), true) => good("declaration of accessibility"),
        (Some(_), false) => say!(
            "note  the declaration of accessibility was not looked through within a year: \
             do it by 23 September, and set DOM_ACCESSIBILITY_REVIEWED"
        ),
    }
}

struct Report {
    wrong: u32,
}

fn good(what: &str) {
    say!("ok    {what}");
}

impl Report {
    fn wrong(&mut self, what: &str, mend: &str) {
        self.wrong += 1;
        say!("WRONG {}", what.replace('\n', " "));
        say!("      {mend}");
    }
}

fn folder(report: &mut Report, folder: &Path) {
    match std::fs::metadata(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            good(&format!(
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
        good(&format!("data folder {}", folder.display()));
    }
}

async fn database(report: &mut Report, config: &Config) {
    let place = app::place(config);
    if let (Database::Sqlite { path }, Place::Sqlite(_)) = (&config.database, &place)
        && !path.exists()
    {
        good(&format!(
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
                    good("database, with the schema of this program");
                }
                Ok(missing) => good(&format!(
                    "database; {} migrations will run at the next start",
                    missing.len()
                )),
                Err(error) => report.wrong(&format!("{error}"), mend),
            }
            match copies::is_ready(&db).await {
                Ok(()) => good(&format!("copies, into {}", config.backup_dir.display())),
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
