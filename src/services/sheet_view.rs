//! What a sheet shows: from records and the engine's explanation to the plain
//! view that the PDF floor prints. Nothing that a family must not learn is read.

use chrono::NaiveDate;

use super::Context;
use super::sentences;
use crate::catalogue::{Language, Words};
use crate::domain::account::Actor;
use crate::domain::contract::Arrangement;
use crate::domain::duty;
use crate::domain::family::Family;
use crate::domain::ids::SheetNumber;
use crate::domain::person::Accreditation;
use crate::domain::request::CareRequest;
use crate::domain::week::WeekGrid;
use crate::domain::worker::Worker;
use crate::matching::Explanation;
use crate::pdf::sheet::{CoverView, IssuerView, RequestView, SheetView, SheetWords, WorkerView};
use crate::pdf::week::{Week, WeekWords};
use crate::storage::places::Desk;

pub use crate::domain::sheet::DISCLOSED;

/// What a sheet is made of.
pub struct Parts<'a> {
    pub number: &'a SheetNumber,
    pub verification_code: &'a str,
    pub request: &'a CareRequest,
    pub family: &'a Family,
    pub desk: &'a Desk,
    pub issued_by: &'a Actor,
    pub valid_until: NaiveDate,
    pub workers: Vec<(&'a Worker, &'a Explanation)>,
}

/// The view of a sheet issued today; in a second language too, where the family
/// reads another that sheets are written in.
pub fn view(context: &Context, words: Words, parts: &Parts<'_>) -> SheetView {
    let mut view = in_language(context, words, parts);
    let second = second(words, parts.family);
    view.second = second.map(|words| Box::new(in_language(context, words, parts)));
    view
}

/// The words of the second language of a family's sheets, where they have one.
pub fn second(words: Words, family: &Family) -> Option<Words> {
    let second = Language::written_to(family.contact_language);
    let is_another = second != words.language() && second != Language::default();
    is_another.then(|| Words::new(second))
}

fn in_language(context: &Context, words: Words, parts: &Parts<'_>) -> SheetView {
    let today = context.today();
    let request = parts.request;
    SheetView {
        language: words.tag().to_owned(),
        right_to_left: words.language() == Language::Ar,
        words: labels(words),
        number: parts.number.to_string(),
        verification_code: in_groups(parts.verification_code),
        verification_url: format!("{}/v/{}", context.public_url, parts.verification_code),
        recipient: parts.family.full_name(),
        request: RequestView {
            comune: request.comune.name().to_owned(),
            arrangement: words
                .code("arrangement", request.arrangement.code())
                .into_owned(),
            schedule: schedule(words, request),
            start: words.date(request.start_date),
            need: (request.arrangement != Arrangement::LiveIn).then(|| drawn(&request.schedule)),
        },
        issuer: IssuerView {
            desk: parts.desk.name.clone(),
            operator: parts.issued_by.name.clone(),
            phone: phone_of(words, parts.desk),
            address: parts.desk.address.clone().unwrap_or_default(),
        },
        cover: cover(words, parts.desk, today),
        second: None,
        issued_on: today,
        date: words.date(today),
        valid_until: words.date(parts.valid_until),
        workers: parts
            .workers
            .iter()
            .map(|(worker, explanation)| worker_view(words, request, worker, explanation))
            .collect(),
    }
}

/// How to reach the desk, and what the law asks on that day of whoever hires.
fn cover(words: Words, desk: &Desk, today: NaiveDate) -> CoverView {
    let phone = phone_of(words, desk);
    let address = desk.address.as_deref().unwrap_or_default();
    let duties = duty::in_force(today).into_iter().map(|one| {
        let what = words.code("duty", &one.code);
        let source = words.with(
            "duty-source",
            &[
                ("source", &one.source),
                ("date", &words.date(one.valid_from)),
            ],
        );
        format!("{what} {source}")
    });
    CoverView {
        desk: words.with(
            "sheet-cover-desk-text",
            &[
                ("desk", &desk.name),
                ("address", &address),
                ("phone", &phone),
            ],
        ),
        duties: duties.collect(),
    }
}

