//! The single table of addresses: method, path, who may call it, and what
//! answers. The router, the guard and the machine-readable table
//! (`dom routes --json`) are all made from it.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, on};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use super::pages::admin::numbers::Numbers;
use super::pages::desk::{diary, hand_over};
use super::pages::follow_up as calls;
use super::pages::people::{
    block, inform, link as own_link, merge, pairs, renew, rights, same, tasks as to_call,
};
use super::pages::registering::{ask, draft, form, referral};
use super::pages::{about, private};
use super::pages::{
    accesses, account, admin, asked, families, home, imports, inbox, link, matching, open_data,
    paper, partner, proposals, public, reports, requests, sheets, survey, vocabularies, waiting,
    workers,
};
use super::state::Site;
use super::{assets, layers};
use crate::domain::account::{Access, Role};
use crate::services::registering::Form;

/// A line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    /// Who may call it: `nobody` (no sign-in), and roles. An administrator
    /// stands for one with a desk.
    pub roles: Vec<&'static str>,
    /// Addresses that exist in the demo.
    pub samples: Vec<&'static str>,
    /// Whether the address itself proves who may send the form, so that it is taken
    /// from anywhere: mail programs send it, without a browser's word on its origin.
    pub is_capability: bool,
    /// Whether it shows records of persons, or lists of them: who opens it is
    /// written down.
    pub shows_persons: bool,
    /// Whether it needs a password given in the last minutes: what changes policy, or
    /// whom others let in.
    pub asks_fresh: bool,
    #[serde(skip)]
    pub access: Access,
}

/// The table and the router, made together.
struct Table {
    routes: Vec<Route>,
    router: Router<Site>,
}

impl Table {
    fn get<H, T>(
        self,
        path: &'static str,
        access: Access,
        samples: &[&'static str],
        handler: H,
    ) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add("GET", MethodFilter::GET, path, access, samples, handler)
    }

    fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        self.add("POST", MethodFilter::POST, path, access, &[], handler)
    }

    /// A form whose address holds a secret that only who may send it knows. Behind
    /// `{key}` it takes a cookie besides: old browsers on the telephones of those who
    /// answer say nothing of where a form comes from.
    fn capability<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        let secret = path.contains("{token}") || path.contains("{key}");
        assert!(secret, "no address without a secret");
        self = self.post(path, Access::Public, handler);
        if let Some(route) = self.routes.last_mut() {
            route.is_capability = true;
        }
        self
    }

    fn add<H, T>(
        mut self,
        method: &'static str,
        filter: MethodFilter,
        path: &'static str,
        access: Access,
        samples: &[&'static str],
        handler: H,
    ) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        let samples = if samples.is_empty() && !path.contains('{') && method == "GET" {
            vec![path]
        } else {
            samples.to_vec()
        };
        self.routes.push(Route {
            method,
            path,
            roles: roles(access),
            samples,
            is_capability: false,
            shows_persons: shows_persons(access, path),
            asks_fresh: asks_fresh(method, access, path),
            access,
        });
        let passage = layers::Passage {
            access,
            shows: shows_persons(access, path).then_some((method, path)),
            asks_fresh: asks_fresh(method, access, path),
        };
        let guard = from_fn(move |request, next| layers::guard(passage, request, next));
        self.router = self
            .router
            .route(path, on(filter, handler).route_layer(guard));
        self
    }
}

/// What the staff opens, but for figures, lists of words and the access log, which
/// knows no persons.
fn shows_persons(access: Access, path: &str) -> bool {
    let staff = matches!(
        access,
        Access::Desk | Access::Partner | Access::Administrator
    );
    let without_persons = [
        "/accesses",
        "/accompaniments",
        "/drafts",
        "/reports",
        "/vocabularies",
    ];
    let without = without_persons.iter().any(|start| path.starts_with(start));
    path == "/" || (staff && !without)
}

/// What administrators send beneath `/admin`, but for what changes neither policy nor an
/// account.
fn asks_fresh(method: &str, access: Access, path: &str) -> bool {
    let without = ["/admin/mail/", "/admin/backups/make"];
    method == "POST"
        && access == Access::Administrator
        && path.starts_with("/admin/")
        && !without.iter().any(|start| path.starts_with(start))
}

fn roles(access: Access) -> Vec<&'static str> {
    let all = Role::ALL.map(Role::code);
    match access {
        Access::Public => std::iter::once("nobody").chain(all).collect(),
        Access::SignedIn | Access::Account => all.to_vec(),
        Access::Desk => vec![Role::Administrator.code(), Role::Operator.code()],
        Access::Reports => vec![
            Role::Administrator.code(),
            Role::Operator.code(),
            Role::Reader.code(),
        ],
        Access::Administrator => vec![Role::Administrator.code()],
        Access::Partner => vec![Role::Partner.code()],
    }
}

