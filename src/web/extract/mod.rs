//! What a page asks of a request: who is visiting, in which language, and forms.

mod visit;

pub use visit::{Visit, cookie, cookie_under, device_of, session_token};
