//! A disk that is full while a sheet is kept: nothing of the sheet is there, the
//! number is free, and the next one goes out when there is room again.

use std::process::Command;

use crate::support::cast::{Cast, today};
use crate::support::ledger;
use crate::support::program::{Program, Running};

/// The program where no file may grow beyond so many kilobytes: the system says so
/// at the write, as on a full disk.
fn short_of_room(program: &Program, kilobytes: u32, args: &[&str]) -> Running {
    let plain = program.command(args);
    let mut command = Command::new("bash");
    command
        .arg("-c")
        .arg(format!(
            "trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\""
        ))
        .arg(plain.get_program())
        .args(plain.get_args())
        .env_clear()
        .current_dir(program.path());
    for (name, value) in plain.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    Running::start(command)
}

#[test]
fn a_disk_that_is_full_while_the_sheet_is_kept_leaves_nothing_of_it() {
    let program = Program::on_sqlite();
    let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    let args = [
        "sheet",
        "issue",
        "R-1",
        "W-1",
        "--as",
        "ada@prova.example",
        "--out",
        "sheet.pdf",
    ];
    // Room for the journal's index, not for the sheet in the journal.
    let ran = short_of_room(&program, 40, &args).end();
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.starts_with("dom: "), "{ran:?}");
    assert!(!program.path().join("sheet.pdf").exists(), "no half a file");
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert!(books.is_empty(), "no sheet, no introduction, no disclosure");

    let again = program.ok(&args);
    assert!(
        again.trim().ends_with("-0001"),
        "the first number is free: {again}"
    );
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert_eq!(books.len(), 1);
}
