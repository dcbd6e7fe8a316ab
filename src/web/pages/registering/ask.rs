//! A family asks by itself: the notice, then one thing a page, then all of it to be looked
//! through and sent. The answers stand in the pages, sealed; nothing is kept before the last
//! button. Every page works by buttons of one form, without scripts.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;

use super::beside::{Plain, plainly};
use super::posted::{Cells, Posted};
use super::questions::{self, Question, World};
use super::refused;
use super::spec::{self, Ask, Choice, Part, ask};
use crate::catalogue::{Language, Words};
use crate::domain::carried::{Carried, Opened};
use crate::domain::contract::Arrangement;
use crate::domain::family::Relation;
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::Problem;
use crate::domain::public_request::{CONFIRM_DAYS, InboxKind, LONGEST_WORDS, LOOKED_WITHIN};
use crate::domain::reading::Fields;
use crate::services::inbox::ask::{self as inbox, Receipt, Wrong};
use crate::services::informing::words::code_in_force;
use crate::services::registering::advice;
use crate::services::{ServiceError, places, sentences};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Shown;
use crate::web::frame::Frame;
use crate::web::pages::about;

const FOR: Part = Part {
    heading: "ask-step-for",
    columns: &[ask(
        "relation",
        "ask-relation",
        "ask-relation-hint",
        Ask::One(Choice::Relation),
    )],
};
const RECIPIENT: Part = Part {
    heading: "ask-step-recipient",
    columns: &[ask(
        "recipient_name",
        "fact-recipient-name",
        "ask-recipient-hint",
        Ask::Line("text"),
    )],
};
const NAME: Part = Part {
    heading: "ask-step-name",
    columns: &[spec::GIVEN_NAME, spec::FAMILY_NAME],
};
const PLACE: Part = Part {
    heading: "ask-step-place",
    columns: &[spec::WORK_COMUNE],
};
const TASKS: Part = Part {
    heading: "ask-step-tasks",
    columns: &[ask(
        "required_skills",
        "ask-tasks",
        "hint-tasks",
        Ask::Several(Choice::Task),
    )],
};
const OWN_WORDS: Part = Part {
    heading: "ask-step-words",
    columns: &[ask("words", "ask-words", "ask-words-hint", Ask::Text)],
};
const ARRANGEMENT: Part = Part {
    heading: "ask-step-arrangement",
    columns: &[spec::ARRANGEMENT],
};
const WEEK: Part = Part {
    heading: "ask-step-week",
    columns: &[ask(
        "schedule",
        "fact-schedule",
        "ask-schedule-hint",
        Ask::Week,
    )],
};
const START: Part = Part {
    heading: "ask-step-start",
    columns: &[spec::START_DATE],
};
const NEEDED: Part = Part {
    heading: "ask-step-needed",
    columns: &[spec::NEEDED_BY],
};

/// All that is asked.
const ALL: &[Part] = &[
    FOR,
    RECIPIENT,
    NAME,
    spec::ANSWERED,
    PLACE,
    TASKS,
    OWN_WORDS,
    ARRANGEMENT,
    WEEK,
    START,
    NEEDED,
];

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Notice,
    For,
    Recipient,
    Name,
    Contact,
    Place,
    Tasks,
    Words,
    Arrangement,
    Week,
    Start,
    Needed,
    Check,
}

