//! One name and the questions about it, a screen a step. Opening it records
//! nothing, whatever the address says: an answer in the address is only chosen
//! beforehand, and sent by the form.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use data_encoding::HEXLOWER;
use serde::Deserialize;

use super::door::Door;
use super::gone;
use super::wishes::again_button;
use crate::catalogue::{Value, Words};
use crate::clock::random_bytes;
use crate::domain::answer::{Answer, Said, Wave};
use crate::domain::follow_up::Asked;
use crate::domain::survey::{Question, Step, Wrong, choices, questions, shown};
use crate::services::follow_up::survey::{Name, Opened, Sent, send};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::first_sent;
use crate::web::frame::Frame;

/// Which name, which screen, and what is chosen beforehand.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    n: Option<String>,
    step: Option<String>,
    a: Option<String>,
    thanks: Option<String>,
}

/// One question as the page draws it.
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hints: Vec<String>,
    /// `radio`, `select`, `text`, or the type of an input.
    pub kind: &'static str,
    pub options: Vec<(&'static str, String)>,
    pub value: String,
    pub error: String,
}

#[derive(Template)]
#[template(path = "pages/survey/question.html")]
struct Page {
    t: Words,
    frame: Frame,
    address: String,
    heading: String,
    number: usize,
    step: &'static str,
    form: String,
    fields: Vec<Field>,
    problems: Vec<(&'static str, String)>,
    until: String,
    several: bool,
    thanks: bool,
    /// The button of who looks again; empty where no job is over.
    again: String,
}

#[derive(Template)]
#[template(path = "pages/survey/list.html")]
struct List {
    t: Words,
    frame: Frame,
    page: String,
    lines: Vec<(usize, String, bool)>,
    until: String,
    thanks: bool,
    again: String,
}

/// The button of who looks again; empty where no job is over.
fn again(words: Words, opened: &Opened) -> String {
    if opened.has_ended() {
        again_button(words, opened)
    } else {
        String::new()
    }
}

fn ask(words: Words, name: &Name) -> String {
    let key = match name.wave {
        Wave::W1 => "survey-ask-w1",
        Wave::W2 => "survey-ask-w2",
        Wave::W3 => "survey-ask-w3",
        Wave::W4 => "survey-ask-w4",
    };
    words.with(key, &[("name", &words.isolated(&name.name))])
}

fn label(words: Words, question: Question) -> String {
    let key = match question {
        Question::Contact => "survey-contact",
        Question::Result => "survey-result",
        Question::Reason => "survey-reason",
        Question::StartedOn => "survey-started",
        Question::HoursWeek => "survey-hours",
        Question::LiveIn => "survey-live-in",
        Question::Fits => "survey-fits",
        Question::Notified => "survey-notified",
        Question::StillWorking => "survey-still",
        Question::EndedOn => "survey-ended",
        Question::EndReason => "survey-end-reason",
        Question::WithoutDesk => "survey-without",
        Question::Comment => "survey-comment",
    };
    words.get(key).into_owned()
}

fn option(words: Words, question: Question, code: &'static str) -> (&'static str, String) {
    (code, text(words, question, code))
}

fn text(words: Words, question: Question, code: &str) -> String {
    let text = match (question, code) {
        (Question::Notified, code) => words.code("survey-notified", code),
        (_, crate::domain::survey::NOT_SAID) => words.get("survey-none"),
        (Question::Contact, code) => words.code("survey-contact", code),
        (Question::Result, code) => words.code("survey-result", code),
        (Question::Reason, code) => words.code("survey-why", code),
        (Question::EndReason, code) => words.code("survey-end", code),
        (Question::WithoutDesk, code) => words.code("survey-without", code),
        (Question::StillWorking, code) => words.code("survey-together", code),
        (_, "yes") => words.get("survey-yes"),
        (_, _) => words.get("survey-no"),
    };
    text.into_owned()
}

/// What was said, question by question, in words; what was not said is left out.
pub fn said(words: Words, answer: &Answer) -> Vec<(String, String)> {
    let in_words = |question: Question| {
        let value = shown(question, answer);
        let said = match question {
            Question::StartedOn => answer.started_on.map(|day| words.date(day)),
            Question::EndedOn => answer.ended_on.map(|day| words.date(day)),
            Question::HoursWeek => answer.hours_week.map(|hours| words.number(hours)),
            _ => (!value.is_empty()).then(|| text(words, question, &value)),
        };
        said.map(|said| (label(words, question), said))
    };
    Question::ALL.iter().copied().filter_map(in_words).collect()
}

/// A question with what was said or typed.
pub fn field(words: Words, question: Question, side: Asked, value: String, phone: &str) -> Field {
    let kind = match question {
        Question::Reason | Question::EndReason | Question::WithoutDesk => "select",
        Question::StartedOn | Question::EndedOn => "date",
        Question::HoursWeek => "number",
        Question::Comment => "text",
        _ => "radio",
    };
    let hints = match question {
        Question::Notified => {
            let mut hints = vec![words.get("survey-notified-promise").into_owned()];
            if !phone.is_empty() {
                let phone: [(&str, &dyn Value); 1] = [("phone", &phone)];
                hints.push(words.with("survey-notified-help", &phone));
            }
            hints
        }
        Question::Comment => vec![words.get("survey-comment-hint").into_owned()],
        _ => Vec::new(),
    };
    Field {
        name: question.code(),
        label: label(words, question),
        hints,
        kind,
        options: choices(question, side)
            .into_iter()
            .map(|code| option(words, question, code))
            .collect(),
        value,
        error: String::new(),
    }
}

/// What is wrong, in words.
fn wrong(words: Words, wrong: Wrong) -> String {
    words
        .get(match wrong {
            Wrong::Empty => "survey-problem-empty",
            Wrong::Date => "survey-problem-date",
            Wrong::EndBeforeStart => "survey-problem-end",
            Wrong::Hours => "survey-problem-hours",
            Wrong::Long => "survey-problem-long",
        })
        .into_owned()
}

/// Puts what is wrong beside its field; the same for the top of the page, by field.
pub fn mark(
    words: Words,
    fields: &mut [Field],
    problems: Vec<(Question, Wrong)>,
) -> Vec<(&'static str, String)> {
    let mut shown = Vec::with_capacity(problems.len());
    for (question, problem) in problems {
        let message = wrong(words, problem);
        let mut fields = fields.iter_mut();
        if let Some(field) = fields.find(|one| one.name == question.code()) {
            message.clone_into(&mut field.error);
        }
        shown.push((question.code(), message));
    }
    shown
}

fn until(words: Words, opened: &Opened) -> String {
    words.with("survey-until", &[("date", &words.date(opened.until))])
}

/// The place of a name, from the number that the address says.
fn place(opened: &Opened, number: Option<&str>) -> Option<usize> {
    let only = (opened.asked.len() == 1).then_some(0);
    let named = number?.parse::<usize>().ok()?.checked_sub(1);
    named.filter(|at| *at < opened.asked.len()).or(only)
}

/// The page behind a link.
pub async fn get(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(at): Query<Where>,
) -> Result<Response, PageError> {
    let door = Door::of_key(&jar, &key);
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let thanks = at.thanks.is_some();
    let only = (opened.asked.len() == 1).then_some(0);
    let place = place(&opened, at.n.as_deref()).or(only);
    let Some(place) = place else {
        return list(&visit, &door, &opened, thanks);
    };
    let step = at.step.and_then(|code| Step::parse(&code).ok());
    let page = Screen {
        visit: &visit,
        door: &door,
        opened: &opened,
        place,
        step: step.unwrap_or(Step::First),
    };
    let chosen = at.a.unwrap_or_default();
    page.answer(StatusCode::OK, thanks, &|question, said| {
        let takes = matches!(question, Question::Result | Question::StillWorking);
        let offered = choices(question, opened.side).contains(&chosen.as_str());
        if takes && offered {
            chosen.clone()
        } else {
            said
        }
    })
}

fn list(visit: &Visit, door: &Door, opened: &Opened, thanks: bool) -> Result<Response, PageError> {
    let words = Words::new(opened.language);
    let lines = opened.asked.iter().enumerate();
    let page = List {
        t: words,
        frame: visit.frame(),
        page: door.address.clone(),
        lines: lines
            .map(|(at, name)| (at + 1, ask(words, name), name.answer.is_some()))
            .collect(),
        until: until(words, opened),
        thanks,
        again: again(words, opened),
    };
    Ok(Html(page.render()?).into_response())
}

struct Screen<'a> {
    visit: &'a Visit,
    door: &'a Door,
    opened: &'a Opened,
    place: usize,
    step: Step,
}

