//! Two copies of the program over one `PostgreSQL`, behind nginx, as plain processes with
//! addresses of their own on the loopback: what they share, and what nobody notices when
//! one of them, or the database, goes away for a while. The proxy's configuration is the
//! one of `docs/proxy`, which the files of docker compose name too.
//!
//! `SEVERAL_TEST_SECONDS` asks for more time under load than a round of everything takes.

mod client;
mod clocks;
mod compose;
mod load;
mod restarts;
pub mod server;
mod service;
mod town;
