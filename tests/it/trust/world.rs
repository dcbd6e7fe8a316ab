//! A desk with everything that there can be, in which each kind of data is known again
//! wherever it shows, and somebody of every kind who looks.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::SocketAddr;

use chrono::NaiveDate;
use dom::domain::account::{Place, Role};
use dom::domain::care_recipient::{CareRecipient, Guardianship};
use dom::domain::contact::Phone;
use dom::domain::country::Country;
use dom::domain::ids::PartnerCode;
use dom::domain::partner::Contract;
use dom::domain::permit::PermitType;
use dom::domain::skill::Skill;
use dom::domain::text::Line;
use dom::services::{accounts, places};
use dom::storage::places::Partner;
use dom::web::routes;

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::crowd::Crowd;
use crate::support::site::{EVERYBODY, PASSWORD, Site, email};
use crate::support::table::route_of;

/// What each field holds that nothing else here does.
pub const PLANTED: [(&str, &[&str]); 16] = [
    ("worker_name", &["Inventata"]),
    (
        "worker_phone",
        &["+390564200001", "0564 200001", "0564200001"],
    ),
    ("worker_email", &["w1@prova.example", "p0@prova.example"]),
    ("worker_birth", &["1971-03-17", "17/03/1971"]),
    ("worker_permit", &["2031-07-19", "19/07/2031"]),
    ("worker_citizenship", &["Tuvalu"]),
    ("family_name", &["Provolini"]),
    (
        "family_phone",
        &["+390564300001", "0564 300001", "0564300001"],
    ),
    ("family_email", &["famiglia@prova.example"]),
    ("family_address", &["Via dei Canarini"]),
    ("recipient_name", &["Palmira Canarina"]),
    (
        "guardian",
        &["Tutore Canarini", "+390564300077", "0564300077"],
    ),
    ("health_need", &["demenza"]),
    ("note", &["Chiamare la sera"]),
    ("correction", &["Il telefono è un altro"]),
    ("block_words", &["parole del canarino"]),
];

/// What everything hangs on: these are looked at besides one address of each route.
const PLANTED_AT: [&str; 14] = [
    "/workers/W-000000",
    "/workers/W-000000/edit",
    "/workers/W-000000/diary",
    "/workers/W-000000/disclosures",
    "/workers/W-800002/block",
    "/families/F-1",
    "/families/F-1/edit",
    "/families/F-1/diary",
    "/families/F-1/link",
    "/requests/R-000000",
    "/requests/R-000000/edit",
    "/requests/R-000000/diary",
    "/requests/R-000000/match",
    "/partner/referrals/R-000000",
];