impl Screen<'_> {
    /// Draws the screen; `value`: what a field shows, from what was said before.
    fn page(&self, thanks: bool, value: &dyn Fn(Question, String) -> String) -> Page {
        let opened = self.opened;
        let words = Words::new(opened.language);
        let name = &opened.asked[self.place];
        let said = name.answer.as_ref();
        let hired = said.is_some_and(|answer| answer.result == Some(Said::Hired));
        let asked = questions(name.wave, opened.side, self.step, hired);
        let fields = asked.into_iter().map(|question| {
            let before = said.map(|answer| shown(question, answer));
            let value = value(question, before.unwrap_or_default());
            field(words, question, opened.side, value, &opened.desk_phone)
        });
        let randomness = self.visit.site.context.randomness.as_ref();
        Page {
            t: words,
            frame: self.visit.frame(),
            address: self.door.address.clone(),
            heading: ask(words, name),
            number: self.place + 1,
            step: self.step.code(),
            form: HEXLOWER.encode(&random_bytes::<16>(randomness)),
            fields: fields.collect(),
            problems: Vec::new(),
            until: until(words, opened),
            several: opened.asked.len() > 1,
            thanks,
            again: again(words, opened),
        }
    }

    fn answer(
        &self,
        status: StatusCode,
        thanks: bool,
        value: &dyn Fn(Question, String) -> String,
    ) -> Result<Response, PageError> {
        let page = self.page(thanks, value);
        Ok((status, Html(page.render()?)).into_response())
    }
}

