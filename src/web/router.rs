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

use super::pages::desk::{diary, hand_over};
use super::pages::follow_up as calls;
use super::pages::registering::{draft, form};
use super::pages::{
    accesses, account, admin, asked, families, home, matching, open_data, proposals, public,
    reports, requests, sheets, survey, vocabularies, workers,
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

    /// A form whose address holds a secret that only who may send it knows.
    fn capability<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Site>,
        T: 'static,
    {
        assert!(path.contains("{token}"), "no address without a secret");
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
            access,
        });
        let guard = from_fn(move |request, next| layers::guard(access, request, next));
        self.router = self
            .router
            .route(path, on(filter, handler).route_layer(guard));
        self
    }
}

fn roles(access: Access) -> Vec<&'static str> {
    let all = Role::ALL.map(Role::code);
    match access {
        Access::Public => std::iter::once("nobody").chain(all).collect(),
        Access::SignedIn => all.to_vec(),
        Access::Desk => vec![Role::Administrator.code(), Role::Operator.code()],
        Access::Reports => vec![
            Role::Administrator.code(),
            Role::Operator.code(),
            Role::Reader.code(),
        ],
        Access::Administrator => vec![Role::Administrator.code()],
    }
}

fn table() -> Table {
    asking(follow_up(figures(log(desk_work(registering(
        lists_and_records(),
    ))))))
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
    use Access::{Administrator, Desk, Public};
    table
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
        .get("/s/{token}", Public, &["/s/none"], survey::question::get)
        .capability("/s/{token}", survey::question::post)
        .get(
            "/s/{token}/stop",
            Public,
            &["/s/none/stop"],
            survey::wishes::stop,
        )
        .capability("/s/{token}/stop", survey::wishes::do_stop)
        .get(
            "/s/{token}/phone",
            Public,
            &["/s/none/phone"],
            survey::wishes::phone,
        )
        .capability("/s/{token}/phone", survey::wishes::do_phone)
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
        .layer(from_fn(layers::errors))
        .layer(from_fn_with_state(site.clone(), layers::visit))
        .route("/assets/{*path}", axum::routing::get(assets::get));
    layers::around(pages, &site).with_state(site)
}
