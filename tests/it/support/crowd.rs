//! Everything that a desk has, so many times each: people, sheets, proposals, calls,
//! tasks, files, words, links. What there is one of hangs on the first of its kind
//! (`W-000000`, `R-000000`, `F-1`), so that the page of that one grows too.

use dom::jobs;

use super::browser::{Browser, Page};
use super::cast::Cast;
use super::followed::{Followed, day, links, start, told};
use super::site::Site;
use dom::catalogue::Language;
use dom::domain::contact::EmailAddress;
use dom::domain::notice::Notice;
use dom::domain::reading::Fields;
use dom::services::inbox::ask::{self, Sent};
use sea_orm::ConnectionTrait as _;

/// The day on which it is looked at: the first wave is out.
const TODAY: u64 = 16;
/// What a desk may have of files at the most is less than of anything else.
const FILES: usize = 12;

/// See the module's words.
pub struct Crowd {
    pub followed: Followed,
    /// The paths of the private links of the first worker and of the family, and the
    /// codes to each.
    pub doors: [(String, String); 2],
    /// The path of the family's survey.
    pub survey: String,
    /// The first sheet's number, with as many workers as a sheet takes.
    pub sheet: String,
}

fn cast(size: usize) -> Cast {
    let mut cast = Cast::on(start());
    cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
    for n in 0..size {
        let mail = format!("w{n}@prova.example");
        // Every other one is asked by mail, the rest by telephone.
        let mail = if n % 2 == 0 { "" } else { mail.as_str() };
        let asked = format!("p{n}@prova.example");
        let asked = [("share_without_asking", "no"), ("email", asked.as_str())];
        cast = cast
            .worker(&format!("W-{n:06}"), &[("email", mail)])
            .worker(&format!("W-9{n:05}"), &asked)
            .worker(&format!("W-8{n:05}"), &[])
            .request(&format!("R-{n:06}"), &[])
            .family(&format!("F-{:06}", n + 2), &[]);
    }
    cast
}

/// What a button gives, which must not be a refusal.
fn done(page: Page, what: &str) -> Page {
    let status = page.status.as_u16();
    assert!(status < 400, "{what}: {status} {}", page.main());
    page
}

/// Where nobody of the crowd lives.
const FAR: [&str; 12] = [
    "Torino", "Milano", "Genova", "Bologna", "Napoli", "Bari", "Palermo", "Catania", "Verona",
    "Padova", "Trieste", "Brescia",
];

async fn post(browser: &mut Browser, address: &str, fields: &[(&str, &str)]) -> Page {
    done(browser.post(address, fields).await, address)
}

impl Crowd {
    pub async fn of(size: usize) -> Self {
        Self::with(size, |_| {}).await
    }

    /// The same after a change of who there is.
    pub async fn with(size: usize, change: impl FnOnce(&mut Cast)) -> Self {
        let mut cast = cast(size);
        change(&mut cast);
        let followed = Followed::of(&cast).await;
        let sent =
            "UPDATE families SET referred_by_id = (SELECT id FROM partners WHERE code = 'pi')";
        let db = followed.context.db.read();
        db.execute_unprepared(sent).await.unwrap();
        let sheet = sheets(&followed, size).await;
        introductions(&followed, size).await;
        let mails = followed.live(day(TODAY - 1)).await;
        let mut asked = mails.iter().filter(|mail| mail.to.starts_with("famiglia"));
        let survey = asked.find(|mail| mail.message.plain.contains("/s/"));
        let survey = links(survey.expect("the family is asked")).remove(0);
        let survey = survey.split('?').next().unwrap().to_owned();
        contradictions(&followed, size).await;
        followed.at(day(TODAY), 12);
        records(&followed, size).await;
        let doors = doors(&followed, size).await;
        inbox(&followed, size).await;
        appointments(&followed, size).await;
        log(&followed.site, size).await;
        files(&followed.site, size).await;
        let crowd = Self {
            followed,
            doors,
            survey,
            sheet,
        };
        crowd.followed.mail_now().await;
        jobs::run_due(&crowd.followed.site.context).await.unwrap();
        crowd
    }
}

/// A sheet for every request, some of them revoked; the first names many.
async fn sheets(followed: &Followed, size: usize) -> String {
    let mut operator = followed.site.signed_in("operator").await;
    let mut first = String::new();
    for n in 0..size {
        let workers = if n == 0 { size.min(8) } else { 1 };
        let workers: Vec<String> = (0..workers).map(|n| format!("W-{n:06}")).collect();
        let fields: Vec<(&str, &str)> = workers.iter().map(|one| ("worker", &**one)).collect();
        let page = post(&mut operator, &format!("/requests/R-{n:06}/sheet"), &fields).await;
        let sheet = page.location().split('?').next().unwrap().to_owned();
        if n == 0 {
            first = sheet.trim_start_matches("/sheets/").to_owned();
        } else {
            let revoke = format!("{sheet}/revoke");
            post(&mut operator, &revoke, &[("reason", "error")]).await;
        }
        post(&mut operator, &format!("/requests/R-{n:06}/charge"), &[]).await;
    }
    let print = format!("/sheets/{first}/print");
    for _ in 0..size {
        post(&mut operator, &print, &[("purpose", "copy")]).await;
    }
    first
}

