//! `dom match`: who fits a request, every open request, or what fits a worker.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::out::Long;
use crate::catalogue::Words;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::matching::{Answer, ReverseAnswer};
use crate::services::matching;
use crate::services::read_log::{self, Opened};
use crate::services::{Context, sentences};

/// Fits shown to people unless they say otherwise.
const SHOWN: usize = 20;

/// What to match.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["request", "all", "worker"]))]
pub struct Args {
    #[arg(value_parser = super::request_code)]
    request: Option<RequestCode>,
    /// Every open request, as JSON lines
    #[arg(long, requires = "json")]
    all: bool,
    /// The open requests that this worker fits
    #[arg(long, value_name = "CODE", value_parser = super::worker_code, conflicts_with = "limit")]
    worker: Option<WorkerCode>,
    /// Instead of the clock's day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    today: Option<NaiveDate>,
    /// Most fits: 20 for people, all with --json
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[arg(long)]
    json: bool,
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    let today = args.today.unwrap_or_else(|| context.today());
    let most = args.limit.or(if args.json { None } else { Some(SHOWN) });
    let record = args.request.as_ref().map(ToString::to_string);
    let opened = Opened {
        what: "dom match".to_owned(),
        record: record.or(args.worker.as_ref().map(ToString::to_string)),
        list: args.all.then(|| "all".to_owned()),
    };
    read_log::note_command(context, None, opened).await?;
    let mut out = BufWriter::new(Long);
    if let Some(worker) = &args.worker {
        let answer = matching::reverse(context, worker, today).await?;
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&answer)?)?;
        } else {
            print_reverse(&mut out, words, &answer)?;
        }
    } else if let Some(request) = &args.request {
        let matched = matching::answer(context, request, today, most).await?;
        if args.json {
            writeln!(out, "{}", serde_json::to_string(&matched.answer)?)?;
        } else {
            print_answer(&mut out, words, &matched.answer)?;
        }
    } else {
        all(context, words, today, most, &mut out).await?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

async fn all(
    context: &Context,
    words: Words,
    today: NaiveDate,
    most: Option<usize>,
    out: &mut BufWriter<Long>,
) -> anyhow::Result<()> {
    matching::answer_all(context, today, most, |code, answer| -> anyhow::Result<()> {
        match answer {
            Ok(answer) => writeln!(out, "{}", serde_json::to_string(&answer)?)?,
            Err(why) => aside!("dom: {code}: {}", sentences::why(words, &why)),
        }
        Ok(())
    })
    .await
}

// Codes, not names: the command line tells who fits, the desk's pages who that is.
fn print_answer(out: &mut impl Write, words: Words, answer: &Answer) -> std::io::Result<()> {
    let counts = words.with(
        "match-counts",
        &[("fits", &answer.fits_in_all), ("pool", &answer.pool)],
    );
    writeln!(out, "{}: {counts}", answer.request)?;
    for fit in &answer.fits {
        let score = words.number(f64::from(fit.score) / 1000.0);
        let band = words.with("match-band", &[("band", &fit.band)]);
        let km = sentences::kilometres(words, fit.distance_m);
        writeln!(out, "  {:12} {score:>8}  {band}  {km} km", fit.worker)?;
    }
    let near: u32 = answer.limits.iter().map(|(_, count)| count).sum();
    writeln!(out, "{}", words.count("match-near-heading", near))?;
    for miss in &answer.near_misses {
        let criterion = words.code("criterion", miss.criterion.code());
        writeln!(
            out,
            "  {:12} {criterion}: {}",
            miss.worker,
            sentences::shortfall(words, miss.criterion, &miss.shortfall)
        )?;
    }
    writeln!(out, "{}", words.get("match-limits-heading"))?;
    for (criterion, count) in answer.limits.iter().filter(|(_, count)| *count > 0) {
        writeln!(
            out,
            "  {}: {count}",
            words.code("criterion", criterion.code())
        )?;
    }
    writeln!(
        out,
        "{}",
        words.count("match-teams-heading", answer.teams.len())
    )?;
    if answer.teams_cut_short {
        writeln!(out, "  {}", words.get("match-teams-cut-short"))?;
    }
    for team in &answer.teams {
        let members = team
            .assignment
            .iter()
            .map(|(worker, grid)| format!("{worker} {}", sentences::week(words, grid)));
        writeln!(out, "  {}", members.collect::<Vec<_>>().join(" | "))?;
    }
    if !answer.left_out.is_empty() {
        let heading = words.count("match-left-out-heading", answer.left_out.len());
        writeln!(out, "{heading}\n  {}", answer.left_out.join(" "))?;
    }
    Ok(())
}

fn print_reverse(
    out: &mut impl Write,
    words: Words,
    answer: &ReverseAnswer,
) -> std::io::Result<()> {
    writeln!(
        out,
        "{}",
        words.count("match-reverse-heading", answer.requests.len())
    )?;
    for open in &answer.requests {
        writeln!(
            out,
            "  {:12} {:>8}",
            open.request,
            words.number(f64::from(open.score) / 1000.0)
        )?;
    }
    Ok(())
}