impl Step {
    const ALL: [Self; 13] = [
        Self::Notice,
        Self::For,
        Self::Recipient,
        Self::Name,
        Self::Contact,
        Self::Place,
        Self::Tasks,
        Self::Words,
        Self::Arrangement,
        Self::Week,
        Self::Start,
        Self::Needed,
        Self::Check,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::For => "for",
            Self::Recipient => "recipient",
            Self::Name => "name",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Tasks => "tasks",
            Self::Words => "words",
            Self::Arrangement => "arrangement",
            Self::Week => "week",
            Self::Start => "start",
            Self::Needed => "needed",
            Self::Check => "check",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == text)
    }

    /// What it asks; nothing on the first and the last.
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Notice | Self::Check => &[],
            Self::For => &[FOR],
            Self::Recipient => &[RECIPIENT],
            Self::Name => &[NAME],
            Self::Contact => &[spec::ANSWERED],
            Self::Place => &[PLACE],
            Self::Tasks => &[TASKS],
            Self::Words => &[OWN_WORDS],
            Self::Arrangement => &[ARRANGEMENT],
            Self::Week => &[WEEK],
            Self::Start => &[START],
            Self::Needed => &[NEEDED],
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Notice => "ask-step-notice",
            Self::Check => "ask-step-check",
            _ => self.parts()[0].heading,
        }
    }

    fn asks(self, column: &str) -> bool {
        spec::column(self.parts(), column).is_some()
    }

    /// Those that these answers lead through: who lives in keeps no hours, and who asks for
    /// themselves names nobody else.
    fn way(carried: &Carried) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|step| match step {
            Self::Recipient => !is_for_oneself(carried),
            Self::Week => !lives_in(carried),
            _ => true,
        })
        .collect()
    }

    fn next(self, carried: &Carried) -> Self {
        let way = Self::way(carried);
        let at = way.iter().position(|step| *step == self);
        at.and_then(|at| way.get(at + 1).copied())
            .unwrap_or(Self::Check)
    }

    fn before(self, carried: &Carried) -> Self {
        let way = Self::way(carried);
        let at = way.iter().position(|step| *step == self);
        at.and_then(|at| way.get(at.checked_sub(1)?).copied())
            .unwrap_or(Self::Notice)
    }
}

fn lives_in(carried: &Carried) -> bool {
    carried.first("arrangement") == Arrangement::LiveIn.code()
}

fn is_for_oneself(carried: &Carried) -> bool {
    carried.first("relation") == Relation::Oneself.code()
}

/// The form's columns as the readers of the formats want them. What was typed on a page that
/// the answers no longer lead through is not said.
struct Answered<'a> {
    cells: Cells,
    language: &'a str,
    lives_in: bool,
    for_oneself: bool,
}

impl<'a> Answered<'a> {
    fn of(visit: &Visit, carried: &'a Carried) -> Self {
        let posted = Posted::new(carried.answers.clone());
        Self {
            cells: posted.read(ALL, visit.site.context.today()),
            language: &carried.language,
            lives_in: lives_in(carried),
            for_oneself: is_for_oneself(carried),
        }
    }
}

