//! A worker asks to be registered, or somebody for them, in one of eight languages: the notice,
//! then who writes for whom, a name, how to answer and a comune, each on a page of its own; all
//! of it to be looked through. An address is confirmed by its link; whoever left a number may
//! choose when to come, else the desk phones. The rest is asked in person. What was typed
//! stands in the pages, sealed, back and forth and in another language.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;

use crate::catalogue::{Language, Words};
use crate::domain::carried::{Carried, Opened};
use crate::domain::contact::ContactBy;
use crate::domain::family::Relation;
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::Invalid;
use crate::domain::public_request::{CONFIRM_DAYS, InboxKind, Joining, LOOKED_WITHIN};
use crate::domain::reading::Fields as _;
use crate::domain::typed;
use crate::services::inbox::ask::{self, Receipt};
use crate::services::inbox::join;
use crate::services::informing::words::code_in_force;
use crate::services::links::appointment::Choice;
use crate::services::{ServiceError, places};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed};
use crate::web::frame::Frame;
use crate::web::pages::about;
use crate::web::pages::appointments::{FreeDay, OwnLine, free_days, place_of};
use crate::web::pages::registering::posted::{Cells, Posted};
use crate::web::pages::registering::questions::{self, Question, World};
use crate::web::pages::registering::spec::{self, Ask, Column, Part};

const NAME: Part = Part {
    heading: "links-data-name",
    columns: &[spec::GIVEN_NAME, spec::FAMILY_NAME],
};
const PLACE: Part = Part {
    heading: "links-join-where",
    columns: &[spec::ask("comune", "fact-comune", "", Ask::Comune)],
};

/// All that is asked.
const ALL: &[Part] = &[spec::FILED_FOR, spec::FILED_BY, NAME, spec::ANSWERED, PLACE];

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Notice,
    For,
    Filer,
    Name,
    Contact,
    Place,
    Check,
}

impl Step {
    /// Those that are counted: the notice stands before them.
    const ALL: [Self; 6] = [
        Self::For,
        Self::Filer,
        Self::Name,
        Self::Contact,
        Self::Place,
        Self::Check,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::For => "for",
            Self::Filer => "filer",
            Self::Name => "name",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Check => "check",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut all = std::iter::once(Self::Notice).chain(Self::ALL);
        all.find(|step| step.code() == text)
    }

    /// What it asks; nothing on the first and the last.
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Notice | Self::Check => &[],
            Self::For => &[spec::FILED_FOR],
            Self::Filer => &[spec::FILED_BY],
            Self::Name => &[NAME],
            Self::Contact => &[spec::ANSWERED],
            Self::Place => &[PLACE],
        }
    }

    fn columns(self) -> impl Iterator<Item = &'static Column> {
        self.parts().iter().flat_map(|part| part.columns)
    }

    fn asks(self, name: &str) -> bool {
        spec::column(self.parts(), name).is_some()
    }

    fn heading(self, carried: &Carried) -> &'static str {
        match self {
            Self::Notice => "links-join-title",
            Self::Name if !is_own(carried) => "links-join-who",
            Self::Place if !is_own(carried) => "links-join-where-other",
            Self::Check => "links-join-check",
            _ => self.parts()[0].heading,
        }
    }

    /// Those that these answers lead through: who writes for themselves names nobody else.
    fn way(carried: &Carried) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|step| *step != Self::Filer || !is_own(carried))
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

fn is_own(carried: &Carried) -> bool {
    carried.first("relation") == Relation::Oneself.code()
}

/// Which page of how many.
fn place_in_words(words: Words, step: Step, carried: &Carried) -> String {
    let way = Step::way(carried);
    let at = way.iter().position(|one| *one == step).unwrap_or(0);
    words.with(
        "links-join-place",
        &[("number", &(at + 1)), ("of", &way.len())],
    )
}

#[derive(Template)]
#[template(path = "pages/register/begin.html")]
struct Begin {
    t: Words,
    frame: Frame,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    notice: about::Given,
    /// Of whoever comes back to it: what was typed.
    sealed: String,
    desks: Vec<Desk>,
}

/// What it is, and the notice.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    first(&visit, visit.reader, String::new()).await
}