fn table() -> Table {
    let records = log(desk_work(registering(lists_and_records())));
    let people = files(about_people(follow_up(figures(records))));
    policy(own_account(partners(families_ask(doors(asking(
        delivery(people),
    ))))))
}

/// What administrators decide by dated rows.
fn policy(table: Table) -> Table {
    use Access::{Administrator, Desk};
    table
        .get("/admin/policy", Administrator, &[], admin::policies::get)
        .get("/admin/weights", Administrator, &[], admin::weights::get)
        .post("/admin/weights", Administrator, admin::weights::post)
        .get(
            "/admin/notices",
            Administrator,
            &["/admin/notices", "/admin/notices?kind=contact"],
            admin::notices::get,
        )
        .post("/admin/notices", Administrator, admin::notices::post)
        .get(
            "/admin/retention",
            Administrator,
            &["/admin/retention", "/admin/retention?on=2030-01-01"],
            admin::retention::get,
        )
        .get(
            "/admin/retention/rules",
            Administrator,
            &[],
            |visit, from| admin::numbers::get(Numbers::Kept, visit, from),
        )
        .post("/admin/retention/rules", Administrator, |visit, sent| {
            admin::numbers::post(Numbers::Kept, visit, sent)
        })
        .get("/admin/thresholds", Administrator, &[], |visit, from| {
            admin::numbers::get(Numbers::Thresholds, visit, from)
        })
        .post("/admin/thresholds", Administrator, |visit, sent| {
            admin::numbers::post(Numbers::Thresholds, visit, sent)
        })
        .get(
            "/to-renew",
            Desk,
            &["/to-renew", "/to-renew?kind=family"],
            renew::get,
        )
        .post("/to-renew/keep", Desk, renew::keep)
        .get("/to-inform", Desk, &[], inform::get)
        .post("/to-inform/told", Desk, inform::told)
        .post("/to-inform/mail", Desk, inform::mail)
}

/// One's own account, and who must sign in in two steps.
fn own_account(table: Table) -> Table {
    use Access::{Account, Administrator, Public, SignedIn};
    table
        .get("/sign-in/code", Public, &[], account::code::get)
        .post("/sign-in/code", Public, account::code::post)
        .get("/account", SignedIn, &[], account::own::get)
        .post("/account/sessions/end", SignedIn, account::own::end)
        .get("/account/confirm", Account, &[], account::own::confirm)
        .post(
            "/account/confirm",
            Account,
            account::own::confirmed.layer(DefaultBodyLimit::max(layers::LARGEST_CARRYING)),
        )
        .get("/account/change", SignedIn, &[], account::own::change)
        .post("/account/password", SignedIn, account::own::password)
        .post("/account/email", SignedIn, account::own::email)
        .get("/account/factor", Account, &[], account::factor::get)
        .post("/account/factor/begin", Account, account::factor::begin)
        .post("/account/factor/confirm", Account, account::factor::confirm)
        .post("/account/factor/codes", SignedIn, account::factor::codes)
        .post("/account/factor/remove", SignedIn, account::factor::remove)
        .get("/admin/factors", Administrator, &[], admin::factors::get)
        .post("/admin/factors", Administrator, admin::factors::post)
}

/// What families ask by themselves, and the desk that looks at it.
fn families_ask(table: Table) -> Table {
    use Access::{Desk, Public};
    let table = table
        .get("/ask", Public, &[], ask::begin)
        .get(
            "/ask/{step}",
            Public,
            &[
                "/ask/for",
                "/ask/name",
                "/ask/contact",
                "/ask/place",
                "/ask/tasks",
                "/ask/words",
                "/ask/arrangement",
                "/ask/week",
                "/ask/start",
            ],
            ask::step,
        )
        .post("/ask/{step}", Public, ask::post)
        .get("/ask/confirm", Public, &[], inbox::confirm::get)
        .post("/ask/confirm", Public, inbox::confirm::post)
        .get(
            "/ask/confirm/{token}",
            Public,
            &["/ask/confirm/none"],
            inbox::confirm::open,
        )
        .get(
            "/register",
            Public,
            &[
                "/register",
                "/register?language=ar",
                "/register?language=uk",
            ],
            inbox::register::get,
        )
        .post("/register", Public, inbox::register::post);
    table
        .get(
            "/inbox",
            Desk,
            &["/inbox", "/inbox?done=yes"],
            inbox::list::get,
        )
        .get(
            "/inbox/{number}",
            Desk,
            &["/inbox/D-000001", "/inbox/D-000003", "/inbox/D-000004"],
            inbox::record::get,
        )
        .post("/inbox/{number}/accept", Desk, inbox::record::accept)
        .post("/inbox/{number}/begin", Desk, inbox::record::begin)
        .post("/inbox/{number}/ask-back", Desk, inbox::record::ask_back)
        .post("/inbox/{number}/refuse", Desk, inbox::record::refuse)
}

