//! The single table of addresses: method, path, who may call it, and what
//! answers. The router, the guard and the machine-readable table
//! (`dom routes --json`) are all made from it.

mod administration;
mod desks;
mod everybody;
mod partners;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;

use super::pages::{
    account, admin, families, home, matching, open_data, public, reports, requests, sheets, workers,
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
        self,
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
        self.line(method, path, access, samples, on(filter, handler))
    }

    /// What is the same whatever the handler: it stands apart, since each handler has an
    /// `add` of its own in the program.
    fn line(
        mut self,
        method: &'static str,
        path: &'static str,
        access: Access,
        samples: &[&'static str],
        page: MethodRouter<Site>,
    ) -> Self {
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
        self.router = self.router.route(path, page.route_layer(guard));
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
        "/filters",
        "/reports",
        "/tour",
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
    let table = desks::door(own_account(figures(lists_and_records())));
    administration::door(partners::door(everybody::door(table)))
}

/// One's own account, and who must sign in in two steps.
fn own_account(table: Table) -> Table {
    use Access::{Account, Administrator, Public, SignedIn};
    table
        .get("/sign-in/code", Public, &[], account::code::get)
        .post("/sign-in/code", Public, account::code::post)
        .get("/sign-in/provider", Public, &[], account::provider::leave)
        .get(
            "/sign-in/provider/back",
            Public,
            &[],
            account::provider::back,
        )
        .get("/sign-in/invited", Public, &[], account::provider::invited)
        .post("/sign-in/invited", Public, account::provider::link_invited)
        .get("/account", SignedIn, &[], account::own::get)
        .post("/account/sessions/end", SignedIn, account::own::end)
        .get("/account/confirm", Account, &[], account::own::confirm)
        .post(
            "/account/confirm",
            Account,
            account::own::confirmed.layer(DefaultBodyLimit::max(layers::LARGEST_CARRYING)),
        )
        .get(
            "/account/confirm/provider",
            Account,
            &[],
            account::provider::confirm,
        )
        .get("/account/identity", Account, &[], account::provider::own)
        .get(
            "/account/identity/begin",
            Account,
            &[],
            account::provider::begin,
        )
        .post("/account/identity/link", Account, account::provider::link)
        .post(
            "/account/identity/unlink",
            SignedIn,
            account::provider::unlink,
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
        .get("/admin/sign-in", Administrator, &[], admin::local::get)
        .post("/admin/sign-in", Administrator, admin::local::post)
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

/// The table of routes.
pub fn routes() -> Vec<Route> {
    table().routes
}

/// The site.
pub fn router(site: Site) -> Router {
    router_within(site, layers::LONGEST_REQUEST)
}

/// The same where a request may take so long and no longer.
pub fn router_within(site: Site, longest: Duration) -> Router {
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
        .layer(from_fn(layers::within_limits))
        .layer(from_fn_with_state(site.clone(), layers::known_host))
        .layer(from_fn(layers::errors))
        .layer(from_fn_with_state(site.clone(), layers::visit))
        .route("/assets/{*path}", axum::routing::get(assets::get));
    layers::around(pages, &site, longest).with_state(site)
}