/// The page of the notice. `sealed`: what was typed before; empty where nothing was.
async fn first(visit: &Visit, words: Words, sealed: String) -> Result<Html<String>, PageError> {
    let page = Begin {
        t: words,
        frame: visit.frame(),
        languages: about::written(),
        notice: about::notice_for(visit, NoticeKind::Worker, words).await?,
        sealed,
        desks: places::desks(&visit.site.context).await?,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/register/form.html")]
struct Page {
    t: Words,
    frame: Frame,
    step: &'static str,
    heading: String,
    place: String,
    sealed: String,
    /// Whether the last page is next.
    to_check: bool,
    /// Whose number and address are asked, where that may be mistaken; else empty.
    note: String,
    questions: Vec<Question>,
    comuni: Vec<String>,
    /// Field and words.
    problems: Vec<(String, String)>,
    languages: Vec<(&'static str, &'static str)>,
    desks: Vec<Desk>,
}

/// A line of the last page.
struct Row {
    label: String,
    value: String,
    /// The page on which it was said.
    step: &'static str,
}

#[derive(Template)]
#[template(path = "pages/register/check.html")]
struct Check {
    t: Words,
    frame: Frame,
    place: String,
    sealed: String,
    rows: Vec<Row>,
    by_phone: bool,
    /// Why it was not taken, though nothing is wrong with it.
    waits: String,
    languages: Vec<(&'static str, &'static str)>,
    desks: Vec<Desk>,
}

fn wrong_of(words: Words, column: &str) -> String {
    let key = match column {
        "relation" | "contact_by" => "links-join-wrong-choice",
        "email" => "links-join-wrong-email",
        "phone" => "links-join-wrong-phone",
        "comune" => "links-join-wrong-comune",
        _ => "links-join-wrong-name",
    };
    words.get(key).into_owned()
}

fn words_of(carried: &Carried) -> Words {
    Words::new(Language::from_written(&carried.language).unwrap_or_default())
}

fn world(words: Words, desks: &[Desk]) -> World<'_> {
    World {
        words,
        desks,
        partners: &[],
        notices: &[],
    }
}

/// A page with its question, what was typed and what is wrong with it. `to_check`: whether
/// the last page is next.
async fn form(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
    wrong: &[&'static str],
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let desks = places::desks(context).await?;
    let asked = wrong.iter().filter(|column| step.asks(column));
    let problems: Vec<Shown> = asked
        .map(|column| Shown {
            field: (*column).to_owned(),
            message: wrong_of(words, column),
        })
        .collect();
    let world = world(words, &desks);
    let posted = Posted::new(carried.answers.clone());
    let groups = questions::groups(&world, step.parts(), &posted, &problems);
    let is_theirs = step == Step::Contact && !is_own(carried);
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!wrong.is_empty()),
        step: step.code(),
        heading: words.get(step.heading(carried)).into_owned(),
        place: place_in_words(words, step, carried),
        sealed: ask::seal(context, carried).await?,
        to_check,
        note: if is_theirs {
            words.get("links-join-contact-other").into_owned()
        } else {
            String::new()
        },
        problems: problems
            .into_iter()
            .map(|one| (one.field, one.message))
            .collect(),
        questions: groups.into_iter().flat_map(|one| one.questions).collect(),
        comuni: if step == Step::Place {
            questions::comuni_near(desks.first())
        } else {
            Vec::new()
        },
        languages: about::written(),
        desks,
    };
    let status = if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// A page as it stands, whichever it is.
async fn show(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
) -> Result<Response, PageError> {
    match step {
        Step::Notice => {
            let sealed = ask::seal(&visit.site.context, carried).await?;
            let page = first(visit, words_of(carried), sealed).await?;
            Ok(page.into_response())
        }
        Step::Check => Ok(check(visit, carried, false).await?.into_response()),
        _ => form(visit, carried, step, to_check, &[]).await,
    }
}

/// What was typed, for the reader of the columns.
fn said(visit: &Visit, carried: &Carried) -> Cells {
    let today = visit.site.context.today();
    Posted::new(carried.answers.clone()).read(ALL, today)
}

/// Every answer, with the page that it was given on.
fn rows(world: &World<'_>, carried: &Carried) -> Vec<Row> {
    let mut posted = Posted::new(carried.answers.clone());
    posted.set("comune", &[typed::comune(carried.first("comune"))]);
    let mut rows = Vec::new();
    for step in Step::way(carried) {
        for column in step.columns() {
            rows.push(Row {
                label: world.words.get(column.label).into_owned(),
                value: world.in_words(column, &posted),
                step: step.code(),
            });
        }
    }
    rows
}

/// All that was typed, to be looked through before it is sent.
async fn check(visit: &Visit, carried: &Carried, waits: bool) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let desks = places::desks(context).await?;
    let page = Check {
        t: words,
        frame: visit.frame(),
        place: place_in_words(words, Step::Check, carried),
        sealed: ask::seal(context, carried).await?,
        rows: rows(&world(words, &desks), carried),
        by_phone: carried.first("contact_by") != ContactBy::Email.code(),
        waits: if waits {
            words.get("links-join-wait").into_owned()
        } else {
            String::new()
        },
        languages: about::written(),
        desks,
    };
    Ok(Html(page.render()?))
}