/// What a partner files and follows, and who looks after partners.
fn partners(table: Table) -> Table {
    use Access::{Administrator, Partner};
    table
        .get("/partner/referrals", Partner, &[], partner::referrals::list)
        .get("/partner/referrals/new", Partner, &[], referral::get)
        .post("/partner/referrals/new", Partner, referral::post)
        .get(
            "/partner/referrals/{code}",
            Partner,
            &["/partner/referrals/R-000007"],
            partner::referrals::get,
        )
        .get(
            "/partner/referrals/{code}/another",
            Partner,
            &["/partner/referrals/R-000007/another"],
            referral::another,
        )
        .post(
            "/partner/referrals/{code}/another",
            Partner,
            referral::post_another,
        )
        .get(
            "/partner/year",
            Partner,
            &["/partner/year", "/partner/year?year=2025"],
            partner::referrals::year,
        )
        .get("/admin/partners", Administrator, &[], admin::partners::list)
        .post("/admin/partners", Administrator, admin::partners::add)
        .get(
            "/admin/partners/{code}",
            Administrator,
            &["/admin/partners/pi_grosseto"],
            admin::partners::get,
        )
        .post(
            "/admin/partners/{code}/contract",
            Administrator,
            admin::partners::contract,
        )
        .post(
            "/admin/partners/{code}/invite",
            Administrator,
            admin::partners::invite,
        )
        .post(
            "/admin/partners/{code}/people/{id}/link",
            Administrator,
            admin::partners::again,
        )
        .post(
            "/admin/partners/{code}/people/{id}/shut",
            Administrator,
            admin::partners::shut,
        )
}

/// Files that come in and go out by the browser.
fn files(table: Table) -> Table {
    use Access::Desk;
    table
        .get("/imports", Desk, &[], imports::begin::get)
        .post(
            "/imports",
            Desk,
            imports::begin::post.layer(DefaultBodyLimit::max(layers::LARGEST_FILE)),
        )
        .get(
            "/imports/{upload}",
            Desk,
            &["/imports/1", "/imports/2", "/imports/2?columns=change"],
            imports::record::get,
        )
        .post("/imports/{upload}/columns", Desk, imports::record::columns)
        .post("/imports/{upload}/load", Desk, imports::record::load)
        .post("/imports/{upload}/discard", Desk, imports::record::discard)
        .get(
            "/imports/{upload}/report",
            Desk,
            &["/imports/2/report"],
            imports::report::get,
        )
        .get(
            "/waiting/{list}",
            Desk,
            &[
                "/waiting/unconfirmed",
                "/waiting/stalled?whose=all",
                "/waiting/proposals?whose=all",
                "/waiting/calls?whose=all",
                "/waiting/conflicts?whose=all",
            ],
            waiting::get,
        )
        .post("/waiting/{list}/search", Desk, waiting::search)
        .get("/paper", Desk, &[], paper::list::get)
        .get(
            "/paper/{paper}/{language}",
            Desk,
            &["/paper/worker/it", "/paper/notice_worker/ar"],
            paper::list::file,
        )
        .post("/workers/export", Desk, workers::list::export)
        .post("/families/export", Desk, families::list::export)
        .post("/requests/export", Desk, requests::list::export)
        .post("/sheets/export", Desk, sheets::list::export)
}

/// How sheets reach families, and what is to be done about them.
fn delivery(table: Table) -> Table {
    use Access::{Desk, Partner, Public};
    table
        .post("/sheets/{number}/send", Desk, sheets::delivery::send)
        .post("/sheets/{number}/code", Desk, sheets::delivery::renew)
        .post("/sheets/{number}/shut", Desk, sheets::delivery::take_back)
        .get(
            "/tasks",
            Desk,
            &["/tasks", "/tasks?done=yes"],
            sheets::tasks::get,
        )
        .post("/tasks/{task}/done", Desk, |visit, task| {
            sheets::tasks::set(true, visit, task)
        })
        .post("/tasks/{task}/undone", Desk, |visit, task| {
            sheets::tasks::set(false, visit, task)
        })
        .get(
            "/workers/{code}/disclosures",
            Desk,
            &["/workers/W-000001/disclosures"],
            workers::disclosures::get,
        )
        .get(
            "/admin/reads",
            Access::Administrator,
            &[],
            admin::reads::get,
        )
        .get(
            "/admin/reads/kept",
            Access::Administrator,
            &[],
            admin::kept::get,
        )
        .post(
            "/admin/reads/kept",
            Access::Administrator,
            admin::kept::post,
        )
        .get(
            "/admin/reads/unusual",
            Access::Administrator,
            &[],
            admin::unusual::get,
        )
        .get("/f", Public, &[], link::get)
        .post("/f", Public, link::enter)
        .post("/f/sheet", Public, link::take)
        .get("/f/{token}", Public, &["/f/none"], link::open)
        .get("/partner/sheets", Partner, &[], partner::sheets::list)
        .get(
            "/partner/sheets/{number}",
            Partner,
            &["/partner/sheets/GR-2026-0002"],
            partner::sheets::get,
        )
        .post(
            "/partner/sheets/{number}/open",
            Partner,
            partner::sheets::open,
        )
}

