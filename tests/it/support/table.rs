//! Which line of the table of routes an address belongs to.

use std::sync::LazyLock;

use dom::web::{Route, routes};

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(routes);

/// The route that an address belongs to.
pub fn route_of(method: &str, address: &str) -> Option<&'static str> {
    let path = address.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let pattern: Vec<&str> = pattern.split('/').collect();
        pattern.len() == parts.len()
            && pattern
                .iter()
                .zip(&parts)
                .all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    ROUTES
        .iter()
        .filter(|route| route.method == method && fits(route.path))
        .map(|route| route.path)
        .min_by_key(|path| path.matches('{').count())
}
