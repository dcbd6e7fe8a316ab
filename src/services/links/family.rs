//! What a family does by its link: see where its requests stand, say that it found
//! somebody or needs nobody any more, pause and go on; and, with the code told by
//! telephone, take its sheets.

use chrono::TimeDelta;

use super::opened::{Here, Kept, here_in};
use super::worker::note;
use super::{Context, ServiceError};
use crate::domain::delivery::Purpose;
use crate::domain::ids::{RequestCode, SheetNumber};
use crate::domain::language::Language;
use crate::domain::private_link::PersonTask;
use crate::domain::request::{CareRequest, RequestStatus};
use crate::services::follow_up::survey::Closed;
use crate::services::registering::save::changed;
use crate::services::sheets::disclosed::{Told, disclosed};
use crate::services::tables::{Families, Requests};
use crate::storage::changes::Change;
use crate::storage::disclosures::How;
use crate::storage::mailings::Person;
use crate::storage::{self, Stored, Write};

/// Days of a pause by one tap.
const PAUSE_DAYS: i64 = 30;

/// What a family says of one of its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Found,
    NotNeeded,
    Pause,
    GoOn,
}

impl Act {
    /// All.
    pub const ALL: [Self; 4] = [Self::Found, Self::NotNeeded, Self::Pause, Self::GoOn];

    /// The code, as a form sends it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotNeeded => "not_needed",
            Self::Pause => "pause",
            Self::GoOn => "go_on",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// What may be said of a request as it stands. What the desk paused for reasons
    /// of its own goes on by the desk.
    pub fn of(request: &CareRequest) -> Vec<Self> {
        match request.status {
            RequestStatus::Open => vec![Self::Found, Self::NotNeeded, Self::Pause],
            RequestStatus::Paused if request.pause_reason == Some("own_wish") => {
                vec![Self::GoOn, Self::Found, Self::NotNeeded]
            }
            RequestStatus::Paused => vec![Self::Found, Self::NotNeeded],
            RequestStatus::Filled | RequestStatus::Closed | RequestStatus::Withdrawn => Vec::new(),
        }
    }
}

/// What a family sees.
pub struct Own {
    pub requests: Vec<Stored<CareRequest>>,
    /// Sheets in force.
    pub sheets: Vec<String>,
    /// The requests that these are for.
    pub with_sheet: Vec<i64>,
    /// Number and day of the receipts that nobody called about yet.
    pub receipts: Vec<(PersonTask, i64, chrono::NaiveDate)>,
    /// A job at its house is said to be over: whether it searches anew.
    pub asked_again: bool,
}

/// What a family sees of its own.
pub async fn own(context: &Context, here: &Here) -> Result<Own, Closed> {
    let Person::Family(id) = here.person else {
        return Err(Closed::Gone);
    };
    let db = context.db.read();
    let sheets = storage::withdrawals::in_force_of_family(db, id, context.today()).await?;
    let with_sheet = storage::withdrawals::with_sheet_of_family(db, id, context.today()).await?;
    let mut receipts = Vec::new();
    for kind in [PersonTask::Found, PersonTask::NotNeeded] {
        let open = storage::person_tasks::open_of(db, here.person, kind).await?;
        receipts.extend(open.map(|(number, day)| (kind, number, day)));
    }
    Ok(Own {
        requests: storage::requests::of_family(db, id).await?,
        sheets: sheets.into_iter().map(|(_, number)| number).collect(),
        with_sheet,
        receipts,
        asked_again: super::again::is_asked(db, here.person).await?,
    })
}

/// Records what a family said; whether it could be said of the request as it stands.
pub async fn say(
    context: &Context,
    address: &str,
    kept: &Kept,
    code: &RequestCode,
    act: Act,
) -> Result<bool, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let Person::Family(family_id) = here.person else {
        return Err(Closed::Gone);
    };
    let Some(request) = storage::requests::find(&*write, code).await? else {
        return Err(Closed::Gone);
    };
    storage::requests::lock(&*write, request.id).await?;
    let of_family = storage::requests::of_family(&*write, family_id).await?;
    let own = of_family.into_iter().find(|one| one.id == request.id);
    let Some(mut request) = own else {
        return Err(Closed::Gone);
    };
    if !Act::of(&request.value).contains(&act) {
        return Ok(false);
    }
    let before = request.value.clone();
    let today = context.today();
    let now = &mut request.value;
    now.status = match act {
        Act::GoOn => RequestStatus::Open,
        Act::Found | Act::NotNeeded | Act::Pause => RequestStatus::Paused,
    };
    now.paused_until = (act == Act::Pause).then(|| today + TimeDelta::days(PAUSE_DAYS));
    now.pause_reason = (act != Act::GoOn).then_some("own_wish");
    storage::requests::update(&*write, &request).await?;
    let change = Change {
        kind: "request",
        record: code.as_str(),
        version: request.version + 1,
        action: request.value.status.code(),
        fields: changed::<Requests>(&before, &request.value),
    };
    storage::changes::insert(&*write, context.now(), None, &change).await?;
    let task = match act {
        Act::Found => Some(PersonTask::Found),
        Act::NotNeeded => Some(PersonTask::NotNeeded),
        Act::Pause | Act::GoOn => None,
    };
    if let Some(kind) = task {
        storage::person_tasks::put(&*write, here.person, kind, today, None).await?;
    }
    note(context, &*write, &here, &format!("link.{}", act.code())).await?;
    write.commit().await?;
    Ok(true)
}

/// The language in which the family reads and is written to from now on.
pub(super) async fn speak(
    context: &Context,
    write: &Write,
    here: &Here,
    language: Language,
) -> Result<(), ServiceError> {
    let Person::Family(id) = here.person else {
        return Ok(());
    };
    let mut family = storage::families::get(&**write, id).await?;
    let before = family.value.clone();
    family.value.contact_language = language;
    if family.value == before {
        return Ok(());
    }
    storage::families::update(&**write, &family).await?;
    let change = Change {
        kind: "family",
        record: &here.code,
        version: family.version + 1,
        action: "changed",
        fields: changed::<Families>(&before, &family.value),
    };
    storage::changes::insert(&**write, context.now(), None, &change).await?;
    note(context, &**write, here, "family.changed").await
}

/// A sheet of the family's own, for whoever typed the code a short while ago. The
/// opening is on record.
pub async fn take(
    context: &Context,
    address: &str,
    kept: &Kept,
    number: &SheetNumber,
) -> Result<(SheetNumber, Vec<u8>), Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let Person::Family(family_id) = here.person else {
        return Err(Closed::Gone);
    };
    let code = storage::link_codes::latest(&*write, here.person).await?;
    let (Some(code), true) = (code, here.names) else {
        return Err(Closed::Gone);
    };
    let sheet = storage::sheets::find(&*write, number).await?;
    let holds = |sheet: &storage::sheets::Sheet| {
        let in_force = sheet.revoked_at.is_none() && context.today() <= sheet.valid_until;
        sheet.family_id == family_id && in_force
    };
    let Some(sheet) = sheet.filter(holds) else {
        return Err(Closed::Gone);
    };
    let told = Told {
        how: How::Opened,
        purpose: Purpose::Request,
        by: code.made_by,
    };
    let pdf = disclosed(context, &write, &sheet, told).await?;
    write.commit().await?;
    Ok((sheet.number, pdf))
}
