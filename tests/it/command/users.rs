//! `dom user`: accounts and their one-time links.

use dom::services::accounts;
use serde_json::{Value, json};

use crate::support::program::Program;

const ADA: &str = "ada@prova.example";

/// The token of a link.
fn token(link: &str) -> &str {
    let token = link
        .strip_prefix("http://127.0.0.1:8080/password/")
        .unwrap_or_else(|| panic!("{link}"));
    token.strip_suffix('\n').expect("the link is a line")
}

fn holds(program: &Program, link: &str) -> bool {
    program.with_context(async |context| {
        accounts::account_of_link(context, token(link))
            .await
            .unwrap()
            .is_some()
    })
}

fn list(program: &Program) -> Vec<Value> {
    serde_json::from_str(&program.ok(&["user", "list", "--json"])).unwrap()
}

#[test]
fn a_new_account_gets_a_link_alone_on_a_line() {
    for program in Program::on_both() {
        let link = program.account(ADA, "operator", &["--desk", "grosseto", "--name", "Ada P."]);
        assert!(token(&link).len() >= 43, "256 random bits");
        assert!(holds(&program, &link));
        program.account("leo@prova.example", "reader", &[]);
        let all = list(&program);
        assert_eq!(all.len(), 2);
        assert_eq!(
            all[0],
            json!({
                "email": ADA, "name": "Ada P.", "role": "operator", "place": "grosseto",
                "disabled": false, "has_password": false, "has_identity": false,
            })
        );
        let people = program.ok(&["user", "list"]);
        assert_eq!(people.lines().count(), 2);
        assert!(
            people.contains(ADA) && people.contains("reader"),
            "{people}"
        );
    }
}

#[test]
fn what_was_added_is_told_as_one_document_too() {
    let program = Program::on_sqlite();
    let told = |args: &str| -> Value {
        let args: Vec<&str> = args.split(' ').collect();
        serde_json::from_str(&program.ok(&args)).unwrap()
    };
    let partner = told("partner add pi --name PI --kind other --json");
    assert_eq!(partner["code"], "pi");
    let desk = told("desk add massa --name Massa --sheet-prefix MM --comune 053015 --json");
    assert_eq!(desk["comune"], "053015");
    let added = told(&format!(
        "user add {ADA} --role partner --partner pi --json"
    ));
    assert_eq!(added["email"], ADA);
    let link = |told: &Value| format!("{}\n", told["link"].as_str().unwrap());
    assert!(holds(&program, &link(&added)));
    let again = told(&format!("user reset {ADA} --json"));
    assert!(holds(&program, &link(&again)));
    assert!(!holds(&program, &link(&added)));
}

#[test]
fn each_role_has_its_place() {
    let program = Program::on_sqlite();
    program.ok(&["partner", "add", "pi", "--name", "PI", "--kind", "other"]);
    let add = |email: &str, more: &[&str]| {
        let mut args = vec!["user", "add", email];
        args.extend(more);
        program.run(&args)
    };
    let good: [&[&str]; 5] = [
        &["--role", "administrator"],
        &["--role", "administrator", "--desk", "grosseto"],
        &["--role", "operator", "--desk", "follonica"],
        &["--role", "partner", "--partner", "pi"],
        &["--role", "reader"],
    ];
    for (n, args) in good.iter().enumerate() {
        let ran = add(&format!("good{n}@prova.example"), args);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
    }
    let wrong: [&[&str]; 12] = [
        &[],
        &["--role", "operator"],
        &["--role", "operator", "--partner", "pi"],
        &[
            "--role",
            "operator",
            "--desk",
            "grosseto",
            "--partner",
            "pi",
        ],
        &["--role", "partner"],
        &["--role", "partner", "--desk", "grosseto"],
        &["--role", "reader", "--desk", "grosseto"],
        &["--role", "reader", "--partner", "pi"],
        &["--role", "administrator", "--partner", "pi"],
        &["--role", "king"],
        &["--role", "reader", "--name", ""],
        &["--role", "reader", "--password", "x"],
    ];
    for args in wrong {
        let ran = add("wrong@prova.example", args);
        assert_eq!(ran.code, Some(2), "{args:?}: {ran:?}");
        assert_eq!(ran.out, "", "{args:?}");
    }
    for address in ["ada", "ada@", "a b@prova.example", "@prova.example"] {
        let ran = add(address, &["--role", "reader"]);
        assert_eq!(ran.code, Some(2), "{address}: {ran:?}");
    }
    assert_eq!(list(&program).len(), good.len());
}

#[test]
fn a_desk_or_partner_that_is_not_there_is_named() {
    let program = Program::on_sqlite();
    let line = program.refused(&["user", "add", ADA, "--role", "operator", "--desk", "siena"]);
    assert!(line.contains("siena"), "{line}");
    let line = program.refused(&["user", "add", ADA, "--role", "partner", "--partner", "pi"]);
    assert!(line.contains("pi"), "{line}");
    assert_eq!(list(&program), Vec::<Value>::new());
}

#[test]
fn an_address_has_one_account_in_any_case() {
    let program = Program::on_sqlite();
    program.account(ADA, "reader", &[]);
    for again in [ADA, "Ada@Prova.EXAMPLE"] {
        let line = program.refused(&["user", "add", again, "--role", "administrator"]);
        assert!(line.to_lowercase().contains(ADA), "{line}");
    }
    assert_eq!(list(&program).len(), 1);
}

#[test]
fn a_new_link_takes_the_place_of_the_old_one() {
    let program = Program::on_sqlite();
    let first = program.account(ADA, "reader", &[]);
    let second = program.ok(&["user", "reset", ADA]);
    assert_ne!(first, second);
    assert!(!holds(&program, &first));
    assert!(holds(&program, &second));
}

#[test]
fn a_reset_account_has_no_password_and_a_disabled_one_no_link() {
    let program = Program::on_sqlite();
    let link = program.account(ADA, "reader", &[]);
    program.with_context(async |context| {
        accounts::set_password(context, token(&link), "corretto cavallo batteria")
            .await
            .unwrap();
    });
    assert_eq!(list(&program)[0]["has_password"], true);
    let link = program.ok(&["user", "reset", ADA]);
    assert_eq!(list(&program)[0]["has_password"], false);
    assert_eq!(program.ok(&["user", "disable", ADA]), "");
    assert!(!holds(&program, &link));
    assert_eq!(list(&program)[0]["disabled"], true);
}

#[test]
fn nobody_is_disabled_or_reset_who_is_not_there() {
    let program = Program::on_sqlite();
    for verb in ["disable", "reset"] {
        let line = program.refused(&["user", verb, ADA]);
        assert!(line.contains(ADA), "{line}");
        program.wrong_usage(&["user", verb]);
    }
}
