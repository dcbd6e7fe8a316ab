//! The door of everybody: pages without an account, and what a link of one's own opens.

use super::Table;
use crate::domain::account::Access::Public;
use crate::web::pages::registering::ask;
use crate::web::pages::{about, asked, inbox, link, private, survey};

/// All of it.
pub(super) fn door(table: Table) -> Table {
    let table = links_to_sheets(private_links(proposals(surveys(table))));
    families_ask(table)
}

/// What families ask by themselves, and who looks for work.
fn families_ask(table: Table) -> Table {
    table
        .get("/ask", Public, &[], ask::begin)
        .get(
            "/ask/{step}",
            Public,
            &[
                "/ask/for",
                "/ask/recipient",
                "/ask/name",
                "/ask/contact",
                "/ask/place",
                "/ask/tasks",
                "/ask/words",
                "/ask/arrangement",
                "/ask/week",
                "/ask/start",
                "/ask/needed",
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
        .post("/register", Public, inbox::register::post)
        .post("/register/appointment", Public, inbox::joined::appoint)
}

/// Sheets behind a link and a code.
fn links_to_sheets(table: Table) -> Table {
    table
        .get("/f", Public, &[], link::get)
        .post("/f", Public, link::enter)
        .post("/f/sheet", Public, link::take)
        .get("/f/{token}", Public, &["/f/none"], link::open)
}

/// What workers and families see to by themselves, and what the service tells of itself.
fn private_links(table: Table) -> Table {
    const NONE: [&str; 1] = ["/mine/none"];
    table
        .get(
            "/service",
            Public,
            &["/service", "/service?language=ar", "/service?language=uk"],
            about::service,
        )
        .get(
            "/privacy",
            Public,
            &["/privacy", "/privacy?language=ar"],
            about::privacy,
        )
        .get("/cookies", Public, &[], about::cookies)
        .get("/accessibility", Public, &[], about::accessibility)
        .get("/accessibility/check", Public, &[], about::check)
        .get("/l/{token}", Public, &["/l/none"], private::open::open)
        .get("/mine/{link}", Public, &NONE, private::mine::get)
        .post("/mine/{link}/confirm", Public, private::mine::confirm)
        .post("/mine/{link}/again", Public, private::mine::look_again)
        .post("/mine/{link}/answers", Public, private::answers::post)
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
        .post("/mine/{link}/request", Public, private::family::say)
        .get(
            "/mine/{link}/appointment",
            Public,
            &NONE,
            private::appointment::get,
        )
        .post(
            "/mine/{link}/appointment",
            Public,
            private::appointment::post,
        )
        .post(
            "/mine/{link}/appointment/off",
            Public,
            private::appointment::call_off,
        )
}

/// By a link a worker says yes or no.
fn proposals(table: Table) -> Table {
    table
        .get("/p/{token}", Public, &["/p/none"], asked::get)
        .capability("/p/{token}", asked::post)
}

/// What people are asked, by link.
fn surveys(table: Table) -> Table {
    table
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
