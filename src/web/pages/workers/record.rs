//! A worker's page: what the desk knows, whom they were introduced to, and who
//! was told of them.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use chrono::NaiveDate;

use super::disclosures::{self, Disclosure};
use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::ids::WorkerCode;
use crate::domain::reason::ReasonList;
use crate::domain::week::WeekGrid;
use crate::domain::worker::{BIRTH_DOUBTED, Worker, WorkerStatus};
use crate::services::matching::{self, OpenFit, OpenMissed};
use crate::services::registering::{self, Form};
use crate::services::{informing, places, records, safeguarding, sentences};
use crate::storage::authorisations::Recorded;
use crate::storage::introductions::IntroductionLine;
use crate::storage::mailings::Person;
use crate::storage::withdrawals::ToTell;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::facts::{Facts, Section};
use crate::web::frame::Frame;
use crate::web::pages::matching::answer::summary;
use crate::web::pages::people::inform::notices_given;
use crate::web::pages::people::rights;
use crate::web::pages::registering::Seen;
use crate::web::pages::registering::history::{self, Line, MergedHere};
use crate::web::week::{self, Day};

/// An open request that they do not fit.
struct MissedLine {
    code: String,
    summary: String,
    /// What fails, in words.
    failing: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/workers/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    name: String,
    status: &'static str,
    /// Why nobody can be proposed them, of what the record itself says.
    not_proposed: Option<String>,
    sections: Vec<Section>,
    days: Vec<Day>,
    /// Instead of a week where no hours are stated.
    no_week: Option<String>,
    introductions: Vec<IntroductionLine>,
    disclosures: Vec<Disclosure>,
    /// What should be looked at: a number, a year, the title of stay.
    doubts: Vec<String>,
    to_tell: Vec<ToTell>,
    /// None where nobody asked.
    fits: Option<Vec<OpenFit>>,
    missed: Vec<MissedLine>,
    history: Vec<Line>,
    record: String,
    merges: Vec<MergedHere>,
    held: bool,
    /// That the data may not be used, since when, by whom and why.
    restricted: Option<String>,
    /// To the form that was left to look here.
    way_back: Option<String>,
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(seen): Query<Seen>,
) -> Result<Html<String>, PageError> {
    let code = WorkerCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let record = records::worker(context, actor, &code).await?;
    let words = visit.words;
    let worker = &record.worker.value;
    let open = if seen.wants_fits() {
        Some(matching::fits_of(context, actor, &code).await?)
    } else {
        None
    };
    let (fits, missed) = match open {
        Some(open) => (Some(open.fits), open.missed),
        None => (None, Vec::new()),
    };
    let authorisation = registering::authorisation(context, actor, &record.worker).await?;
    let desk = places::desk(context, &worker.desk).await?.name;
    let mut sections = sections(words, worker, desk);
    if let Some(section) = sections.last_mut() {
        let recorded = authorisation.map(|one| recorded(words, &one));
        let label = words.get("section-authorisation").into_owned();
        section.facts.extend(recorded.map(|text| (label, text)));
        let given = informing::of_person(context, actor, Person::Worker(record.worker.id)).await?;
        section.facts.extend(notices_given(words, &given));
    }
    let notice = seen.notice(words);
    let disclosures = record.disclosures.into_iter();
    let disclosures = disclosures.map(|line| disclosures::in_words(words, line));
    let held = safeguarding::is_held(context, actor, Form::Worker, code.as_str()).await?;
    let way_back = seen.way_back(&visit, Form::Worker).await?;
    let restricted = rights::on_record(&visit, Form::Worker, code.as_str()).await?;
    let page = Page {
        way_back,
        t: words,
        frame: visit.frame().with_notice(notice),
        doubts: doubts(words, worker, context.today()),
        fits,
        missed: missed.iter().map(|one| missed_line(words, one)).collect(),
        history: history::lines(&visit, Form::Worker, code.as_str()).await?,
        record: format!("/workers/{code}"),
        code: code.to_string(),
        name: worker.full_name(),
        status: worker.status.code(),
        not_proposed: not_proposed(words, worker, context.today()),
        restricted,
        merges: history::merges(&visit, Form::Worker, code.as_str()).await?,
        held,
        sections,
        days: week::days(words, &worker.availability, &WeekGrid::EMPTY),
        no_week: no_week(words, worker),
        introductions: record.introductions,
        to_tell: record.to_tell,
        disclosures: disclosures.collect(),
    };
    Ok(Html(page.render()?))
}