/// The desk's number, in one piece where words run from the right: there two groups of
/// digits would change places at a space.
fn phone_of(words: Words, desk: &Desk) -> String {
    let phone = desk.phone.clone().unwrap_or_default();
    if words.language() == Language::Ar {
        phone.replace(' ', "\u{a0}")
    } else {
        phone
    }
}

// Four by four, as people read a code aloud; the verification forgives the dashes.
fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters
        .chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

/// The hours of a request in words.
pub fn schedule(words: Words, request: &CareRequest) -> String {
    match request.arrangement {
        Arrangement::LiveIn => words.with(
            "live-in-hours",
            &[(
                "hours",
                &words.number(i64::from(request.live_in_hours.hours())),
            )],
        ),
        Arrangement::Hourly | Arrangement::Night => {
            sentences::turned(words, &sentences::week(words, &request.schedule))
        }
    }
}

fn drawn(grid: &WeekGrid) -> Week {
    Week::from_slots(|slot| grid.contains(slot))
}

fn worker_view(
    words: Words,
    request: &CareRequest,
    worker: &Worker,
    explanation: &Explanation,
) -> WorkerView {
    let years = worker.experience_years.unwrap_or(0);
    WorkerView {
        given_name: worker.given_name.to_string(),
        family_name: worker.family_name.to_string(),
        phones: worker.phone.iter().map(ToString::to_string).collect(),
        comune: worker.comune.name().to_owned(),
        languages: sentences::languages(words, &worker.languages),
        skills: sentences::skills(words, worker.skills),
        experience: if years == 0 {
            Vec::new()
        } else {
            vec![words.count("experience-years", i64::from(years))]
        },
        qualifications: sentences::qualifications(words, worker.qualifications),
        accreditation: (worker.accreditation == Accreditation::Yes)
            .then(|| words.get("sheet-accredited").into_owned()),
        availability: drawn(&worker.availability),
        reasons: reasons(words, request, worker, explanation),
    }
}

/// Why somebody fits, in the sentences of the sheet.
pub fn reasons(
    words: Words,
    request: &CareRequest,
    worker: &Worker,
    explanation: &Explanation,
) -> Vec<String> {
    let years = worker.experience_years.unwrap_or(0);
    sentences::Reasons::of(words, request).told(worker.skills, years, explanation)
}

fn labels(words: Words) -> SheetWords {
    let label = |key: &str| words.get(key).into_owned();
    SheetWords {
        title: label("sheet-title"),
        recipient: label("sheet-recipient"),
        request: label("sheet-request"),
        schedule: label("sheet-schedule"),
        start: label("sheet-start"),
        issuer: label("sheet-issuer"),
        date: label("sheet-date"),
        valid_until: label("sheet-valid-until"),
        verification_code: label("sheet-verification-code"),
        verification: label("sheet-verification"),
        square_code: label("sheet-square-code"),
        phone: label("sheet-phone"),
        reasons: label("sheet-reasons"),
        profile: label("sheet-profile"),
        comune: label("sheet-comune"),
        languages: label("sheet-languages"),
        skills: label("sheet-skills"),
        experience: label("sheet-experience"),
        qualifications: label("sheet-qualifications"),
        accreditation: label("sheet-accreditation"),
        availability: label("sheet-availability"),
        not_stated: label("not-stated"),
        cover_fits: label("sheet-cover-fits"),
        cover_desk: label("sheet-cover-desk"),
        cover_duties: label("sheet-cover-duties"),
        page: words.with("sheet-page", &[("page", &"{page}"), ("pages", &"{pages}")]),
        week: WeekWords {
            days: std::array::from_fn(|day| sentences::day(words, day)),
            covered: label("sheet-week-covered"),
            missing: label("sheet-week-missing"),
            spare: label("sheet-week-spare"),
            free: label("sheet-week-free"),
            none: label("sheet-week-none"),
            unstated: label("sheet-week-unstated"),
        },
    }
}
