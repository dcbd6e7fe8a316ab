//! The door of the desks: records, forms, files, asking workers, sheets, people.

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;

use super::Table;
use crate::domain::account::Access::Desk;
use crate::services::appointments::person::Of;
use crate::services::registering::Form;
use crate::web::layers;
use crate::web::pages::desk::{diary, filters, hand_over, tour};
use crate::web::pages::people::{
    block, inform, link as own_link, merge, pairs, renew, rights, same, tasks as to_call,
};
use crate::web::pages::registering::{draft, form};
use crate::web::pages::{
    accesses, appointments, families, follow_up as calls, imports, inbox, paper, proposals,
    requests, sheets, waiting, workers,
};

/// All of it.
pub(super) fn door(table: Table) -> Table {
    let table = registering(desk_work(about_people(rights_of_people(table))));
    let table = links(asking(follow_up(log(table))));
    let table = asked_to_stay(came_in(files(delivery(table))));
    coming(table)
}

/// Who comes to a desk when.
fn coming(table: Table) -> Table {
    table
        .get(
            "/appointments",
            Desk,
            &["/appointments", "/appointments?desk=follonica"],
            appointments::day::get,
        )
        .get("/appointments/hours", Desk, &[], appointments::hours::get)
        .post("/appointments/hours", Desk, appointments::hours::post)
        .post(
            "/appointments/hours/close",
            Desk,
            appointments::hours::close,
        )
        .post("/appointments/hours/open", Desk, appointments::hours::open)
        .get(
            "/workers/{code}/appointment",
            Desk,
            &["/workers/W-000001/appointment"],
            |visit, code, at| appointments::person::get(Of::Worker, visit, code, at),
        )
        .post("/workers/{code}/appointment", Desk, |visit, code, sent| {
            appointments::person::post(Of::Worker, visit, code, sent)
        })
        .get(
            "/families/{code}/appointment",
            Desk,
            &["/families/F-000001/appointment"],
            |visit, code, at| appointments::person::get(Of::Family, visit, code, at),
        )
        .post("/families/{code}/appointment", Desk, |visit, code, sent| {
            appointments::person::post(Of::Family, visit, code, sent)
        })
        .get(
            "/inbox/{number}/appointment",
            Desk,
            &["/inbox/D-000001/appointment"],
            |visit, code, at| appointments::person::get(Of::Asking, visit, code, at),
        )
        .post("/inbox/{number}/appointment", Desk, |visit, code, sent| {
            appointments::person::post(Of::Asking, visit, code, sent)
        })
}

/// Whom the desk tells of notices, and whose data would go.
fn asked_to_stay(table: Table) -> Table {
    table
        .get(
            "/to-renew",
            Desk,
            &["/to-renew", "/to-renew?kind=family"],
            renew::get,
        )
        .post("/to-renew/keep", Desk, renew::keep)
        .get("/to-inform", Desk, &[], inform::get)
        .post("/to-inform/told", Desk, inform::told)
        .post("/to-inform/mail", Desk, inform::mail)
        .post("/to-inform/stop", Desk, inform::stop)
}

/// What came in from the public.
fn came_in(table: Table) -> Table {
    table
        .get(
            "/inbox",
            Desk,
            &["/inbox", "/inbox?done=yes"],
            inbox::list::get,
        )
        .get(
            "/inbox/{number}",
            Desk,
            &[
                "/inbox/D-000001",
                "/inbox/D-000002",
                "/inbox/D-000003",
                "/inbox/D-000004",
            ],
            inbox::record::get,
        )
        .post("/inbox/{number}/accept", Desk, inbox::record::accept)
        .post("/inbox/{number}/begin", Desk, inbox::record::begin)
        .post("/inbox/{number}/ask-back", Desk, inbox::record::ask_back)
        .post("/inbox/{number}/text", Desk, inbox::record::text)
        .post("/inbox/{number}/refuse", Desk, inbox::record::refuse)
}