/// Private links: what workers and families see to by themselves, who gives the
/// links, and whom the desk then calls.
fn doors(table: Table) -> Table {
    use Access::{Desk, Public};
    const NONE: [&str; 1] = ["/mine/none"];
    let table = table
        .get("/service", Public, &[], about::service)
        .get(
            "/privacy",
            Public,
            &["/privacy", "/privacy?language=ar"],
            about::privacy,
        )
        .get("/cookies", Public, &[], about::cookies)
        .get("/accessibility", Public, &[], about::accessibility)
        .get("/l/{token}", Public, &["/l/none"], private::open::open)
        .get("/mine/{link}", Public, &NONE, private::mine::get)
        .post("/mine/{link}/confirm", Public, private::mine::confirm)
        .post("/mine/{link}/again", Public, private::mine::look_again)
        .post("/mine/{link}/pause", Public, private::mine::pause)
        .post("/mine/{link}/language", Public, private::mine::language)
        .post("/mine/{link}/leave", Public, private::open::leave)
        .get("/mine/{link}/week", Public, &NONE, private::week::get)
        .post("/mine/{link}/week", Public, private::week::post)
        .get(
            "/mine/{link}/withdraw",
            Public,
            &NONE,
            private::withdraw::get,
        )
        .post("/mine/{link}/withdraw", Public, private::withdraw::post)
        .get("/mine/{link}/correct", Public, &NONE, private::correct::get)
        .post("/mine/{link}/correct", Public, private::correct::post)
        .get("/mine/{link}/code", Public, &NONE, private::code::get)
        .post("/mine/{link}/code", Public, private::code::post)
        .post("/mine/{link}/call", Public, private::code::call)
        .get("/mine/{link}/told", Public, &NONE, private::told::get)
        .post("/mine/{link}/sheet", Public, private::told::take)
        .post("/mine/{link}/request", Public, private::family::say);
    table
        .get(
            "/workers/{code}/link",
            Desk,
            &["/workers/W-000001/link"],
            |visit, code, from| own_link::get(Form::Worker, visit, code, from),
        )
        .post("/workers/{code}/link", Desk, |visit, code, sent| {
            own_link::post(Form::Worker, visit, code, sent)
        })
        .get(
            "/families/{code}/link",
            Desk,
            &["/families/F-000001/link"],
            |visit, code, from| own_link::get(Form::Family, visit, code, from),
        )
        .post("/families/{code}/link", Desk, |visit, code, sent| {
            own_link::post(Form::Family, visit, code, sent)
        })
        .get(
            "/to-call",
            Desk,
            &["/to-call", "/to-call?done=yes"],
            to_call::get,
        )
        .post("/to-call/{task}/done", Desk, |visit, task| {
            to_call::set(true, visit, task)
        })
        .post("/to-call/{task}/undone", Desk, |visit, task| {
            to_call::set(false, visit, task)
        })
}

/// Asking workers before anything is disclosed, where their sheets must not go, and
/// who is told once one is out.
fn asking(table: Table) -> Table {
    use Access::{Desk, Public};
    table
        .get(
            "/requests/{code}/propose",
            Desk,
            &["/requests/R-000002/propose?worker=W-000001&worker=W-000002"],
            proposals::propose::get,
        )
        .post("/requests/{code}/propose", Desk, proposals::propose::post)
        .get(
            "/proposals",
            Desk,
            &["/proposals", "/proposals?whose=all&show=all"],
            proposals::list::get,
        )
        .get(
            "/proposals/{id}",
            Desk,
            &["/proposals/1", "/proposals/2"],
            proposals::record::get,
        )
        .post("/proposals/{id}/answer", Desk, proposals::record::answer)
        .post("/proposals/{id}/undo", Desk, proposals::record::undo)
        .post("/proposals/{id}/text", Desk, proposals::record::text)
        .post("/proposals/{id}/phoned", Desk, proposals::record::phoned)
        .post("/proposals/{id}/review", Desk, proposals::record::review)
        .get("/p/{token}", Public, &["/p/none"], asked::get)
        .capability("/p/{token}", asked::post)
        .get(
            "/sheets/{number}/notices",
            Desk,
            &["/sheets/GR-2026-0001/notices"],
            sheets::notices::get,
        )
        .get(
            "/workers/{code}/diffusion",
            Desk,
            &["/workers/W-000001/diffusion"],
            workers::diffusion::get,
        )
        .post("/workers/{code}/diffusion", Desk, workers::diffusion::post)
        .post(
            "/workers/{code}/diffusion/{id}/lift",
            Desk,
            workers::diffusion::lift,
        )
}

