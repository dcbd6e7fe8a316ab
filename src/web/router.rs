//! The single table of addresses: method, path, who may call it, and what
//! answers. The router, the guard and the machine-readable table
//! (`dom routes --json`) are all made from it.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, on};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use super::pages::desk::{diary, hand_over};
use super::pages::registering::{draft, form};
use super::pages::{account, families, home, matching, public, requests, sheets, workers};
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
    }
}

fn table() -> Table {
    desk_work(registering(lists_and_records()))
}

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
    let pages = table()
        .router
        .fallback(public::not_found)
        .method_not_allowed_fallback(public::no_such_method);
    let pages = pages
        .layer(CatchPanicLayer::new())
        .layer(from_fn(layers::same_origin))
        .layer(from_fn(layers::errors))
        .layer(from_fn_with_state(site.clone(), layers::visit))
        .route("/assets/{*path}", axum::routing::get(assets::get));
    layers::around(pages, &site).with_state(site)
}
