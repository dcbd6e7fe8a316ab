//! A partner files a family and its request, or one more request of a family that it sent, with
//! the family's word. They become records of the desk that they are sent to, read by the readers
//! of the formats; nobody is in charge of them yet. Whether the family is known already is for the desk to see: a partner learns of
//! no record that is not its own.

use super::referrals::check_living;
use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::ids::{FamilyCode, PartnerCode, RequestCode};
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

/// What the form says, with the code of the family that it is about.
struct OfRequest<'a> {
    fields: &'a (dyn Fields + Sync),
    family: &'a str,
}

impl Fields for OfRequest<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        if column == "family" {
            Some(self.family)
        } else {
            self.fields.get(column)
        }
    }
}

/// What was read of the form about one need.
struct Need {
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

fn of(invalid: Option<Invalid>) -> Vec<Problem> {
    invalid.map(|one| one.0).unwrap_or_default()
}

fn read_need(fields: &(dyn Fields + Sync), family: &str, world: &World) -> Result<Need, Invalid> {
    let request = Requests::read(&OfRequest { fields, family }, None, world);
    let consent = Consent::read(fields, world.today);
    match (request, consent) {
        (Ok(request), Ok(consent)) => {
            let request = request.value;
            let problems = Requests::more_problems(fields, &request, None, world.today);
            if problems.is_empty() {
                Ok(Need { request, consent })
            } else {
                Err(Invalid(problems))
            }
        }
        (request, consent) => {
            let mut problems = of(request.err());
            gathered(&mut problems, of(consent.err()));
            Err(Invalid(problems))
        }
    }
}

fn read(
    fields: &(dyn Fields + Sync),
    world: &World,
    partner: &PartnerCode,
) -> Result<(Family, Need), Invalid> {
    let family = Families::read_entered(fields, None, world);
    let typed = Families::problems_of_fields(fields);
    let need = read_need(fields, NOT_YET, world);
    match (family, need) {
        (Ok(family), Ok(need)) if typed.is_empty() => {
            let mut family = family.value;
            family.referred_by = Some(partner.clone());
            family.consent_on = Some(need.consent.on);
            Ok((family, need))
        }
        (family, need) => {
            let mut problems = Vec::new();
            gathered(&mut problems, of(family.err()));
            gathered(&mut problems, typed);
            gathered(&mut problems, of(need.err()));
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
    check_form(form)?;
    let world = World::load(context).await?;
    if let Some(made) = made_before(context.db.read(), actor, form, false).await? {
        return Ok(made);
    }
    let (family, need) = read(fields, &world, partner).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    if let Some(made) = claimed(context, &write, actor, form).await? {
        return Ok(made);
    }
    let family = put_family(context, &write, &world, actor, family).await?;
    let code = put_request(context, &write, &world, actor, (family, need)).await?;
    storage::drafts::made(&*write, form, code.as_str()).await?;
    write.commit().await?;
    Ok(code)
}

/// Files one more request of the family that a request of the partner's own is of.
pub async fn file_another(
    context: &Context,
    actor: &Actor,
    of_family: &RequestCode,
    form: &str,
    fields: &(dyn Fields + Sync),
) -> Result<RequestCode, ServiceError> {
    let partner = require_partner(actor)?;
    let missing = || ServiceError::not_found("request", of_family);
    let own = storage::referrals::request(context.db.read(), partner, of_family).await?;
    own.ok_or_else(missing)?;
    // Looked at again below, where it counts.
    check_form(form)?;
    let world = World::load(context).await?;
    if let Some(made) = made_before(context.db.read(), actor, form, false).await? {
        return Ok(made);
    }
    let need = read_need(fields, NOT_YET, &world).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    if let Some(made) = claimed(context, &write, actor, form).await? {
        return Ok(made);
    }
    // Here, since two families may have become one meanwhile, or it is no longer the partner's.
    let own = storage::referrals::request(&*write, partner, of_family).await?;
    let family = own.ok_or_else(missing)?.family;
    check_living(&*write, ("request", of_family.as_str()), &family).await?;
    let code = put_request(context, &write, &world, actor, (family, need)).await?;
    storage::drafts::made(&*write, form, code.as_str()).await?;
    write.commit().await?;
    Ok(code)
}

fn check_form(form: &str) -> Result<(), ServiceError> {
    if drafts::is_id(form) {
        Ok(())
    } else {
        Err(ServiceError::not_found("draft", form))
    }
}

/// Takes a form for oneself. Of two at once the second finds here what the first made.
async fn claimed(
    context: &Context,
    write: &Write,
    actor: &Actor,
    form: &str,
) -> Result<Option<RequestCode>, ServiceError> {
    let draft = Draft {
        id: form.to_owned(),
        form: FORM.to_owned(),
        record: None,
        fields: Vec::new(),
        made: None,
        kept_at: context.now(),
    };
    storage::drafts::keep(&**write, actor.account_id, &draft).await?;
    made_before(&**write, actor, form, true).await
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

/// Makes the record of a family; its code comes back.
async fn put_family(
    context: &Context,
    write: &Write,
    world: &World,
    actor: &Actor,
    mut family: Family,
) -> Result<FamilyCode, ServiceError> {
    let db = &**write;
    let code = fresh::<Families>(db).await?;
    Families::set_code(&mut family, code.clone());
    Families::insert_many(db, std::slice::from_ref(&family), world).await?;
    let stored = storage::families::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("family", &code))?;
    let made = (Families::NAME, code.as_str(), stored.version);
    note_made(context, write, actor, made).await?;
    Ok(code)
}

/// Makes the record of a request, with the word under which it is sent; its code comes back.
async fn put_request(
    context: &Context,
    write: &Write,
    world: &World,
    actor: &Actor,
    (family, need): (FamilyCode, Need),
) -> Result<RequestCode, ServiceError> {
    let db = &**write;
    let Need {
        mut request,
        consent,
    } = need;
    request.family = family;
    let code = fresh::<Requests>(db).await?;
    Requests::set_code(&mut request, code.clone());
    Requests::insert_many(db, std::slice::from_ref(&request), world).await?;
    let stored = storage::requests::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("request", &code))?;
    let by = (require_partner(actor)?, actor.account_id);
    storage::referrals::insert_consent(db, stored.id, by, &consent, context.now()).await?;
    let made = (Requests::NAME, code.as_str(), stored.version);
    note_made(context, write, actor, made).await?;
    Ok(code)
}

async fn note_made(
    context: &Context,
    write: &Write,
    actor: &Actor,
    (kind, record, version): (&'static str, &str, i32),
) -> Result<(), ServiceError> {
    let change = Change {
        kind,
        record,
        version,
        action: "created",
        fields: Vec::new(),
    };
    Ok(note(write, context, Some(actor), &change).await?)
}

async fn fresh<T: Kept>(db: &impl Connection) -> Result<T::Code, StorageError> {
    let codes = T::CODES.expect("what a form makes has codes");
    let code = fresh_codes::<T>(db, codes, 1).await?.into_iter().next();
    Ok(code.expect("one was asked for"))
}