/// The first page on which something is wrong; from there the last one is next.
async fn refused(
    visit: &Visit,
    carried: &Carried,
    invalid: &Invalid,
) -> Result<Response, PageError> {
    let wrong: Vec<&'static str> = invalid.0.iter().map(|one| one.field).collect();
    let mut way = Step::way(carried).into_iter();
    let is_wrong = |step: &Step| wrong.iter().any(|column| step.asks(column));
    let step = way.find(is_wrong).unwrap_or(Step::For);
    form(visit, carried, step, true, &wrong).await
}

#[derive(Template)]
#[template(path = "pages/register/done.html")]
struct Done {
    t: Words,
    frame: Frame,
    /// None where nothing was sent.
    number: Option<String>,
    /// What happens now, in order; or why nothing was sent.
    next: Vec<String>,
    desks: Vec<Desk>,
    sealed: String,
    /// When they come, and where to.
    own: Option<OwnLine>,
    /// Of what is offered.
    place: String,
    days: Vec<FreeDay>,
    problems: Vec<(String, String)>,
}

/// What happens now: an address is to be confirmed, or somebody telephones.
fn what_next(words: Words, receipt: &Receipt) -> Vec<String> {
    if receipt.by_phone {
        return vec![words.with("links-join-next", &[("days", &LOOKED_WITHIN)])];
    }
    let confirm = receipt.confirm_by.map(|by| {
        let until = words.moment(by.with_timezone(&Rome).naive_local());
        words.with(
            "ask-next-confirm",
            &[("until", &until), ("days", &CONFIRM_DAYS)],
        )
    });
    let look = words.with("ask-next-look", &[("days", &LOOKED_WITHIN)]);
    let then = words.get("links-join-then").into_owned();
    confirm.into_iter().chain([look, then]).collect()
}

