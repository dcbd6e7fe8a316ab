//! `dom retention`: for how long what is kept, and what would go by a day. Nothing goes by
//! it: the program does that every night.

use std::process::ExitCode;

use chrono::NaiveDate;
use serde_json::json;

use crate::domain::setting::Unit;
use crate::services::Context;
use crate::services::retention::{self, Category};

/// Which day.
#[derive(clap::Args)]
pub struct Args {
    /// The day whose night is tried; today where none is named
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

fn unit(category: &Category) -> &'static str {
    match category.setting.unit() {
        Unit::Minutes => "minutes",
        Unit::Hours => "hours",
        Unit::Days => "days",
        Unit::Months => "months",
        Unit::Tries => "tries",
        Unit::Records => "records",
        Unit::Rows => "rows",
        Unit::Clock => "clock",
    }
}

/// Does it.
pub async fn run(context: &Context, args: &Args) -> anyhow::Result<ExitCode> {
    let on = args.on.unwrap_or_else(|| context.today());
    let tried = retention::attempt(context, on).await?;
    if args.json {
        let categories = tried.categories.iter().map(|one| {
            json!({
                "category": one.setting.code(),
                "kept": one.kept,
                "unit": unit(one),
                "before": one.before,
                "over": one.over,
            })
        });
        let categories: Vec<_> = categories.collect();
        say!("{}", json!({"on": tried.on, "categories": categories}));
    } else {
        for one in &tried.categories {
            say!(
                "{}: kept {} {}, {} from before {} would go on {}",
                one.setting.code(),
                one.kept,
                unit(one),
                one.over,
                one.before,
                tried.on
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