fn missed_line(words: Words, one: &OpenMissed) -> MissedLine {
    let failing = one.failing.iter().map(|(criterion, shortfall)| {
        let criterion_name = words.code("criterion", criterion.code());
        let said = sentences::shortfall(words, *criterion, shortfall);
        format!("{criterion_name}: {said}")
    });
    MissedLine {
        code: one.code.clone(),
        summary: summary(words, &one.request),
        failing: failing.collect(),
    }
}

/// Why the record lets nobody propose them today, each cause named.
fn not_proposed(words: Words, worker: &Worker, today: NaiveDate) -> Option<String> {
    let mut why = Vec::new();
    match (worker.status, worker.paused_until) {
        (WorkerStatus::Active, _) => {}
        (WorkerStatus::Paused, Some(until)) => {
            why.push(words.with("worker-out-until", &[("date", &words.date(until))]));
        }
        (WorkerStatus::Paused, None) => why.push(words.get("worker-out-paused").into_owned()),
        (WorkerStatus::Placed, _) => why.push(words.get("worker-out-placed").into_owned()),
        (WorkerStatus::Withdrawn, _) => why.push(words.get("worker-out-withdrawn").into_owned()),
    }
    match worker.consent_on {
        Some(day) if day <= today => {}
        Some(day) => why.push(words.with("worker-out-named-from", &[("date", &words.date(day))])),
        None => why.push(words.get("worker-out-not-named").into_owned()),
    }
    (!why.is_empty()).then(|| words.with("worker-out", &[("why", &why.join("; "))]))
}

/// Which notice the worker had, how and from whom.
fn recorded(words: Words, one: &Recorded) -> String {
    let how = words.code("consent-how", &one.authorisation.how);
    let mut text = words.with(
        "authorisation-recorded",
        &[
            (
                "notice",
                &sentences::notice(words, &one.authorisation.notice_version),
            ),
            ("how", &how),
            ("name", &one.by),
        ],
    );
    if let Some(folder) = &one.authorisation.folder {
        text.push(' ');
        text.push_str(&words.with("authorisation-folder", &[("folder", folder)]));
    }
    text
}

/// What an empty week means: an empty grid would read as never free.
fn no_week(words: Words, worker: &Worker) -> Option<String> {
    let text = if worker.arrangements.contains(Arrangement::LiveIn) {
        words.get("worker-week-live-in")
    } else {
        words.get("worker-week-none")
    };
    worker.availability.is_empty().then(|| text.into_owned())
}

/// What is written down and can't be right or is not enough: a number, a year, the title
/// of stay.
fn doubts(words: Words, worker: &Worker, today: NaiveDate) -> Vec<String> {
    let mut doubts = Vec::new();
    doubts.extend(sentences::phone_doubt(words, worker.phone.as_ref()));
    if worker.is_birth_doubtful(today) {
        doubts.push(words.with("worker-birth-doubtful", &[("years", &BIRTH_DOUBTED)]));
    }
    let Some(permit) = worker.permit_type else {
        return doubts;
    };
    if permit.needs_expiry() && worker.permit_until.is_none() {
        doubts.push(words.get("worker-permit-no-date").into_owned());
    }
    if permit.allows().needs_confirmation() && !worker.work_right_confirmed {
        doubts.push(words.get("worker-permit-to-confirm").into_owned());
    }
    doubts
}