/// What people are asked, by link, and the mail that asks.
fn follow_up(table: Table) -> Table {
    use Access::{Desk, Partner, Public};
    waves_and_mail(table)
        .get("/partner", Partner, &[], partner::list::get)
        .get(
            "/partner/{code}",
            Partner,
            &["/partner/I-000001"],
            partner::introduction::get,
        )
        .post("/partner/{code}", Partner, partner::introduction::post)
        .get("/calls", Desk, &[], calls::list::get)
        .get("/calls/{call}", Desk, &["/calls/1"], calls::call::get)
        .post("/calls/{call}/answer", Desk, calls::call::answer)
        .post("/calls/{call}/try", Desk, calls::call::tried)
        .post("/calls/{call}/text", Desk, calls::call::text)
        .get("/conflicts", Desk, &[], calls::conflicts::get)
        .get(
            "/introductions/{code}/finding",
            Desk,
            &["/introductions/I-000001/finding"],
            calls::finding::get,
        )
        .post("/introductions/{code}/finding", Desk, calls::finding::post)
        .get(
            "/introductions/{code}/job",
            Desk,
            &["/introductions/I-000001/job"],
            calls::job::get,
        )
        .post("/introductions/{code}/begin", Desk, calls::job::begin)
        .post("/introductions/{code}/end", Desk, calls::job::end)
        .post(
            "/introductions/{code}/job/{id}/undo",
            Desk,
            calls::job::undo,
        )
        .get("/s/{token}", Public, &["/s/none"], survey::door::page)
        .capability("/s/{token}", survey::question::post_to_link)
        .get(
            "/s/{token}/stop",
            Public,
            &["/s/none/stop"],
            survey::door::stop,
        )
        .capability("/s/{token}/stop", survey::wishes::stop_by_link)
        .get(
            "/s/{token}/phone",
            Public,
            &["/s/none/phone"],
            survey::door::phone,
        )
        .get(
            "/survey/{key}",
            Public,
            &["/survey/none"],
            survey::question::get,
        )
        .capability("/survey/{key}", survey::question::post)
        .get(
            "/survey/{key}/stop",
            Public,
            &["/survey/none/stop"],
            survey::wishes::stop,
        )
        .capability("/survey/{key}/stop", survey::wishes::do_stop)
        .get(
            "/survey/{key}/phone",
            Public,
            &["/survey/none/phone"],
            survey::wishes::phone,
        )
        .capability("/survey/{key}/phone", survey::wishes::do_phone)
        .get(
            "/survey/{key}/again",
            Public,
            &["/survey/none/again"],
            survey::wishes::again,
        )
        .capability("/survey/{key}/again", survey::wishes::do_again)
}

/// What an administrator sets and sees of the follow-up, and of copies.
fn waves_and_mail(table: Table) -> Table {
    use Access::Administrator;
    table
        .get("/admin/waves", Administrator, &[], admin::waves::get)
        .post("/admin/waves", Administrator, admin::waves::post)
        .get(
            "/admin/mail",
            Administrator,
            &["/admin/mail", "/admin/mail?state=kept"],
            admin::mail::list,
        )
        .get(
            "/admin/mail/{mail}",
            Administrator,
            &["/admin/mail/1"],
            admin::mail::get,
        )
        .post(
            "/admin/mail/{mail}/retry",
            Administrator,
            admin::mail::retry,
        )
        .post(
            "/admin/mail/{mail}/cancel",
            Administrator,
            admin::mail::cancel,
        )
        .get("/admin/backups", Administrator, &[], admin::backups::get)
        .post("/admin/backups/make", Administrator, admin::backups::make)
        .get(
            "/admin/backups/rules",
            Administrator,
            &[],
            admin::backup_rules::get,
        )
        .post(
            "/admin/backups/rules",
            Administrator,
            admin::backup_rules::post,
        )
}