async fn introductions(followed: &Followed, size: usize) {
    for n in 0..size {
        let (code, request) = (format!("I-9{n:05}"), format!("R-{n:06}"));
        let worker = format!("W-8{n:05}");
        followed
            .introduce(&code, &request, &worker, day(0), None)
            .await;
    }
}

/// Both sides of each introduction say something else.
async fn contradictions(followed: &Followed, size: usize) {
    for n in 0..size {
        for (side, result) in [("family", "hired"), ("worker", "no")] {
            let code = format!("I-9{n:05}");
            let cells = [
                ("introduction", code.as_str()),
                ("side", side),
                ("wave", "w1"),
                ("answered_on", "2026-01-28"),
                ("result", result),
            ];
            told(followed, &cells).await;
        }
    }
}

/// Notes, limits, drafts and merges of the first worker, and proposals of the first
/// request.
async fn records(followed: &Followed, size: usize) {
    let mut operator = followed.site.signed_in("operator").await;
    let asked: Vec<String> = (0..size).map(|n| format!("W-9{n:05}")).collect();
    let mut fields: Vec<(&str, &str)> = asked.iter().map(|one| ("worker", &**one)).collect();
    fields.push(("skipped", "worker_wish"));
    post(&mut operator, "/requests/R-000000/propose", &fields).await;
    for n in 0..size {
        for record in ["/workers/W-000000", "/families/F-1", "/requests/R-000000"] {
            let words = format!("Chiamare la sera del {n}.");
            let note = [("on", "20/01/2026"), ("words", words.as_str())];
            post(&mut operator, &format!("{record}/diary"), &note).await;
        }
        // Not a family that becomes one with that of the sheet: the sheet would end.
        let family = format!("F-{:06}", n + 2);
        let limit = match (n + size / 3).checked_sub(size) {
            Some(merged) => [("kind", "comune"), ("whom", FAR[merged])],
            None => [("kind", "family"), ("whom", family.as_str())],
        };
        post(&mut operator, "/workers/W-000000/diffusion", &limit).await;
        let draft = operator.get("/workers/new").await.form("/workers/new");
        let draft = [
            ("form", "worker"),
            ("draft", draft.value("draft")),
            ("given_name", "Ada"),
        ];
        post(&mut operator, "/drafts", &draft).await;
    }
    for n in 0..size / 3 {
        for (kept, gone) in [
            ("/workers/W-000000", format!("W-8{n:05}")),
            ("/families/F-1", format!("F-{:06}", size + 1 - n)),
        ] {
            let merge = format!("{kept}/merge/{gone}");
            let form = operator.get(&merge).await.form(&merge).choose("keep", "0");
            done(operator.submit(&form, "Unisci le schede").await, &merge);
        }
    }
}

/// Links of their own, and who wants to be called.
async fn doors(followed: &Followed, size: usize) -> [(String, String); 2] {
    let mut operator = followed.site.signed_in("operator").await;
    let mut doors = Vec::new();
    for n in 0..size {
        let record = format!("/workers/W-{n:06}/link");
        let link = given(&mut operator, &record).await;
        let mut phone = followed.site.browser();
        let mine = phone.get(&link).await.location().to_owned();
        let words = [("words", "Il telefono è un altro.")];
        post(&mut phone, &format!("{mine}/correct"), &words).await;
        doors.push((link, record));
    }
    doors.truncate(1);
    let record = "/families/F-1/link".to_owned();
    doors.push((given(&mut operator, &record).await, record));
    let mut with_codes = Vec::new();
    for (link, record) in doors {
        let page = post(&mut operator, &record, &[("do", "code")]).await;
        let said = page.texts("[role=status] strong").join(" ");
        let code: String = said.chars().filter(char::is_ascii_digit).collect();
        with_codes.push((link, code));
    }
    with_codes.try_into().unwrap()
}

