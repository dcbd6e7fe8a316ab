//! A program that is killed while it issues a sheet leaves all of the sheet or
//! nothing, and no gap.

use std::time::Duration;

use crate::support::cast::{Cast, today};
use crate::support::ledger;
use crate::support::program::Program;

/// How many programs are killed, on each kind of database.
const KILLS: u32 = 10;

fn killed_at_any_moment(program: &Program) {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    for worker in 0..=KILLS {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    let issue = |worker: u32, file: &str| {
        let worker = format!("W-{worker}");
        let args = [
            "sheet",
            "issue",
            "R-1",
            &worker,
            "--as",
            "ada@prova.example",
            "--out",
            file,
        ];
        program.start(&args)
    };

    // What one sheet takes here tells over which time to spread the kills.
    let mut whole = 0;
    let mut took = Duration::from_millis(50);
    while issue(0, "first.pdf").end_within(took).is_none() {
        let books = program.with_db(async |db| ledger::read(db, 1).await);
        if !books.is_empty() {
            break;
        }
        took = took * 3 / 2;
    }
    for kill in 1..=KILLS {
        // Spread over the whole run, twice as dense at its end, where it writes.
        let part = f64::from(kill) / f64::from(KILLS);
        let moment = took.mul_f64(0.3 + 0.8 * part.sqrt());
        let ended = issue(kill, "sheet.pdf").end_within(moment);
        let books = program.with_db(async |db| ledger::read(db, 1).await);
        let known = books
            .iter()
            .any(|entry| entry.workers == [format!("W-{kill}")]);
        if let Some(ran) = ended {
            assert_eq!(ran.code, Some(0), "{ran:?}");
            assert!(known, "a sheet that was told of is not in the books");
        }
        whole += u32::from(known);
    }
    let next = program.run(&[
        "sheet",
        "issue",
        "R-1",
        "W-0",
        "--as",
        "ada@prova.example",
        "--out",
        "last.pdf",
    ]);
    println!("{whole} of {KILLS} were whole, the first took {took:?}; {next:?}");
    program.with_db(async |db| ledger::read(db, 1).await);
}

#[test]
fn a_killed_program_leaves_a_whole_sheet_or_none() {
    for program in Program::on_both() {
        killed_at_any_moment(&program);
    }
}