/// Reports, and what everybody may read of them.
fn figures(table: Table) -> Table {
    use Access::{Administrator, Desk, Public, Reports};
    table
        .get("/reports/accesses", Reports, &[], reports::accesses::get)
        .get(
            "/reports/accesses/{format}",
            Reports,
            &[
                "/reports/accesses/pdf",
                "/reports/accesses/csv",
                "/reports/accesses/xlsx",
                "/reports/accesses/json",
            ],
            reports::accesses::file,
        )
        .get("/reports/period", Desk, &[], reports::period::get)
        .post(
            "/reports/accesses/close",
            Administrator,
            reports::accesses::close,
        )
        .get("/reports/outcomes", Reports, &[], reports::outcomes::get)
        .get(
            "/reports/outcomes/{format}",
            Reports,
            &[
                "/reports/outcomes/pdf",
                "/reports/outcomes/csv",
                "/reports/outcomes/xlsx",
                "/reports/outcomes/json",
            ],
            reports::outcomes::file,
        )
        .get("/open-data", Public, &[], open_data::list)
        .get(
            "/open-data/{file}",
            Public,
            &["/open-data/catalogue.jsonld"],
            open_data::file,
        )
}

/// The access log and its lists.
fn log(table: Table) -> Table {
    use Access::{Administrator, Desk};
    table
        .get(
            "/accesses",
            Desk,
            &["/accesses", "/accesses?done=entered&case=A-000001"],
            accesses::entry::get,
        )
        .post("/accesses", Desk, accesses::entry::post)
        .post("/accesses/undo", Desk, accesses::entry::undo)
        .get("/accesses/import", Desk, &[], accesses::import::get)
        .post(
            "/accesses/import",
            Desk,
            accesses::import::post.layer(DefaultBodyLimit::max(layers::LARGEST_FILE)),
        )
        .get("/vocabularies", Administrator, &[], vocabularies::list::get)
        .get(
            "/vocabularies/{field}",
            Administrator,
            &["/vocabularies/reason", "/vocabularies/channel?done=saved"],
            vocabularies::terms::get,
        )
        .post(
            "/vocabularies/{field}",
            Administrator,
            vocabularies::terms::add,
        )
        .post(
            "/vocabularies/{field}/labels",
            Administrator,
            vocabularies::terms::label,
        )
        .get(
            "/vocabularies/{field}/{code}",
            Administrator,
            &["/vocabularies/reason/housing"],
            vocabularies::term::get,
        )
        .post(
            "/vocabularies/{field}/{code}",
            Administrator,
            vocabularies::term::post,
        )
        .get("/accompaniments", Desk, &[], accesses::cases::get)
        .post("/accompaniments/{code}/close", Desk, accesses::cases::close)
}

/// Who signs in, and the records of people.
fn lists_and_records() -> Table {
    use Access::{Desk, Public, SignedIn};
    Table {
        routes: Vec::new(),
        router: Router::new(),
    }
    .get("/health", Public, &[], public::health)
    .get("/ready", Public, &[], public::ready)
    .get("/status", Public, &[], public::status)
    .get("/.well-known/security.txt", Public, &[], public::security)
    .get("/sources", Public, &[], public::sources)
    .get("/v/{code}", Public, &["/v/NONE"], public::verify)
    .post("/language", Public, public::language)
    .get("/sign-in", Public, &[], account::sign_in::get)
    .post("/sign-in", Public, account::sign_in::post)
    .post("/sign-out", Public, account::sign_in::out)
    .get(
        "/password/{token}",
        Public,
        &["/password/none"],
        account::password::open,
    )
    .get("/password", Public, &[], account::password::get)
    .post("/password", Public, account::password::post)
    .get("/", SignedIn, &[], home::get)
    .get(
        "/workers",
        Desk,
        &["/workers", "/workers?page=2", "/workers?status=paused"],
        workers::list::get,
    )
    .post("/workers/search", Desk, workers::list::search)
    .get(
        "/workers/{code}",
        Desk,
        &["/workers/W-000001", "/workers/W-000002"],
        workers::record::get,
    )
    .get("/families", Desk, &[], families::list::get)
    .post("/families/search", Desk, families::list::search)
    .get(
        "/families/{code}",
        Desk,
        &["/families/F-000001"],
        families::record::get,
    )
    .get(
        "/requests",
        Desk,
        &["/requests", "/requests?status=open"],
        requests::list::get,
    )
    .post("/requests/search", Desk, requests::list::search)
    .get(
        "/requests/{code}",
        Desk,
        &["/requests/R-000001", "/requests/R-000002"],
        requests::record::get,
    )
    .get(
        "/requests/{code}/match",
        Desk,
        &["/requests/R-000001/match", "/requests/R-000002/match"],
        matching::answer::get,
    )
    .get(
        "/requests/{code}/sheet",
        Desk,
        &["/requests/R-000001/sheet?worker=W-000001&worker=W-000002"],
        sheets::issue::get,
    )
    .post("/requests/{code}/sheet", Desk, sheets::issue::post)
    .get("/sheets", Desk, &[], sheets::list::get)
    .get(
        "/sheets/{number}",
        Desk,
        &["/sheets/GR-2026-0001"],
        sheets::record::get,
    )
    .post("/sheets/{number}/print", Desk, sheets::record::print)
    .post("/sheets/{number}/revoke", Desk, sheets::record::revoke)
}

