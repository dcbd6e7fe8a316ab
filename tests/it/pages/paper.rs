//! The papers that a desk prints, by the page and by the command.

use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::Site;

#[test]
fn the_page_offers_every_paper_in_eight_languages_and_each_is_a_pdf() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get("/paper").await;
        let papers: Vec<_> = page
            .links()
            .into_iter()
            .filter(|(_, target)| target.starts_with("/paper/"))
            .collect();
        assert_eq!(papers.len(), 5 * 8);
        let named = papers.iter().find(|(text, _)| text.contains("ucraino"));
        let file: Page = browser.get(&named.unwrap().1).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "application/pdf");
        assert!(file.bytes.starts_with(b"%PDF"));
        for none in ["/paper/none/it", "/paper/worker/de"] {
            assert_eq!(browser.get(none).await.status, 404, "{none}");
        }
    });
}

#[test]
fn the_command_prints_the_same_without_a_database() {
    let program = Program::on_sqlite();
    let args = [
        "paper",
        "authorisation",
        "--language",
        "ar",
        "--out",
        "carta.pdf",
    ];
    assert_eq!(program.ok(&args), "");
    let bytes = std::fs::read(program.path().join("carta.pdf")).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert!(!program.data().exists(), "nothing else was made");
    let wrong = program.wrong_usage(&["paper", "nulla", "--out", "carta.pdf"]);
    assert!(wrong.contains("notice_worker"), "{wrong}");
}
