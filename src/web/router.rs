//! The single table of addresses: method, path, who may call it, and what
//! answers. The router, the guard and the machine-readable table
//! (`dom routes --json`) are all made from it.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, on};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use super::pages::follow_up as calls;
use super::pages::{
    account, admin, families, home, matching, public, requests, sheets, survey, workers,
};
use super::state::Site;
use super::{assets, layers};
use crate::domain::account::{Access, Role};

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
        Access::Administration => vec![Role::Administrator.code()],
    }
}

fn table() -> Table {
    use Access::{Desk, Public, SignedIn};
    let table = Table {
        routes: Vec::new(),
        router: Router::new(),
    };
    follow_up(table)
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

/// What people are asked, by link, and the mail that asks.
fn follow_up(table: Table) -> Table {
    use Access::{Administration, Desk, Public};
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
            Administration,
            &["/admin/mail", "/admin/mail?state=kept"],
            admin::mail::list,
        )
        .get(
            "/admin/mail/{mail}",
            Administration,
            &["/admin/mail/1"],
            admin::mail::get,
        )
        .post(
            "/admin/mail/{mail}/retry",
            Administration,
            admin::mail::retry,
        )
        .post(
            "/admin/mail/{mail}/cancel",
            Administration,
            admin::mail::cancel,
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
        .layer(from_fn(layers::errors))
        .layer(from_fn_with_state(site.clone(), layers::visit))
        .route("/assets/{*path}", axum::routing::get(assets::get));
    layers::around(pages, &site).with_state(site)
}