/// The forms that register people and requests.
fn registering(table: Table) -> Table {
    use Access::Desk;
    let table = table
        .post("/drafts", Desk, draft::keep)
        .post("/drafts/{id}/discard", Desk, draft::throw_away)
        .get("/workers/new", Desk, &[], |visit, begun| {
            form::get_new(Form::Worker, visit, begun)
        })
        .post("/workers/new", Desk, |visit, sent| {
            form::post_new(Form::Worker, visit, sent)
        })
        .get(
            "/workers/{code}/edit",
            Desk,
            &["/workers/W-000001/edit"],
            |visit, code, begun| form::get_edit(Form::Worker, visit, code, begun),
        )
        .post("/workers/{code}/edit", Desk, |visit, code, sent| {
            form::post_edit(Form::Worker, visit, code, sent)
        });
    let table = table
        .get("/families/new", Desk, &[], |visit, begun| {
            form::get_new(Form::Family, visit, begun)
        })
        .post("/families/new", Desk, |visit, sent| {
            form::post_new(Form::Family, visit, sent)
        })
        .get(
            "/families/{code}/edit",
            Desk,
            &["/families/F-000001/edit"],
            |visit, code, begun| form::get_edit(Form::Family, visit, code, begun),
        )
        .post("/families/{code}/edit", Desk, |visit, code, sent| {
            form::post_edit(Form::Family, visit, code, sent)
        });
    table
        .get(
            "/requests/new",
            Desk,
            &["/requests/new", "/requests/new?family=F-000001"],
            |visit, begun| form::get_new(Form::Request, visit, begun),
        )
        .post("/requests/new", Desk, |visit, sent| {
            form::post_new(Form::Request, visit, sent)
        })
        .get(
            "/requests/{code}/edit",
            Desk,
            &["/requests/R-000001/edit"],
            |visit, code, begun| form::get_edit(Form::Request, visit, code, begun),
        )
        .post("/requests/{code}/edit", Desk, |visit, code, sent| {
            form::post_edit(Form::Request, visit, code, sent)
        })
        .get(
            "/workers/{code}/standing",
            Desk,
            &["/workers/W-000001/standing"],
            |visit, code| form::get_standing(Form::Worker, visit, code),
        )
        .post("/workers/{code}/standing", Desk, |visit, code, sent| {
            form::post_standing(Form::Worker, visit, code, sent)
        })
        .get(
            "/requests/{code}/standing",
            Desk,
            &["/requests/R-000001/standing"],
            |visit, code| form::get_standing(Form::Request, visit, code),
        )
        .post("/requests/{code}/standing", Desk, |visit, code, sent| {
            form::post_standing(Form::Request, visit, code, sent)
        })
        .post(
            "/requests/{code}/confirm-sex",
            Desk,
            requests::record::confirm_sex,
        )
}

/// The desk's own work beside the records.
fn desk_work(table: Table) -> Table {
    use Access::Desk;
    let table = table
        .get("/hand-over", Desk, &[], hand_over::get)
        .post("/hand-over", Desk, hand_over::post)
        .post("/requests/{code}/charge", Desk, hand_over::take);
    let table = table
        .get(
            "/workers/{code}/diary",
            Desk,
            &["/workers/W-000001/diary"],
            |visit, code| diary::get(Form::Worker, visit, code),
        )
        .post("/workers/{code}/diary", Desk, |visit, code, sent| {
            diary::post(Form::Worker, visit, code, sent)
        })
        .post("/workers/{code}/diary/{id}/erase", Desk, |visit, path| {
            diary::erase(Form::Worker, visit, path)
        });
    let table = table
        .get(
            "/families/{code}/diary",
            Desk,
            &["/families/F-000001/diary"],
            |visit, code| diary::get(Form::Family, visit, code),
        )
        .post("/families/{code}/diary", Desk, |visit, code, sent| {
            diary::post(Form::Family, visit, code, sent)
        })
        .post("/families/{code}/diary/{id}/erase", Desk, |visit, path| {
            diary::erase(Form::Family, visit, path)
        });
    table
        .get(
            "/requests/{code}/diary",
            Desk,
            &["/requests/R-000001/diary"],
            |visit, code| diary::get(Form::Request, visit, code),
        )
        .post("/requests/{code}/diary", Desk, |visit, code, sent| {
            diary::post(Form::Request, visit, code, sent)
        })
        .post("/requests/{code}/diary/{id}/erase", Desk, |visit, path| {
            diary::erase(Form::Request, visit, path)
        })
}

