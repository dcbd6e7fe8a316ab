//! Addresses with their queries, asked of the whole site by an administrator.

use std::fmt::Write as _;

use super::Target;
use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::site::Site;
use crate::support::table::route_of;

/// What a browser sends in an address as it is.
const PLAIN: &[u8] = b"-._~!$&'()*+,;=:@/?%";

pub struct Addresses {
    browsers: [Browser; 2],
    /// The databases go with them.
    _sites: [Site; 2],
}

/// As a browser would send it.
fn address(input: &[u8]) -> String {
    let mut address = String::from("/");
    let rest = input.strip_prefix(b"/").unwrap_or(input);
    for byte in rest {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(byte) {
            address.push(char::from(*byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

impl Target for Addresses {
    const NAME: &'static str = "addresses";
    const CHANGES: usize = 100;
    const WORDS: &'static [&'static str] = &[
        "/",
        "?",
        "&",
        "=",
        "page=",
        "after=",
        "before=",
        "s=",
        "sort=",
        "status=",
        "year=",
        "from=",
        "to=",
        "desk=",
        "next=",
        "whose=",
        "/workers",
        "/requests",
        "/match",
        "W-1",
        "R-1",
        "grosseto",
        "..",
        "%2f",
    ];

    async fn begin() -> Self {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let sites = Site::on_both(&cast).await;
        let browsers = [
            sites[0].signed_in("administrator").await,
            sites[1].signed_in("administrator").await,
        ];
        Self {
            browsers,
            _sites: sites,
        }
    }

    fn made(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    async fn read(&mut self, input: &[u8]) -> String {
        let address = address(input);
        // Printing takes long, and reads nothing of an address but a number.
        if address.contains("pdf") || address.contains("/paper/") {
            return "printing".to_owned();
        }
        let [here, there] = &mut self.browsers;
        let (here, there) = (here.get(&address).await, there.get(&address).await);
        let status = here.status.as_u16();
        assert!(status < 500, "{address}: {status}");
        assert_eq!(here.status, there.status, "{address}: not alike");
        format!("{:?} {status}", route_of("GET", &address))
    }
}