impl Fields for Answered<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        match column {
            "contact_language" => Some(self.language),
            "schedule" if self.lives_in => Some(""),
            "recipient_name" if self.for_oneself => Some(""),
            _ => self.cells.get(column),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/ask/begin.html")]
struct Begin {
    t: Words,
    frame: Frame,
    /// Of a reader of another language than the two in which families are asked.
    reader: Option<Words>,
    desks: Vec<Desk>,
}

/// What is asked, how long it takes, and the button that begins.
pub async fn begin(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Begin {
        t: visit.words,
        frame: visit.frame().without_navigation(),
        reader: visit.foreign_reader(),
        desks: places::desks(&visit.site.context).await?,
    };
    Ok(Html(page.render()?))
}

/// A line of the last page.
struct Row {
    label: String,
    value: String,
    step: &'static str,
}

#[derive(Template)]
#[template(path = "pages/ask/step.html")]
struct Page {
    t: Words,
    frame: Frame,
    step: &'static str,
    heading: String,
    place: String,
    sealed: String,
    /// Whether the last page is next.
    to_check: bool,
    /// The notice is read once more: the answers are of another day, or it is another one.
    again: bool,
    notice: about::Given,
    problems: Vec<Shown>,
    /// Why nobody may be asked for such a thing.
    wishes: Vec<String>,
    questions: Vec<Question>,
    comuni: Vec<String>,
    days: String,
    short_days: String,
    rows: Vec<Row>,
    advice: Plain,
    has_week: bool,
    /// Tag and own name of the other language.
    other: (&'static str, String),
}

/// What a page shows besides the answers.
#[derive(Default)]
struct Beside<'a> {
    problems: &'a [Problem],
    wrong: Option<Wrong>,
    /// Words that are not carried on, as they were typed.
    typed: Option<&'a str>,
    to_check: bool,
    again: bool,
}

fn other_language(words: Words) -> (&'static str, String) {
    let mut all = Language::ALL.into_iter();
    let other = all.find(|one| *one != words.language()).unwrap_or_default();
    let name = other.endonym().to_owned();
    (other.tag(), name)
}

/// A page of the form, drawn. `sealed`: what it carries.
async fn drawn(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    sealed: String,
    beside: &Beside<'_>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let desks = places::desks(&visit.site.context).await?;
    let world = World {
        words,
        desks: &desks,
        partners: &[],
        notices: &[],
    };
    let mut posted = Posted::new(carried.answers.clone());
    if let Some(typed) = beside.typed {
        posted.set("words", &[typed.to_owned()]);
    }
    let mut problems = refused::in_words(words, step.parts(), beside.problems);
    let wishes = wishes(words, beside.wrong.as_ref());
    if beside.wrong.is_some() {
        problems.push(Shown {
            field: "words".to_owned(),
            message: match &beside.wrong {
                Some(Wrong::TooLong) => {
                    words.with("ask-words-long", &[("longest", &LONGEST_WORDS)])
                }
                _ => words.get("ask-words-forbidden").into_owned(),
            },
        });
    }
    let groups = questions::groups(&world, step.parts(), &posted, &problems);
    let all_days = |name: &dyn Fn(usize) -> String| (0..7).map(name).collect::<Vec<_>>().join("|");
    let mut frame = visit
        .frame()
        .without_navigation()
        .refused_if(!problems.is_empty());
    // Another language by the form itself: what stands around the page would lose the answers.
    frame.languages.clear();
    let way = Step::way(carried);
    let at = way.iter().position(|one| *one == step).unwrap_or(0);
    let notice = if step == Step::Notice {
        about::notice_for(visit, NoticeKind::Family, words).await?
    } else {
        about::Given::default()
    };
    let page = Page {
        t: words,
        frame,
        step: step.code(),
        heading: words.get(step.heading()).into_owned(),
        place: words.with("ask-place", &[("number", &(at + 1)), ("of", &way.len())]),
        sealed,
        to_check: beside.to_check,
        again: beside.again,
        notice,
        problems,
        wishes,
        questions: groups.into_iter().flat_map(|one| one.questions).collect(),
        comuni: if step == Step::Place {
            questions::comuni_near(desks.first())
        } else {
            Vec::new()
        },
        days: all_days(&|day| sentences::day(words, day)),
        short_days: all_days(&|day| words.code("weekday-short", day.to_string()).into_owned()),
        rows: if step == Step::Check {
            rows(&world, carried)
        } else {
            Vec::new()
        },
        advice: if step == Step::Check {
            advised(visit, carried)
        } else {
            Plain::default()
        },
        has_week: step == Step::Week,
        other: other_language(words),
    };
    Ok(Html(page.render()?))
}

/// What the hours mean, before anybody is sought.
fn advised(visit: &Visit, carried: &Carried) -> Plain {
    let answered = Answered::of(visit, carried);
    let advice = advice::of_request(&visit.site.context, &answered);
    advice.map_or_else(Plain::default, |advice| plainly(visit.words, &advice))
}

/// What may not be asked, each with its law.
fn wishes(words: Words, wrong: Option<&Wrong>) -> Vec<String> {
    let Some(Wrong::Forbidden(codes)) = wrong else {
        return Vec::new();
    };
    let told = |code: &&'static str| words.code("ask-wish", code).into_owned();
    codes.iter().map(told).collect()
}

/// Every answer, with the page that it was given on.
fn rows(world: &World<'_>, carried: &Carried) -> Vec<Row> {
    let posted = Posted::new(carried.answers.clone());
    let mut rows = Vec::new();
    for step in Step::way(carried) {
        for column in step.parts().iter().flat_map(|part| part.columns) {
            rows.push(Row {
                label: world.words.get(column.label).into_owned(),
                value: world.in_words(column, &posted),
                step: step.code(),
            });
        }
    }
    rows
}

/// What was said, label by label, for the desk. `answers`: columns of the formats.
pub fn told(words: Words, kind: InboxKind, answers: &[(String, String)]) -> Vec<(String, String)> {
    let world = World {
        words,
        desks: &[],
        partners: &[],
        notices: &[],
    };
    let parts = match kind {
        InboxKind::Family => ALL.iter().chain(&[]),
        InboxKind::Worker => spec::FILED.iter().chain(spec::WORKER),
    };
    let columns = parts.flat_map(|part| part.columns);
    let said = columns.filter_map(|column| {
        let mut all = answers.iter();
        let (_, cell) = all.find(|(name, _)| name == column.name)?;
        let mut posted = Posted::default();
        posted.take_over(words, column, cell);
        let label = words.get(column.label).into_owned();
        Some((label, world.in_words(column, &posted)))
    });
    said.collect()
}

/// A page that carries these answers.
async fn show(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    beside: &Beside<'_>,
) -> Result<Response, PageError> {
    let wrong = !beside.problems.is_empty() || beside.wrong.is_some();
    let sealed = inbox::seal(&visit.site.context, carried).await?;
    let page = drawn(visit, carried, step, sealed, beside).await?;
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, page).into_response())
}