/// Files that come in and go out by the browser.
fn files(table: Table) -> Table {
    table
        .get("/imports", Desk, &[], imports::begin::get)
        .post(
            "/imports",
            Desk,
            imports::begin::post.layer(DefaultBodyLimit::max(layers::LARGEST_FILE)),
        )
        .get(
            "/imports/{upload}",
            Desk,
            &["/imports/1", "/imports/2", "/imports/2?columns=change"],
            imports::record::get,
        )
        .post("/imports/{upload}/columns", Desk, imports::record::columns)
        .post("/imports/{upload}/load", Desk, imports::record::load)
        .post("/imports/{upload}/discard", Desk, imports::record::discard)
        .get(
            "/imports/{upload}/report",
            Desk,
            &["/imports/2/report"],
            imports::report::get,
        )
        .get(
            "/waiting/{list}",
            Desk,
            &[
                "/waiting/unconfirmed",
                "/waiting/stalled?whose=all",
                "/waiting/proposals?whose=all",
                "/waiting/calls?whose=all",
                "/waiting/conflicts?whose=all",
            ],
            waiting::get,
        )
        .post("/waiting/{list}/search", Desk, waiting::search)
        .get("/filters", Desk, &[], filters::get)
        .get(
            "/filters/new",
            Desk,
            &["/filters/new?list=workers&status=active"],
            filters::begin,
        )
        .post("/filters/new", Desk, filters::save)
        .post("/filters/{id}/remove", Desk, filters::remove)
        .get("/tour", Desk, &[], tour::get)
        .post("/tour/done", Desk, tour::done)
        .get("/paper", Desk, &[], paper::list::get)
        .get(
            "/paper/{paper}/{language}",
            Desk,
            &["/paper/worker/it", "/paper/notice_worker/ar"],
            paper::list::file,
        )
        .post("/workers/export", Desk, workers::list::export)
        .post("/families/export", Desk, families::list::export)
        .post("/requests/export", Desk, requests::list::export)
        .post("/sheets/export", Desk, sheets::list::export)
}

/// How sheets reach families, and what is to be done about them.
fn delivery(table: Table) -> Table {
    table
        .post("/sheets/{number}/send", Desk, sheets::delivery::send)
        .post("/sheets/{number}/code", Desk, sheets::delivery::renew)
        .post("/sheets/{number}/shut", Desk, sheets::delivery::take_back)
        .get(
            "/tasks",
            Desk,
            &["/tasks", "/tasks?done=yes"],
            sheets::tasks::get,
        )
        .post("/tasks/{task}/done", Desk, |visit, task| {
            sheets::tasks::set(true, visit, task)
        })
        .post("/tasks/{task}/undone", Desk, |visit, task| {
            sheets::tasks::set(false, visit, task)
        })
        .get(
            "/workers/{code}/disclosures",
            Desk,
            &["/workers/W-000001/disclosures"],
            workers::disclosures::get,
        )
}

/// Who gives private links, and whom the desk then calls.
fn links(table: Table) -> Table {
    table
        .get(
            "/workers/{code}/link",
            Desk,
            &["/workers/W-000001/link"],
            |visit, code, from| own_link::get(Form::Worker, visit, code, from),
        )
        .post("/workers/{code}/link", Desk, |visit, code, sent| {
            own_link::post(Form::Worker, visit, code, sent)
        })
        .get(
            "/families/{code}/link",
            Desk,
            &["/families/F-000001/link"],
            |visit, code, from| own_link::get(Form::Family, visit, code, from),
        )
        .post("/families/{code}/link", Desk, |visit, code, sent| {
            own_link::post(Form::Family, visit, code, sent)
        })
        .get(
            "/to-call",
            Desk,
            &["/to-call", "/to-call?done=yes"],
            to_call::get,
        )
        .post("/to-call/{task}/done", Desk, |visit, task| {
            to_call::set(true, visit, task)
        })
        .post("/to-call/{task}/undone", Desk, |visit, task| {
            to_call::set(false, visit, task)
        })
}

/// Asking workers before anything is disclosed, where their sheets must not go, and
/// who is told once one is out.
fn asking(table: Table) -> Table {
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

/// What the desk learns of an outcome.
fn follow_up(table: Table) -> Table {
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
        .get(
            "/introductions/{code}/job",
            Desk,
            &["/introductions/I-000001/job"],
            calls::job::get,
        )
        .post("/introductions/{code}/begin", Desk, calls::job::begin)
        .post("/introductions/{code}/end", Desk, calls::job::end)
        .post(
            "/introductions/{code}/job/{id}/undo",
            Desk,
            calls::job::undo,
        )
}

/// The access log and its lists.
fn log(table: Table) -> Table {
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
        .get("/accompaniments", Desk, &[], accesses::cases::get)
        .post("/accompaniments/{code}/close", Desk, accesses::cases::close)
}

/// The forms that register people and requests.
fn registering(table: Table) -> Table {
    table
        .post("/drafts", Desk, draft::keep)
        .post("/drafts/{id}/discard", Desk, draft::throw_away)
        .post("/drafts/{id}/restore", Desk, draft::bring_back)
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
        })
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
        })
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
    table
        .get("/hand-over", Desk, &[], hand_over::get)
        .post("/hand-over", Desk, hand_over::post)
        .post("/requests/{code}/charge", Desk, hand_over::take)
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
        })
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
        })
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