/// What families asked by themselves: half of it decided. Of the first there are others with
/// the same number.
async fn inbox(followed: &Followed, size: usize) {
    struct Answers([(&'static str, String); 10]);
    impl Fields for Answers {
        fn get(&self, column: &str) -> Option<&str> {
            let found = self.0.iter().find(|(known, _)| *known == column);
            found.map(|(_, cell)| cell.as_str())
        }
    }
    let context = &followed.site.context;
    for n in 0..2 * size {
        let mut carried = ask::begin(context, Language::It);
        carried.notice = Some((Notice::latest().version().to_owned(), context.now()));
        let phone = if n < 3 { 0 } else { n };
        let answers = Answers([
            ("relation", "self".to_owned()),
            ("given_name", "Elsa".to_owned()),
            ("family_name", "Provolini".to_owned()),
            ("contact_by", "phone".to_owned()),
            ("phone", format!("+3905643{phone:05}")),
            ("comune", "053011".to_owned()),
            ("required_skills", "laundry".to_owned()),
            ("arrangement", "hourly".to_owned()),
            ("schedule", "Mon 08:00-12:00".to_owned()),
            ("start_date", "2026-03-01".to_owned()),
        ]);
        let network = format!("192.0.2.{n}");
        let sent = ask::send(context, &carried, &answers, None, &network).await;
        assert!(matches!(sent.unwrap(), Sent::Done(_)));
    }
    let mut operator = followed.site.signed_in("operator").await;
    for n in size..2 * size {
        let refuse = format!("/inbox/D-{:06}/refuse", n + 1);
        let said = [("version", "1"), ("reason", "duplicate")];
        post(&mut operator, &refuse, &said).await;
    }
    for _ in 0..size {
        let page = operator.get("/inbox/D-000001").await;
        let form = page
            .form("/inbox/D-000001/ask-back")
            .tick("hours")
            .fill("words", "Quando?");
        done(operator.submit(&form, "Chiedi ancora").await, "ask back");
    }
}

/// Who comes to the desk today, and days on which it is closed.
async fn appointments(followed: &Followed, size: usize) {
    let mut operator = followed.site.signed_in("operator").await;
    let today = day(TODAY);
    let from = today.to_string();
    for _ in 0..size {
        let hours = [
            ("desk", "grosseto"),
            ("week", "lun-dom 13:00-23:30"),
            ("minutes", "30"),
            ("from", from.as_str()),
        ];
        post(&mut operator, "/appointments/hours", &hours).await;
    }
    // From half past one on: so many half-hours are left of the day.
    for n in 0..size.min(20) {
        let begin = format!("{today}/{}", 27 + n);
        let choice = [
            ("do", "book"),
            ("desk", "grosseto"),
            ("begin", begin.as_str()),
            ("purpose", "renewal"),
        ];
        let address = format!("/workers/W-{n:06}/appointment");
        post(&mut operator, &address, &choice).await;
        let closed = day(TODAY + 1 + n as u64).to_string();
        let closed = [("desk", "grosseto"), ("first", closed.as_str())];
        post(&mut operator, "/appointments/hours/close", &closed).await;
    }
}

/// A link in a text to copy, as its path.
async fn given(operator: &mut Browser, record: &str) -> String {
    let page = post(operator, record, &[("do", "text")]).await;
    let text = page.texts("textarea").join(" ");
    let link = text.split("http://dom.example").nth(1).expect("a link");
    link.split_whitespace().next().unwrap().to_owned()
}

/// Contacts, cases, words of the lists, rules.
async fn log(site: &Site, size: usize) {
    let mut operator = site.signed_in("operator").await;
    let mut administrator = site.signed_in("administrator").await;
    for n in 0..size {
        let form = operator.get("/accesses").await.form("/accesses");
        let form = form
            .fill("reason", "housing")
            .fill("accompaniment", "opened");
        done(operator.submit(&form, "Segna").await, "/accesses");
        let code = format!("own_{n}");
        let (italian, english) = (format!("Voce finta {n}"), format!("Made-up entry {n}"));
        let term = [
            ("code", &*code),
            ("label_it", &*italian),
            ("label_en", &*english),
        ];
        post(&mut administrator, "/vocabularies/reason", &term).await;
        let from = format!("{}/02/2026", n + 1);
        let word = if n % 2 == 0 { "on" } else { "off" };
        let rule = [("fourth_wave", word), ("from", from.as_str())];
        post(&mut administrator, "/admin/waves", &rule).await;
    }
}

/// Files, the first of which has many faults.
async fn files(site: &Site, size: usize) {
    let mut operator = site.signed_in("operator").await;
    for n in 0..size.min(FILES) {
        let head = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n";
        let wrong = "Finta,Del Foglio,f,333 5550179,Groseto,molti,hourly,grosseto\n";
        let file = format!("{head}{}", wrong.repeat(if n == 0 { size } else { 1 }));
        let kind = [("kind", "workers")];
        let file = ("elenco.csv", file.as_bytes());
        done(operator.upload("/imports", &kind, file).await, "/imports");
    }
    for _ in 0..size.min(FILES) {
        jobs::work_on_files(&site.context).await.unwrap();
    }
}