/// The page after the form: its number, and when to come. `wrong`: why what was chosen is not
/// to be had.
async fn done(
    visit: &Visit,
    carried: &Carried,
    wrong: Option<&str>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let Some(next) = join::next(context, carried).await? else {
        return over(visit, words).await;
    };
    let problem = wrong.map(|key| ("begin".to_owned(), words.get(key).into_owned()));
    let page = Done {
        t: words,
        frame: visit.frame().refused_if(wrong.is_some()),
        next: what_next(words, &next.receipt),
        number: Some(next.receipt.number),
        place: place_of(next.receipt.desk.clone()),
        desks: vec![next.receipt.desk],
        sealed: ask::seal(context, carried).await?,
        own: next.own.map(|one| OwnLine::of(words, one)),
        days: free_days(words, &next.offer.days),
        problems: problem.into_iter().collect(),
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Whoever sent the form chooses when to come.
pub async fn appoint(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    let Opened::Good(carried) = ask::open(context, InboxKind::Worker, sealed).await? else {
        return over(&visit, reader(&visit, &sent)).await;
    };
    let wrong = match join::appoint(context, &carried, sent.text("begin")).await? {
        Choice::Kept => None,
        Choice::Nothing => Some("links-near-nothing"),
        Choice::Taken => Some("links-near-taken"),
        Choice::Enough => Some("links-near-enough"),
    };
    done(&visit, &carried, wrong).await
}

/// The words of a page whose form can't be read: of the language that it says beside it.
fn reader(visit: &Visit, sent: &Typed) -> Words {
    Language::from_written(sent.text("language")).map_or(visit.reader, Words::new)
}

/// What the page carried is too old or can't be read: nothing was sent.
async fn over(visit: &Visit, words: Words) -> Result<Response, PageError> {
    let page = Done {
        t: words,
        frame: visit.frame(),
        number: None,
        next: vec![words.get("links-join-broken").into_owned()],
        desks: places::desks(&visit.site.context).await?,
        sealed: String::new(),
        own: None,
        place: String::new(),
        days: Vec::new(),
        problems: Vec::new(),
    };
    let page = Html(page.render()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Sends what was looked through.
async fn send(visit: &Visit, carried: &Carried) -> Result<Response, PageError> {
    let context = &visit.site.context;
    match join::send(context, carried, &said(visit, carried), &visit.network).await {
        Ok(ask::Sent::Done(_)) => done(visit, carried, None).await,
        Ok(ask::Sent::Waits { seconds }) => {
            let page = check(visit, carried, true).await?;
            let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
            let after = HeaderValue::from(seconds);
            response.headers_mut().insert("retry-after", after);
            Ok(response)
        }
        Err(ServiceError::Invalid(invalid)) => refused(visit, carried, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

/// The notice was read in a language: what it begins, or goes on with.
async fn begun(
    visit: &Visit,
    sent: &Typed,
    before: Option<Carried>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let version = code_in_force(context, NoticeKind::Worker).await?;
    let Some(language) = Language::from_written(sent.text("language")) else {
        return Ok(Redirect::to("/register").into_response());
    };
    let mut carried = before.unwrap_or_else(|| join::begin(context, language));
    language.tag().clone_into(&mut carried.language);
    if sent.text("notice") != version {
        // Another one holds since: nothing that was typed is lost by it.
        return show(visit, &carried, Step::Notice, false).await;
    }
    carried.notice = Some((version, context.now()));
    form(visit, &carried, Step::For, false, &[]).await
}

/// A page was answered: the next one, or the same with what is wrong.
async fn answered(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
) -> Result<Response, PageError> {
    let problems = Joining::read(&said(visit, carried)).err();
    let next = step.next(carried);
    let is_last = to_check || next == Step::Check;
    let Some(invalid) = problems else {
        let next = if is_last { Step::Check } else { next };
        return show(visit, carried, next, false).await;
    };
    let fields = invalid.0.iter().map(|one| one.field);
    let wrong: Vec<&'static str> = fields.filter(|field| step.asks(field)).collect();
    if !wrong.is_empty() {
        return form(visit, carried, step, to_check, &wrong).await;
    }
    if is_last {
        return refused(visit, carried, &invalid).await;
    }
    show(visit, carried, next, false).await
}

/// The notice was read, a page answered or left, or all of it is sent.
pub async fn post(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    if sealed.is_empty() {
        return begun(&visit, &sent, None).await;
    }
    let Opened::Good(mut carried) = ask::open(context, InboxKind::Worker, sealed).await? else {
        return over(&visit, reader(&visit, &sent)).await;
    };
    let step = Step::parse(sent.text("step")).unwrap_or(Step::Name);
    let to_check = sent.text("to") == Step::Check.code();
    for column in ALL.iter().flat_map(|part| part.columns) {
        // Of what a page does not ask nothing is said.
        if let Some(said) = sent.get(column.name) {
            carried.set(column.name, std::iter::once(said));
        }
    }
    if let Some(change) = Step::parse(sent.text("change")) {
        return show(&visit, &carried, change, true).await;
    }
    let go = sent.text("go");
    if let Some(language) = Language::from_written(go) {
        language.tag().clone_into(&mut carried.language);
        return show(&visit, &carried, step, to_check).await;
    }
    match (step, go) {
        (Step::Notice, _) => begun(&visit, &sent, Some(carried)).await,
        (_, "back") if to_check => show(&visit, &carried, Step::Check, false).await,
        (step, "back") => show(&visit, &carried, step.before(&carried), false).await,
        (Step::Check, _) => send(&visit, &carried).await,
        (step, _) => answered(&visit, &carried, step, to_check).await,
    }
}
