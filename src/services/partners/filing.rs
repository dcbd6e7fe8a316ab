//! A partner files a family and its request, with the family's word. Both become records of
//! the desk that they are sent to, read by the readers of the formats; nobody is in charge of
//! them yet. Whether the family is known already is for the desk to see: a partner learns of
//! no record that is not its own.

use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::ids::{PartnerCode, RequestCode};
use crate::domain::invalid::{Invalid, Problem};
use crate::domain::partner::Consent;
use crate::domain::reading::Fields;
use crate::domain::request::CareRequest;
use crate::services::error::require_partner;
use crate::services::import::load::fresh_codes;
use crate::services::registering::kept::Kept;
use crate::services::registering::save::note;
use crate::services::tables::{Families, Requests, Table, World};
use crate::services::{Context, ServiceError, drafts};
use crate::storage::changes::Change;
use crate::storage::drafts::Draft;
use crate::storage::{self, Connection, StorageError, Write};

/// What a draft of this form is called.
const FORM: &str = "referral";
/// Stands for the code of the family, which the program makes when it saves.
const NOT_YET: &str = "F-0";

/// What the form says, with the code of a family that has none yet.
struct OfRequest<'a>(&'a (dyn Fields + Sync));

impl Fields for OfRequest<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        if column == "family" {
            Some(NOT_YET)
        } else {
            self.0.get(column)
        }
    }
}

/// What was read of the form.
struct Read {
    family: Family,
    request: CareRequest,
    consent: Consent,
}

fn gathered(problems: &mut Vec<Problem>, more: Vec<Problem>) {
    for problem in more {
        if !problems.iter().any(|one| one.field == problem.field) {
            problems.push(problem);
        }
    }
}

fn read(
    fields: &(dyn Fields + Sync),
    world: &World,
    partner: &PartnerCode,
) -> Result<Read, Invalid> {
    let mut problems = Vec::new();
    let family = Families::read(fields, None, world);
    let request = Requests::read(&OfRequest(fields), None, world);
    let consent = Consent::read(fields, world.today);
    match (family, request, consent) {
        (Ok(family), Ok(request), Ok(consent)) => {
            let (mut family, request) = (family.value, request.value);
            problems = Families::problems_of_fields(fields);
            let more = Requests::more_problems(fields, &request, None, world.today);
            gathered(&mut problems, more);
            if !problems.is_empty() {
                return Err(Invalid(problems));
            }
            family.referred_by = Some(partner.clone());
            family.consent_on = Some(consent.on);
            Ok(Read {
                family,
                request,
                consent,
            })
        }
        (family, request, consent) => {
            let of = |invalid: Option<Invalid>| invalid.map(|one| one.0).unwrap_or_default();
            gathered(&mut problems, of(family.err()));
            gathered(&mut problems, Families::problems_of_fields(fields));
            gathered(&mut problems, of(request.err()));
            gathered(&mut problems, of(consent.err()));
            Err(Invalid(problems))
        }
    }
}

/// Files a family and its request; the request's code comes back. `form`: the form's own id,
/// so that the same one sent twice files once.
pub async fn file(
    context: &Context,
    actor: &Actor,
    form: &str,
    fields: &(dyn Fields + Sync),
) -> Result<RequestCode, ServiceError> {
    let partner = require_partner(actor)?;
    if !drafts::is_id(form) {
        return Err(ServiceError::not_found("draft", form));
    }
    let world = World::load(context).await?;
    let made = made_before(context.db.read(), actor, form, false).await?;
    if let Some(made) = made {
        return Ok(made);
    }
    let read = read(fields, &world, partner).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    let draft = Draft {
        id: form.to_owned(),
        form: FORM.to_owned(),
        record: None,
        fields: Vec::new(),
        made: None,
        kept_at: context.now(),
    };
    storage::drafts::keep(&*write, actor.account_id, &draft).await?;
    // Of two at once the second finds here what the first made.
    if let Some(made) = made_before(&*write, actor, form, true).await? {
        return Ok(made);
    }
    let code = put(context, &write, &world, actor, read).await?;
    storage::drafts::made(&*write, form, code.as_str()).await?;
    write.commit().await?;
    Ok(code)
}

async fn made_before(
    db: &impl Connection,
    actor: &Actor,
    form: &str,
    hold: bool,
) -> Result<Option<RequestCode>, ServiceError> {
    let draft = storage::drafts::find(db, actor.account_id, form, hold).await?;
    let made = draft.filter(|draft| draft.form == FORM);
    let made = made.and_then(|draft| draft.made);
    let code = made.map(|code| RequestCode::parse(&code));
    code.transpose().map_err(ServiceError::Refused)
}

/// Makes both records and what stands beside them.
async fn put(
    context: &Context,
    write: &Write,
    world: &World,
    actor: &Actor,
    read: Read,
) -> Result<RequestCode, ServiceError> {
    let db = &**write;
    let Read {
        mut family,
        mut request,
        consent,
    } = read;
    let family_code = fresh::<Families>(db).await?;
    Families::set_code(&mut family, family_code.clone());
    Families::insert_many(db, std::slice::from_ref(&family), world).await?;
    request.family = family_code.clone();
    let code = fresh::<Requests>(db).await?;
    Requests::set_code(&mut request, code.clone());
    Requests::insert_many(db, std::slice::from_ref(&request), world).await?;
    let family = storage::families::find(db, &family_code).await?;
    let family = family.ok_or_else(|| ServiceError::not_found("family", &family_code))?;
    let stored = storage::requests::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("request", &code))?;
    let partner = require_partner(actor)?;
    let by = (partner, actor.account_id);
    storage::referrals::insert_consent(db, stored.id, by, &consent, context.now()).await?;
    let made = [
        (Families::NAME, family_code.as_str(), family.version),
        (Requests::NAME, code.as_str(), stored.version),
    ];
    for (kind, record, version) in made {
        let change = Change {
            kind,
            record,
            version,
            action: "created",
            fields: Vec::new(),
        };
        note(write, context, Some(actor), &change).await?;
    }
    Ok(code)
}

async fn fresh<T: Kept>(db: &impl Connection) -> Result<T::Code, StorageError> {
    let codes = T::CODES.expect("what a form makes has codes");
    let code = fresh_codes::<T>(db, codes, 1).await?.into_iter().next();
    Ok(code.expect("one was asked for"))
}
