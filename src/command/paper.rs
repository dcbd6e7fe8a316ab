//! `dom paper`: a blank form, a notice or the authorisation as a PDF, in Italian and
//! another language, with the words that the program comes with. Needs no database; a notice
//! that was published is printed by the site.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::catalogue::{Language, Words};
use crate::pdf::paper;
use crate::pending::Pending;
use crate::web::pages::paper::view::{Paper, language, view};

/// Which paper, and where it goes.
#[derive(clap::Args)]
pub struct Args {
    /// `worker`, `notice_worker`, `authorisation`, `request` or `notice_family`
    #[arg(value_parser = paper_code)]
    paper: Paper,
    /// The language beneath the Italian: `en`, `fr`, `es`, `ro`, `sq`, `uk` or `ar`
    #[arg(long, value_name = "TAG", default_value = "it", value_parser = tag)]
    language: Language,
    /// The PDF
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

fn paper_code(text: &str) -> Result<Paper, String> {
    Paper::by_code(text).ok_or_else(|| {
        let codes = Paper::ALL.map(Paper::code).join(", ");
        Words::default().with("paper-unknown", &[("code", &text), ("codes", &codes)])
    })
}

fn tag(text: &str) -> Result<Language, String> {
    language(text).ok_or_else(|| {
        let codes = Language::WRITTEN.map(Language::tag).join(", ");
        Words::default().with("paper-no-language", &[("code", &text), ("codes", &codes)])
    })
}

/// Does it.
pub fn run(args: &Args, words: Words) -> anyhow::Result<ExitCode> {
    let owner = words.get("service-owner");
    let bytes = paper::render(&view(args.paper, args.language, &owner))?;
    let mut pending = Pending::begin(&args.out)?;
    pending.write_all(&bytes)?;
    pending.finish()?;
    Ok(ExitCode::SUCCESS)
}
