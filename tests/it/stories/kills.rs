//! A program that is killed while it issues a sheet by mail leaves all of the sheet and
//! its mails or nothing, and no gap.

use dom::clock::{Clock, SystemClock};
use dom::domain::contact::EmailAddress;

use crate::support::cast::{Cast, today};
use crate::support::ledger;
use crate::support::program::{Program, Running};

/// How many programs are killed, on each kind of database.
const KILLS: u32 = 10;

fn issue(program: &Program, worker: u32, file: &str) -> Running {
    let worker = format!("W-{worker}");
    program.start(&[
        "sheet",
        "issue",
        "R-1",
        &worker,
        "--mail",
        "--as",
        "ada@prova.example",
        "--out",
        file,
    ])
}

fn killed_at_any_moment(program: &Program) {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
    for worker in 0..KILLS + 2 {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");

    // What a whole run takes here and now tells over which time to spread the kills.
    let began = SystemClock.now();
    let first = issue(program, 0, "first.pdf").end();
    assert_eq!(first.code, Some(0), "{first:?}");
    let took = (SystemClock.now() - began).to_std().unwrap();

    let (mut killed, mut kept) = (0, 0);
    for kill in 1..=KILLS {
        let moment = took.mul_f64(0.1 + f64::from(kill) / f64::from(KILLS));
        let ended = issue(program, kill, "sheet.pdf").end_within(moment);
        // Asserts that what there is, is whole and without gap; so are its mails.
        let books = program.with_db(async |db| {
            ledger::mailed(db).await;
            ledger::read(db, 1).await
        });
        let worker = format!("W-{kill}");
        let known = books.iter().any(|entry| entry.workers == [worker.as_str()]);
        match ended {
            None => killed += 1,
            Some(ran) => {
                assert_eq!(ran.code, Some(0), "{ran:?}");
                assert!(known, "a sheet was told of that is not in the books");
            }
        }
        kept += usize::from(known);
        assert_eq!(books.len(), 1 + kept, "a sheet that was there is gone");
    }
    println!("{killed} of {KILLS} were killed, {kept} sheets are whole, one took {took:?}");

    // Whatever the dead held does not stop the living.
    let last = issue(program, KILLS + 1, "last.pdf").end();
    assert_eq!(last.code, Some(0), "{last:?}");
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert_eq!(books.len(), 2 + kept);
    let number = last.out.lines().next().unwrap();
    assert_eq!(books[1 + kept].number, number);
}

#[test]
fn a_killed_program_leaves_a_whole_sheet_or_none() {
    for program in Program::on_both() {
        killed_at_any_moment(&program);
    }
}