/// Two records of one person, and people who are held back.
fn about_people(table: Table) -> Table {
    use Access::Desk;
    let table = table
        .get("/workers/pairs", Desk, &[], |visit, asked| {
            pairs::get(Form::Worker, visit, asked)
        })
        .post("/workers/pairs", Desk, |visit, said| {
            pairs::different(Form::Worker, visit, said)
        })
        .get(
            "/workers/{code}/same",
            Desk,
            &["/workers/W-000001/same"],
            |visit, code| same::get(Form::Worker, visit, code),
        )
        .post("/workers/{code}/same", Desk, |visit, code, sent| {
            same::post(Form::Worker, visit, code, sent)
        })
        .get(
            "/workers/{code}/merge/{other}",
            Desk,
            &["/workers/W-000001/merge/W-000002"],
            |visit, codes, begun| merge::get(Form::Worker, visit, codes, begun),
        )
        .post(
            "/workers/{code}/merge/{other}",
            Desk,
            |visit, codes, sent| merge::post(Form::Worker, visit, codes, sent),
        )
        .post("/workers/{code}/unmerge/{merge}", Desk, |visit, path| {
            merge::undo(Form::Worker, visit, path)
        })
        .get(
            "/workers/{code}/block",
            Desk,
            &["/workers/W-000001/block"],
            |visit, code| block::get(Form::Worker, visit, code),
        )
        .post("/workers/{code}/block", Desk, |visit, code, sent| {
            block::post(Form::Worker, visit, code, sent)
        });
    let table = rights_of_people(table);
    table
        .get("/families/pairs", Desk, &[], |visit, asked| {
            pairs::get(Form::Family, visit, asked)
        })
        .post("/families/pairs", Desk, |visit, said| {
            pairs::different(Form::Family, visit, said)
        })
        .get(
            "/families/{code}/same",
            Desk,
            &["/families/F-000001/same"],
            |visit, code| same::get(Form::Family, visit, code),
        )
        .post("/families/{code}/same", Desk, |visit, code, sent| {
            same::post(Form::Family, visit, code, sent)
        })
        .get(
            "/families/{code}/merge/{other}",
            Desk,
            &["/families/F-000001/merge/F-000002"],
            |visit, codes, begun| merge::get(Form::Family, visit, codes, begun),
        )
        .post(
            "/families/{code}/merge/{other}",
            Desk,
            |visit, codes, sent| merge::post(Form::Family, visit, codes, sent),
        )
        .post("/families/{code}/unmerge/{merge}", Desk, |visit, path| {
            merge::undo(Form::Family, visit, path)
        })
        .get(
            "/families/{code}/block",
            Desk,
            &["/families/F-000001/block"],
            |visit, code| block::get(Form::Family, visit, code),
        )
        .post("/families/{code}/block", Desk, |visit, code, sent| {
            block::post(Form::Family, visit, code, sent)
        })
}

/// What a person can ask of their data.
fn rights_of_people(table: Table) -> Table {
    use Access::Desk;
    table
        .get(
            "/workers/{code}/rights",
            Desk,
            &["/workers/W-000001/rights"],
            |visit, code| rights::get(Form::Worker, visit, code),
        )
        .post(
            "/workers/{code}/rights/restrict",
            Desk,
            |visit, code, sent| rights::restrict(Form::Worker, visit, code, sent),
        )
        .post("/workers/{code}/rights/erase", Desk, |visit, code, sent| {
            rights::erase(Form::Worker, visit, code, sent)
        })
        .post(
            "/workers/{code}/rights/export",
            Desk,
            |visit, code, sent| rights::export(Form::Worker, visit, code, sent),
        )
        .get(
            "/families/{code}/rights",
            Desk,
            &["/families/F-000001/rights"],
            |visit, code| rights::get(Form::Family, visit, code),
        )
        .post(
            "/families/{code}/rights/restrict",
            Desk,
            |visit, code, sent| rights::restrict(Form::Family, visit, code, sent),
        )
        .post(
            "/families/{code}/rights/erase",
            Desk,
            |visit, code, sent| rights::erase(Form::Family, visit, code, sent),
        )
        .post(
            "/families/{code}/rights/export",
            Desk,
            |visit, code, sent| rights::export(Form::Family, visit, code, sent),
        )
}

/// The table of routes.
pub fn routes() -> Vec<Route> {
    table().routes
}

/// The site.
pub fn router(site: Site) -> Router {
    let table = table();
    let capabilities: layers::Capabilities = table
        .routes
        .iter()
        .filter(|route| route.is_capability)
        .map(|route| route.path)
        .collect();
    let pages = table
        .router
        .fallback(public::not_found)
        .method_not_allowed_fallback(public::no_such_method);
    let pages = pages
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(capabilities, layers::same_origin))
        .layer(from_fn_with_state(site.clone(), layers::known_host))
        .layer(from_fn(layers::errors))
        .layer(from_fn_with_state(site.clone(), layers::visit))
        .route("/assets/{*path}", axum::routing::get(assets::get));
    layers::around(pages, &site).with_state(site)
}