/// Two records of one person, and people who are held back.
fn about_people(table: Table) -> Table {
    table
        .get("/workers/pairs", Desk, &[], |visit, asked| {
            pairs::get(Form::Worker, visit, asked)
        })
        .post("/workers/pairs", Desk, |visit, said| {
            pairs::different(Form::Worker, visit, said)
        })
        .get(
            "/workers/{code}/same",
            Desk,
            &["/workers/W-000001/same"],
            |visit, code| same::get(Form::Worker, visit, code),
        )
        .post("/workers/{code}/same", Desk, |visit, code, sent| {
            same::post(Form::Worker, visit, code, sent)
        })
        .get(
            "/workers/{code}/merge/{other}",
            Desk,
            &["/workers/W-000001/merge/W-000002"],
            |visit, codes, begun| merge::get(Form::Worker, visit, codes, begun),
        )
        .post(
            "/workers/{code}/merge/{other}",
            Desk,
            |visit, codes, sent| merge::post(Form::Worker, visit, codes, sent),
        )
        .post("/workers/{code}/unmerge/{merge}", Desk, |visit, path| {
            merge::undo(Form::Worker, visit, path)
        })
        .get(
            "/workers/{code}/block",
            Desk,
            &["/workers/W-000001/block"],
            |visit, code| block::get(Form::Worker, visit, code),
        )
        .post("/workers/{code}/block", Desk, |visit, code, sent| {
            block::post(Form::Worker, visit, code, sent)
        })
        .get("/families/pairs", Desk, &[], |visit, asked| {
            pairs::get(Form::Family, visit, asked)
        })
        .post("/families/pairs", Desk, |visit, said| {
            pairs::different(Form::Family, visit, said)
        })
        .get(
            "/families/{code}/same",
            Desk,
            &["/families/F-000001/same"],
            |visit, code| same::get(Form::Family, visit, code),
        )
        .post("/families/{code}/same", Desk, |visit, code, sent| {
            same::post(Form::Family, visit, code, sent)
        })
        .get(
            "/families/{code}/merge/{other}",
            Desk,
            &["/families/F-000001/merge/F-000002"],
            |visit, codes, begun| merge::get(Form::Family, visit, codes, begun),
        )
        .post(
            "/families/{code}/merge/{other}",
            Desk,
            |visit, codes, sent| merge::post(Form::Family, visit, codes, sent),
        )
        .post("/families/{code}/unmerge/{merge}", Desk, |visit, path| {
            merge::undo(Form::Family, visit, path)
        })
        .get(
            "/families/{code}/block",
            Desk,
            &["/families/F-000001/block"],
            |visit, code| block::get(Form::Family, visit, code),
        )
        .post("/families/{code}/block", Desk, |visit, code, sent| {
            block::post(Form::Family, visit, code, sent)
        })
}

/// What a person can ask of their data.
fn rights_of_people(table: Table) -> Table {
    table
        .get(
            "/workers/{code}/rights",
            Desk,
            &["/workers/W-000001/rights"],
            |visit, code| rights::get(Form::Worker, visit, code),
        )
        .post(
            "/workers/{code}/rights/restrict",
            Desk,
            |visit, code, sent| rights::restrict(Form::Worker, visit, code, sent),
        )
        .post("/workers/{code}/rights/erase", Desk, |visit, code, sent| {
            rights::erase(Form::Worker, visit, code, sent)
        })
        .post(
            "/workers/{code}/rights/export",
            Desk,
            |visit, code, sent| rights::export(Form::Worker, visit, code, sent),
        )
        .get(
            "/families/{code}/rights",
            Desk,
            &["/families/F-000001/rights"],
            |visit, code| rights::get(Form::Family, visit, code),
        )
        .post(
            "/families/{code}/rights/restrict",
            Desk,
            |visit, code, sent| rights::restrict(Form::Family, visit, code, sent),
        )
        .post(
            "/families/{code}/rights/erase",
            Desk,
            |visit, code, sent| rights::erase(Form::Family, visit, code, sent),
        )
        .post(
            "/families/{code}/rights/export",
            Desk,
            |visit, code, sent| rights::export(Form::Family, visit, code, sent),
        )
}
