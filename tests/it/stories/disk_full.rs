//! A disk that is full while a sheet is kept: nothing of the sheet is there, the
//! number is free, and the next one goes out when there is room again.

use std::process::Command;

use dom::domain::contact::EmailAddress;
use sea_orm::ConnectionTrait;

use crate::support::cast::{Cast, today};
use crate::support::ledger;
use crate::support::program::{Program, Ran, Running};

/// The program where no file may grow beyond so many kilobytes: the system says so
/// at the write, as on a full disk.
pub fn short_of_room(program: &Program, kilobytes: u32, args: &[&str]) -> Running {
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
    house(&program);
    // Room for the journal's index, not for the sheet in the journal.
    let ran = short_of_room(&program, 40, &ISSUE).end();
    nothing_is_left_of_it(&program, &ran);
    the_next_one_goes_out(&program);
}

/// The server says that its disk is full at the very row of the bytes.
const FULL: &str = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' \
    USING ERRCODE = '53100'; END $$; \
    CREATE TRIGGER full_disk BEFORE INSERT ON sheet_documents \
    FOR EACH ROW EXECUTE FUNCTION full_disk();";

#[test]
fn a_server_whose_disk_is_full_while_the_sheet_is_kept_leaves_nothing_of_it() {
    let program = Program::on_postgres();
    house(&program);
    let run = |statements: &'static str| {
        program.with_db(async |db| {
            let write = db.write().await.unwrap();
            write.execute_unprepared(statements).await.unwrap();
            write.commit().await.unwrap();
        });
    };
    run(FULL);
    let ran = program.run(&ISSUE);
    nothing_is_left_of_it(&program, &ran);
    run("DROP TRIGGER full_disk ON sheet_documents");
    the_next_one_goes_out(&program);
}

const ISSUE: [&str; 9] = [
    "sheet",
    "issue",
    "R-1",
    "W-1",
    "--mail",
    "--as",
    "ada@prova.example",
    "--out",
    "sheet.pdf",
];

fn house(program: &Program) {
    let mut cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
}

fn nothing_is_left_of_it(program: &Program, ran: &Ran) {
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.starts_with("dom: "), "{ran:?}");
    assert!(!program.path().join("sheet.pdf").exists(), "no half a file");
    let books = program.with_db(async |db| {
        ledger::mailed(db).await;
        ledger::read(db, 1).await
    });
    assert!(books.is_empty(), "no sheet, no introduction, no disclosure");
}

fn the_next_one_goes_out(program: &Program) {
    let again = program.ok(&ISSUE);
    let number = again.lines().next().unwrap();
    assert!(number.ends_with("-0001"), "the number is free: {again}");
    let books = program.with_db(async |db| {
        ledger::mailed(db).await;
        ledger::read(db, 1).await
    });
    assert_eq!(books.len(), 1);
}
