//! Static files, inside the program. Each is compressed once, when it is first
//! asked for; its address changes with the program, so browsers may keep it.

use std::io::Write as _;
use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

struct Asset {
    path: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    /// Worth compressing: text, not fonts.
    text: bool,
    brotli: OnceLock<Vec<u8>>,
    digest: OnceLock<String>,
}

macro_rules! asset {
    ($path:literal, $kind:literal, $text:literal) => {
        Asset {
            path: $path,
            kind: $kind,
            bytes: include_bytes!(concat!("assets/", $path)),
            text: $text,
            brotli: OnceLock::new(),
            digest: OnceLock::new(),
        }
    };
}

static ASSETS: [Asset; 12] = [
    asset!("accesses.js", "text/javascript; charset=utf-8", true),
    asset!("copy.js", "text/javascript; charset=utf-8", true),
    asset!("dom.css", "text/css; charset=utf-8", true),
    asset!("registering.js", "text/javascript; charset=utf-8", true),
    asset!("imports.js", "text/javascript; charset=utf-8", true),
    asset!("secret.js", "text/javascript; charset=utf-8", true),
    asset!("icon.svg", "image/svg+xml; charset=utf-8", true),
    asset!(
        "bootstrap-italia-2.18.3/css/bootstrap-italia.min.css",
        "text/css; charset=utf-8",
        true
    ),
    asset!(
        "bootstrap-italia-2.18.3/svg/sprites.svg",
        "image/svg+xml; charset=utf-8",
        true
    ),
    asset!(
        "bootstrap-italia-2.18.3/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-regular.woff2",
        "font/woff2",
        false
    ),
    asset!(
        "bootstrap-italia-2.18.3/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-600.woff2",
        "font/woff2",
        false
    ),
    asset!(
        "bootstrap-italia-2.18.3/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-700.woff2",
        "font/woff2",
        false
    ),
];

impl Asset {
    fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut packed = Vec::new();
            let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 9, 22);
            writer
                .write_all(self.bytes)
                .expect("writing to memory does not fail");
            drop(writer);
            packed
        })
    }

    fn digest(&self) -> &str {
        self.digest
            .get_or_init(|| HEXLOWER.encode(&Sha256::digest(self.bytes)[..8]))
    }
}

/// The address of a file. A file that does not exist keeps a plain address and
/// is not found.
pub fn address(path: &str) -> String {
    // Fonts are named by the stylesheets too, which know of no digest: one address each.
    let asset = ASSETS.iter().find(|asset| asset.path == path && asset.text);
    asset.map_or_else(
        || format!("/assets/{path}"),
        |asset| format!("/assets/{path}?v={}", asset.digest()),
    )
}

/// Serves a file.
pub async fn get(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", asset.digest());
    let mut response = if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(asset, &headers)
    };
    let fixed = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits and quotes");
    response.headers_mut().insert(header::ETAG, tag);
    response
}

fn body(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if asset.text && accepts.split(',').any(|kind| kind.trim().starts_with("br")) {
        return ([(header::CONTENT_ENCODING, "br")], asset.brotli().to_vec()).into_response();
    }
    asset.bytes.into_response()
}