/// Records a screen.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    record(visit, Door::of_key(&jar, &key), fields).await
}

/// Records a screen that was sent to the link itself.
pub async fn post_to_link(
    visit: Visit,
    Path(token): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    record(visit, Door::of_link(token), fields).await
}

async fn record(
    visit: Visit,
    door: Door,
    fields: Vec<(String, String)>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let address = door.address.as_str();
    let sent = first_sent(fields);
    let text = |name: &str| sent.get(name).map_or("", String::as_str);
    let only = (opened.asked.len() == 1).then_some(0);
    let place = place(&opened, Some(text("n"))).or(only);
    let (Some(place), Ok(step)) = (place, Step::parse(text("step"))) else {
        return Ok(Redirect::to(address).into_response());
    };
    let screen = Screen {
        visit: &visit,
        door: &door,
        opened: &opened,
        place,
        step,
    };
    let get = |question: Question| sent.get(question.code()).cloned();
    match send(context, &opened, place, step, text("form"), &get).await? {
        Sent::Recorded(Some(next)) => {
            Ok(
                Redirect::to(&format!("{address}?n={}&step={}", place + 1, next.code()))
                    .into_response(),
            )
        }
        Sent::Recorded(None) if opened.asked.len() > 1 => {
            Ok(Redirect::to(&format!("{address}?thanks=1")).into_response())
        }
        Sent::Recorded(None) => {
            let number = place + 1;
            Ok(Redirect::to(&format!("{address}?n={number}&thanks=1")).into_response())
        }
        Sent::Wrong(problems) => {
            let words = Words::new(opened.language);
            let mut page = screen.page(false, &|question, said| get(question).unwrap_or(said));
            page.problems = mark(words, &mut page.fields, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}
