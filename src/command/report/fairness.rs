//! `dom report fairness`: how far those came in a year who fitted a request, by sex, age
//! and citizenship. Small groups are withheld; what is told is a hint, never a proof.

use std::process::ExitCode;

use crate::catalogue::Words;
use crate::domain::country::Country;
use crate::domain::outcome::fairness::{Group, NOT_STATED, OTHERS};
use crate::services::{Context, outcomes, sentences};

/// Of which year.
#[derive(clap::Args)]
pub struct Args {
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2100))]
    year: i32,
    #[arg(long)]
    json: bool,
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: &Args) -> anyhow::Result<ExitCode> {
    let told = outcomes::fairness(context, args.year).await?;
    if args.json {
        say!("{}", serde_json::to_string(&told)?);
        return Ok(ExitCode::SUCCESS);
    }
    let year = args.year.to_string();
    let Some(people) = told.people else {
        say!("{}", words.with("fairness-too-few", &[("year", &year)]));
        return Ok(ExitCode::SUCCESS);
    };
    let head = words.with("fairness-year", &[("year", &year), ("people", &people)]);
    let mut lines = vec![head];
    for (heading, groups) in [
        ("fairness-by-sex", &told.by_sex),
        ("fairness-by-age", &told.by_age),
        ("fairness-by-citizenship", &told.by_citizenship),
    ] {
        lines.push(words.get(heading).into_owned());
        for group in groups {
            lines.extend(of_group(words, group, &told.steps));
        }
    }
    lines.push(words.get("fairness-hint").into_owned());
    say!("{}", lines.join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn of_group(words: Words, group: &Group, steps: &[&'static str]) -> Vec<String> {
    let withheld = || words.get("fairness-withheld").into_owned();
    let count = |number: Option<u32>| number.map_or_else(withheld, |number| words.number(number));
    let rate = |rate: Option<u32>| rate.map_or_else(withheld, |rate| words.per_cent(rate));
    let mut lines = vec![format!("  {}: {}", name(words, group), count(group.people))];
    for (at, step) in steps.iter().skip(1).enumerate() {
        let line = words.with(
            "fairness-step",
            &[
                ("step", &step_name(words, step)),
                ("count", &count(group.reached[at])),
                ("rate", &rate(group.per_mille[at])),
                ("of_highest", &rate(group.of_highest[at])),
            ],
        );
        lines.push(format!("    {line}"));
    }
    lines
}

fn step_name(words: Words, step: &str) -> String {
    let key = match step {
        "asked" => "fairness-asked",
        "named" => "fairness-named",
        "met" => "fairness-met",
        _ => "fairness-hired",
    };
    words.get(key).into_owned()
}

fn name(words: Words, group: &Group) -> String {
    let key = match group.group.as_str() {
        NOT_STATED => "fairness-not-stated",
        OTHERS => "fairness-others",
        "to_30" => "fairness-age-to-thirty",
        "31_40" => "fairness-age-thirties",
        "41_50" => "fairness-age-forties",
        "51_60" => "fairness-age-fifties",
        "over_60" => "fairness-age-over-sixty",
        code => {
            return match Country::by_alpha2(code) {
                Some(country) => sentences::country(words, country).to_owned(),
                None => words.code("sex", code).into_owned(),
            };
        }
    };
    words.get(key).into_owned()
}