/// See the module's words.
pub struct World {
    pub crowd: Crowd,
    /// Who looks, each from a network of their own: the accounts, another partner's
    /// account, nobody, and who came by a worker's and by a family's private link.
    pub people: Vec<(&'static str, Browser)>,
    /// What the private links and the survey lead to.
    doors: Vec<(&'static str, String)>,
}

fn plant(cast: &mut Cast) {
    for worker in &mut cast.workers {
        worker.birth_date = NaiveDate::from_ymd_opt(1971, 3, 17);
        worker.citizenship = Country::by_alpha2("TV");
        worker.permit_type = PermitType::by_code("eu_family_member_card");
        worker.permit_until = NaiveDate::from_ymd_opt(2031, 7, 19);
    }
    let family = &mut cast.families[0];
    family.address = Line::parse("Via dei Canarini 7").ok();
    family.recipient = CareRecipient {
        name: Line::parse("Palmira Canarina").ok(),
        guardianship: Some(Guardianship::Guardian),
        guardian_name: Line::parse("Tutore Canarini").ok(),
        guardian_phone: Phone::parse("0564 300077").ok(),
    };
    let need = Skill::by_code("dementia_care").unwrap();
    cast.requests[0].preferred_skills.insert(need);
}

/// Somebody of another partner than the one that sent the family.
async fn stranger(site: &Site) -> Browser {
    let partner = Partner {
        code: PartnerCode::parse("altro").unwrap(),
        name: "Un altro ente".to_owned(),
        kind: "other".to_owned(),
        contract: Contract::default(),
    };
    places::add_partner(&site.context, &partner).await.unwrap();
    let place = Place::Partner(partner.code.clone());
    let address = email("altra");
    let token = accounts::add(&site.context, &address, "altra", Role::Partner, &place);
    let token = token.await.unwrap();
    accounts::set_password(&site.context, &token, PASSWORD)
        .await
        .unwrap();
    site.signed_in("altra").await
}

impl World {
    pub async fn new() -> Self {
        let crowd = Crowd::with(3, plant).await;
        let site = &crowd.followed.site;
        let mut people = Vec::new();
        for name in EVERYBODY {
            people.push((name, site.signed_in(name).await));
        }
        people.push(("other_partner", stranger(site).await));
        people.push(("nobody", site.browser()));
        let mut doors = Vec::new();
        for ((link, code), whose) in crowd.doors.iter().zip(["worker", "family"]) {
            let mut browser = site.browser();
            let mine = browser.get(link).await.location().to_owned();
            let told = browser
                .post(&format!("{mine}/code"), &[("code", code)])
                .await;
            assert_eq!(told.status, 303, "{}", told.main());
            doors.push((whose, mine.clone()));
            doors.push((whose, format!("{mine}/told")));
            if whose == "family" {
                let survey = browser.get(&crowd.survey).await.location().to_owned();
                doors.push((whose, survey));
            }
            people.push((whose, browser));
        }
        for (last, (_, browser)) in (1..).zip(&mut people) {
            browser.address = SocketAddr::from(([192, 0, 2, last], 4000));
        }
        let world = Self {
            crowd,
            people,
            doors,
        };
        world.hold_somebody_back().await;
        world
    }

    pub fn site(&self) -> &Site {
        &self.crowd.followed.site
    }

    pub fn browser(&self, who: &str) -> Browser {
        let mut people = self.people.iter();
        let found = people.find(|(name, _)| *name == who);
        found.expect("somebody of this name").1.clone()
    }

    async fn hold_somebody_back(&self) {
        let address = "/workers/W-800002/block";
        let mut operator = self.browser("operator");
        let form = operator.get(address).await.form(address);
        let form = form
            .fill("reason", "violence")
            .fill("review_on", "01/03/2026")
            .fill("words", "Sono parole del canarino.");
        let held = operator.submit(&form, "Proponi la sospensione").await;
        assert_eq!(held.status, 303, "{:?}", held.errors());
    }

    /// Every page that somebody finds by links, with its address.
    pub async fn found_by(&self, who: &str) -> BTreeMap<String, Page> {
        let mut browser = self.browser(who);
        let mut next: VecDeque<String> = VecDeque::from(["/".to_owned()]);
        let mine = self.doors.iter().filter(|(whose, _)| *whose == who);
        next.extend(mine.map(|(_, address)| address.clone()));
        let plain = routes().into_iter().filter(|route| {
            let walked = route.method == "GET" && !route.path.contains('{');
            walked && (who == "administrator" || (who == "partner" && route.roles == ["partner"]))
        });
        next.extend(plain.map(|route| route.path.to_owned()));
        if who == "administrator" {
            next.push_back(format!("/sheets/{}", self.crowd.sheet));
            next.extend(PLANTED_AT.map(str::to_owned));
        }
        if who == "partner" {
            next.push_back(format!("/partner/sheets/{}", self.crowd.sheet));
        }
        // One address of each route and set of parameters.
        let mut known = BTreeSet::new();
        let mut found = BTreeMap::new();
        while let Some(address) = next.pop_front() {
            if found.contains_key(&address) {
                continue;
            }
            let page = browser.get(&address).await;
            if page.status == 200 && page.header("content-type").starts_with("text/html") {
                for target in targets(&page.text()) {
                    let target = target.split('#').next().unwrap_or_default();
                    if !target.starts_with('/') || target.starts_with("/assets") {
                        continue;
                    }
                    let query = target.split_once('?').map_or("", |(_, query)| query);
                    let names: Vec<String> = query
                        .split('&')
                        .map(|pair| pair.split('=').next().unwrap_or_default().to_owned())
                        .collect();
                    if known.insert((route_of("GET", target), names)) {
                        next.push_back(target.to_owned());
                    }
                }
            }
            found.insert(address, page);
        }
        found
    }

    /// The addresses that anybody finds.
    pub async fn addresses(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for who in ["administrator", "partner", "worker", "family"] {
            all.extend(self.found_by(who).await.into_keys());
        }
        all
    }
}

/// Where the links of a page lead.
pub fn targets(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let targets = links.filter_map(|rest| rest.split('"').next());
    targets
        .map(|to| to.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

/// The fields that a text tells.
pub fn told(text: &str) -> Vec<&'static str> {
    PLANTED
        .iter()
        .filter(|(_, marks)| marks.iter().any(|mark| text.contains(mark)))
        .map(|(field, _)| *field)
        .collect()
}