fn sections(words: Words, worker: &Worker, desk: String) -> Vec<Section> {
    vec![
        person(words, worker),
        work(words, worker),
        capabilities(words, worker),
        permit(words, worker),
        registration(words, worker, desk),
    ]
}

fn person(words: Words, worker: &Worker) -> Section {
    Facts::of(words, "section-person")
        .fact("fact-given-name", Some(worker.given_name.to_string()))
        .fact("fact-family-name", Some(worker.family_name.to_string()))
        .fact(
            "fact-own-script",
            worker.name_own_script.as_ref().map(ToString::to_string),
        )
        .contact(worker.phone.as_ref(), worker.email.as_ref())
        .fact(
            "fact-contact-language",
            Some(sentences::language(words, worker.contact_language).into_owned()),
        )
        .fact(
            "fact-contact-by",
            worker
                .contact_by
                .map(|by| words.code("contact-by", by.code()).into_owned()),
        )
        .fact("fact-comune", Some(worker.comune.unique_name()))
        .done()
}

fn work(words: Words, worker: &Worker) -> Section {
    let extra: Vec<&str> = worker
        .extra_comuni
        .iter()
        .map(|comune| comune.name())
        .collect();
    Facts::of(words, "section-work")
        .fact(
            "fact-arrangements",
            Some(sentences::arrangements(words, worker.arrangements)),
        )
        .fact(
            "fact-availability",
            Some(sentences::week(words, &worker.availability)),
        )
        .date("fact-available-from", worker.available_from)
        .date("fact-confirmed-on", worker.confirmed_on)
        .fact(
            "fact-max-km",
            worker.max_km.map(|km| words.number(i64::from(km))),
        )
        .fact("fact-extra-comuni", Some(extra.join(", ")))
        .yes_no("fact-relocates", worker.relocates)
        .fact(
            "fact-max-hours-week",
            worker
                .max_hours_week
                .map(|hours| words.number(i64::from(hours))),
        )
        .fact(
            "fact-min-pay-hour",
            worker.min_pay_hour.map(|pay| sentences::euro(words, pay)),
        )
        .fact(
            "fact-min-pay-month",
            worker.min_pay_month.map(|pay| sentences::euro(words, pay)),
        )
        .done()
}

fn capabilities(words: Words, worker: &Worker) -> Section {
    Facts::of(words, "section-capabilities")
        .fact(
            "fact-skills",
            Some(sentences::skills(words, worker.skills).join(", ")),
        )
        .fact(
            "fact-qualifications",
            Some(sentences::qualifications(words, worker.qualifications).join(", ")),
        )
        .fact(
            "fact-languages",
            Some(sentences::languages(words, &worker.languages).join(", ")),
        )
        .fact(
            "fact-experience",
            worker
                .experience_years
                .map(|years| words.count("experience-years", i64::from(years))),
        )
        .fact(
            "fact-accreditation",
            Some(
                words
                    .code("accreditation", worker.accreditation.code())
                    .into_owned(),
            ),
        )
        .done()
}

fn permit(words: Words, worker: &Worker) -> Section {
    Facts::of(words, "section-permit")
        .fact(
            "fact-permit-type",
            worker
                .permit_type
                .map(|permit| sentences::permit(words, permit)),
        )
        .date("fact-permit-until", worker.permit_until)
        .yes_no("fact-renewal-receipt", worker.renewal_receipt)
        .yes_no("fact-work-right-confirmed", worker.work_right_confirmed)
        .done()
}

fn registration(words: Words, worker: &Worker, desk: String) -> Section {
    Facts::of(words, "section-registration")
        .date("fact-registered-on", Some(worker.registered_on))
        .date("fact-consent-on", worker.consent_on)
        .yes_no("fact-share-without-asking", worker.share_without_asking)
        .date("fact-paused-until", worker.paused_until)
        .fact(
            "fact-pause-reason",
            worker
                .pause_reason
                .map(|code| sentences::reason(words, ReasonList::Pause, code)),
        )
        .fact("fact-desk", Some(desk))
        .done()
}
