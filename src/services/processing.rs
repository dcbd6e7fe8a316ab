//! The record of processing as it is here and now: what the table says of the columns
//! that this very database has, for how long things are kept by the rules in force, and
//! what guards them in this configuration.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Context, ServiceError, merging};
use crate::domain::account::{PASSWORD_LINK_LIFE, Role};
use crate::domain::processing::{self, Processing};
use crate::domain::setting::{Setting, Unit};
use crate::domain::{factor, upload};
use crate::storage;

/// After how long something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    Days(i64),
    Months(i64),
}

/// Retentions that administrators decide.
const DECIDED: [(&str, Setting); 8] = [
    ("appointments", Setting::Appointments),
    ("askings", Setting::Askings),
    ("changes", Setting::Changes),
    ("comments", Setting::Comments),
    ("done_tasks", Setting::DoneTasks),
    ("drafts", Setting::Drafts),
    ("mail", Setting::MailWords),
    ("notes", Setting::Notes),
];

/// See the module's words.
pub struct Record {
    pub day: NaiveDate,
    /// What is done with the columns.
    pub rows: &'static [Processing],
    /// After how long something is erased by itself, by the code of its retention, where a
    /// number says so.
    pub times: BTreeMap<&'static str, Time>,
    pub measures: Measures,
    /// Columns of the database that the table does not describe.
    pub undescribed: Vec<String>,
    /// Columns that the table describes and the database has not.
    pub gone: Vec<String>,
}

/// What guards the data here.
pub struct Measures {
    /// The site is reached by TLS alone.
    pub site_encrypted: bool,
    /// Mail leaves by a server; else it stays in the database.
    pub mail_leaves: bool,
    /// Roles that sign in in two steps.
    pub second_factor: Vec<Role>,
    pub session_hours: i64,
    pub reads_kept_days: u32,
    /// Hours between two copies, and how many are kept; none where none are made.
    pub copies: Option<(u32, u32)>,
}

/// How it is now.
pub async fn record(context: &Context) -> Result<Record, ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    let schema = storage::columns::all(db).await?;
    let rows = Processing::all();
    let reads_kept_days = storage::read_log_rules::kept_days(db, today).await?;
    let rule = storage::backups::rule_on(db, today).await?;
    let rules = storage::factors::rules(db).await?;
    let rules: Vec<_> = rules.into_iter().map(|written| written.rule).collect();
    let second_factor = Role::ALL
        .into_iter()
        .filter(|role| factor::is_required(&rules, *role, today))
        .collect();
    let numbers = storage::policy::numbers(db).await?;
    let decided = DECIDED.map(|(code, setting)| {
        let number = i64::from(numbers.on(setting, today));
        let time = match setting.unit() {
            Unit::Months => Time::Months(number),
            // None of these counts anything else.
            _ => Time::Days(number),
        };
        (code, time)
    });
    let fixed = [
        ("files", upload::REPORT_LIFE.num_days()),
        ("file_bytes", upload::UNLOADED_LIFE.num_days()),
        ("merge", merging::UNDO_LIFE.num_days()),
        ("password_links", PASSWORD_LINK_LIFE.num_days()),
        ("reads", i64::from(reads_kept_days)),
    ];
    let fixed = fixed.map(|(code, days)| (code, Time::Days(days)));
    let times = decided.into_iter().chain(fixed).collect();
    Ok(Record {
        day: today,
        rows,
        times,
        measures: Measures {
            site_encrypted: context.public_url.starts_with("https://"),
            mail_leaves: context.post.leaves(),
            second_factor,
            session_hours: i64::from(numbers.on(Setting::SessionLongest, today)),
            reads_kept_days,
            copies: rule.is_on().then_some((rule.every_hours, rule.kept)),
        },
        undescribed: processing::undescribed(&schema, rows),
        gone: processing::gone(&schema, rows),
    })
}