/// A page by its own address: empty, and with nothing carried.
pub async fn step(visit: Visit, Path(step): Path<String>) -> Result<Response, PageError> {
    let step = Step::parse(&step).ok_or(PageError::NotFound)?;
    if matches!(step, Step::Notice | Step::Check) {
        return Ok(Redirect::to("/ask").into_response());
    }
    let carried = inbox::begin(&visit.site.context, visit.words.language());
    let page = drawn(&visit, &carried, step, String::new(), &Beside::default()).await?;
    Ok(page.into_response())
}

#[derive(Template)]
#[template(path = "pages/ask/broken.html")]
struct Broken {
    t: Words,
    frame: Frame,
    desks: Vec<Desk>,
}

/// What a page carried can't be read: nothing was sent.
async fn broken(visit: &Visit) -> Result<Response, PageError> {
    let page = Broken {
        t: visit.words,
        frame: visit.frame().without_navigation(),
        desks: places::desks(&visit.site.context).await?,
    };
    let page = Html(page.render()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Takes what a page sent, and shows the next one.
pub async fn post(
    mut visit: Visit,
    Path(step): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let step = Step::parse(&step).ok_or(PageError::NotFound)?;
    let posted = Posted::new(pairs);
    let (sealed, go) = (posted.first("carried"), posted.first("go"));
    if sealed.is_empty() && go.is_empty() {
        return Ok(Redirect::to("/ask").into_response());
    }
    let context = &visit.site.context;
    let opened = if sealed.is_empty() {
        Opened::Good(inbox::begin(context, visit.words.language()))
    } else {
        inbox::open(context, InboxKind::Family, sealed).await?
    };
    let (mut carried, old) = match opened {
        Opened::Good(carried) => (carried, false),
        Opened::Old(carried) => (carried, true),
        Opened::Broken => return broken(&visit).await,
    };
    if let Some(language) = Language::from_tag(go) {
        language.tag().clone_into(&mut carried.language);
    }
    let wrong = taken(&visit, &mut carried, step, &posted);
    visit.words = Words::new(Language::from_tag(&carried.language).unwrap_or_default());
    if old {
        carried.begun_at = visit.site.context.now();
        carried.notice = None;
    }
    let turn = Turn {
        visit: &visit,
        posted: &posted,
        step,
        to_check: posted.first("to") == Step::Check.code(),
    };
    turn.answered(carried, wrong, old).await
}

/// Takes the answers of a page over; words that may not go on are left out. Pages of an earlier
/// program, which stay open while it is replaced, asked more than the step of their name.
fn taken(visit: &Visit, carried: &mut Carried, step: Step, posted: &Posted) -> Option<Wrong> {
    let mut wrong = None;
    for column in ALL.iter().flat_map(|part| part.columns) {
        let is_of_another = !step.asks(column.name);
        if is_of_another && (column.ask == Ask::Text || !posted.has(column.name)) {
            continue;
        }
        if column.ask == Ask::Text {
            let typed = posted.first(column.name);
            match inbox::words(&visit.site.context, typed) {
                Ok(words) => carried.set(column.name, words.as_deref().into_iter()),
                Err(why) => {
                    carried.set(column.name, std::iter::empty());
                    wrong = Some(why);
                }
            }
        } else {
            carried.set(column.name, posted.values(column.name));
        }
    }
    wrong
}

/// One sending of a page.
struct Turn<'a> {
    visit: &'a Visit,
    posted: &'a Posted,
    step: Step,
    to_check: bool,
}

impl Turn<'_> {
    async fn answered(
        &self,
        mut carried: Carried,
        wrong: Option<Wrong>,
        old: bool,
    ) -> Result<Response, PageError> {
        let go = self.posted.first("go");
        if go == "back" {
            // Whoever came to change something goes back to where all of it stands.
            let back = if self.to_check {
                Step::Check
            } else {
                self.step.before(&carried)
            };
            return show(self.visit, &carried, back, &Beside::default()).await;
        }
        let same_page = Language::from_tag(go).is_some();
        if self.step == Step::Notice && !old && !same_page {
            let context = &self.visit.site.context;
            let latest = code_in_force(context, NoticeKind::Family).await?;
            if self.posted.first("notice") == latest {
                carried.notice = Some((latest, context.now()));
                return self.after_notice(&carried).await;
            }
            carried.notice = None;
        }
        if same_page || wrong.is_some() {
            let beside = Beside {
                typed: wrong.as_ref().map(|_| self.posted.first("words")),
                wrong,
                to_check: self.to_check,
                ..Beside::default()
            };
            return show(self.visit, &carried, self.step, &beside).await;
        }
        if carried.notice.is_none() {
            // Another text holds than the one that was on the page.
            let renewed = !self.posted.first("notice").is_empty();
            let beside = Beside {
                again: old || renewed,
                ..Beside::default()
            };
            return show(self.visit, &carried, Step::Notice, &beside).await;
        }
        if let Some(change) = Step::parse(self.posted.first("change")) {
            let beside = Beside {
                to_check: true,
                ..Beside::default()
            };
            return show(self.visit, &carried, change, &beside).await;
        }
        match self.step {
            Step::Check if go == "next" => self.send(&carried).await,
            Step::Check => self.check(&carried).await,
            _ => self.forward(&carried).await,
        }
    }

    /// Whoever has answered before goes on where something is missing.
    async fn after_notice(&self, carried: &Carried) -> Result<Response, PageError> {
        if carried.answers.is_empty() {
            return show(self.visit, carried, Step::For, &Beside::default()).await;
        }
        self.check(carried).await
    }

    /// The next page, where this one has all it needs.
    async fn forward(&self, carried: &Carried) -> Result<Response, PageError> {
        let problems = self.problems(carried).await?;
        let own: Vec<Problem> = problems
            .into_iter()
            .filter(|one| self.step.asks(one.field))
            .collect();
        if !own.is_empty() {
            let beside = Beside {
                problems: &own,
                to_check: self.to_check,
                ..Beside::default()
            };
            return show(self.visit, carried, self.step, &beside).await;
        }
        let next = self.step.next(carried);
        if self.to_check || next == Step::Check {
            return self.check(carried).await;
        }
        show(self.visit, carried, next, &Beside::default()).await
    }

    async fn problems(&self, carried: &Carried) -> Result<Vec<Problem>, PageError> {
        let answered = Answered::of(self.visit, carried);
        Ok(inbox::problems(&self.visit.site.context, &answered).await?)
    }

    /// The last page, or the first one where something is wrong.
    async fn check(&self, carried: &Carried) -> Result<Response, PageError> {
        let problems = self.problems(carried).await?;
        self.checked(carried, &problems).await
    }

    async fn checked(
        &self,
        carried: &Carried,
        problems: &[Problem],
    ) -> Result<Response, PageError> {
        let mut way = Step::way(carried).into_iter();
        let wrong = way.find(|step| problems.iter().any(|one| step.asks(one.field)));
        let Some(wrong) = wrong else {
            return show(self.visit, carried, Step::Check, &Beside::default()).await;
        };
        let own = problems.iter().filter(|one| wrong.asks(one.field));
        let own: Vec<Problem> = own.cloned().collect();
        let beside = Beside {
            problems: &own,
            to_check: true,
            ..Beside::default()
        };
        show(self.visit, carried, wrong, &beside).await
    }

    async fn send(&self, carried: &Carried) -> Result<Response, PageError> {
        let (visit, context) = (self.visit, &self.visit.site.context);
        // The list of what may not be asked may have grown since.
        let own = match inbox::words(context, carried.first("words")) {
            Ok(own) => own,
            Err(wrong) => {
                let beside = Beside {
                    wrong: Some(wrong),
                    typed: Some(carried.first("words")),
                    to_check: true,
                    ..Beside::default()
                };
                return show(visit, carried, Step::Words, &beside).await;
            }
        };
        let answered = Answered::of(visit, carried);
        match inbox::send(context, carried, &answered, own, &visit.network).await {
            Ok(inbox::Sent::Done(receipt)) => done(visit, &receipt),
            Ok(inbox::Sent::Waits { seconds }) => waits(visit, carried, seconds).await,
            Err(ServiceError::Invalid(invalid)) => self.checked(carried, &invalid.0).await,
            Err(error) => Err(error.into()),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/ask/done.html")]
struct Done {
    t: Words,
    frame: Frame,
    number: String,
    /// What happens next, in order.
    next: Vec<String>,
    desk: Desk,
}

/// The confirmation: a number, what happens next, and whom to ask.
fn done(visit: &Visit, receipt: &Receipt) -> Result<Response, PageError> {
    let words = visit.words;
    let mut next = Vec::new();
    if let Some(by) = receipt.confirm_by {
        let until = words.moment(by.with_timezone(&Rome).naive_local());
        next.push(words.with(
            "ask-next-confirm",
            &[("until", &until), ("days", &CONFIRM_DAYS)],
        ));
    } else if receipt.by_phone {
        next.push(words.get("ask-next-phone").into_owned());
    }
    next.push(words.with("ask-next-look", &[("days", &LOOKED_WITHIN)]));
    next.push(words.get("ask-next-search").into_owned());
    let mut frame = visit.frame().without_navigation();
    // Another language leads to an address of its own, where the number is gone.
    frame.languages.clear();
    let page = Done {
        t: words,
        frame,
        number: receipt.number.clone(),
        next,
        desk: receipt.desk.clone(),
    };
    Ok(Html(page.render()?).into_response())
}

#[derive(Template)]
#[template(path = "pages/ask/wait.html")]
struct Wait {
    t: Words,
    frame: Frame,
    sealed: String,
    minutes: u64,
    desks: Vec<Desk>,
}

/// Too many were sent from here: by telephone it goes at once, and nothing is lost.
async fn waits(visit: &Visit, carried: &Carried, seconds: u64) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let mut frame = visit.frame().without_navigation();
    // As around the pages before.
    frame.languages.clear();
    let page = Wait {
        t: visit.words,
        frame,
        sealed: inbox::seal(context, carried).await?,
        minutes: seconds.div_ceil(60),
        desks: places::desks(context).await?,
    };
    let page = Html(page.render()?);
    let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    let after = HeaderValue::from(seconds);
    response.headers_mut().insert("retry-after", after);
    Ok(response)
}
