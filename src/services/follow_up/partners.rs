//! What a partner learns of the families that it sent: it types the family's
//! answer. It sees the introductions of its own families, a worker's given name and
//! initial, and nothing of any other partner's: that is not there.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::record::{self, NotRecorded, Target};
use super::survey::Sent;
use super::{hash_of, short_name};
use crate::domain::account::Actor;
use crate::domain::answer::{Answer, Channel, Wave};
use crate::domain::follow_up::{Asked, Followed, NeedState};
use crate::domain::ids::IntroductionCode;
use crate::domain::outcome::{Introduced, Outcome, Period, Standing, Told};
use crate::domain::survey::{Question, all_questions};
use crate::services::error::require_partner;
use crate::services::partners::referrals::check_living;
use crate::services::{Context, ServiceError};
use crate::storage::lists::At;
use crate::storage::referrals::Referral;
use crate::storage::{self, Connection, Page};

/// An introduction as a partner's list shows it.
pub struct Line {
    pub code: IntroductionCode,
    pub family: String,
    pub worker: String,
    pub issued_on: NaiveDate,
    pub outcome: Outcome,
}

/// One of them, with what can be told of it now.
pub struct Known {
    pub line: Line,
    pub wave: Wave,
    /// What the family said so far at this wave.
    pub answer: Option<Answer>,
    pub desk_phone: String,
}

impl Known {
    /// What is asked, in the order of the pages behind a mail.
    pub fn questions(&self) -> Vec<Question> {
        all_questions(self.wave, Asked::Family)
    }
}

/// What is known of an introduction by what was told of it.
pub(in crate::services) fn outcome(
    issued_on: NaiveDate,
    told: Vec<Told>,
    today: NaiveDate,
) -> Outcome {
    let introduced = Introduced {
        issued_on,
        told,
        invited: Vec::new(),
    };
    let period = Period {
        from: issued_on,
        to: issued_on,
        today,
    };
    Standing::of(&introduced, period).outcome
}

fn line(one: &Referral, told: Vec<Told>, today: NaiveDate) -> Line {
    Line {
        code: one.code.clone(),
        family: format!("{} {}", one.family_name.0, one.family_name.1),
        worker: short_name(&one.worker_name),
        issued_on: one.issued_on,
        outcome: outcome(one.issued_on, told, today),
    }
}

/// A page of the actor's own referrals that were introduced to somebody.
pub async fn page(context: &Context, actor: &Actor, at: &At) -> Result<Page<Line>, ServiceError> {
    let partner = require_partner(actor)?;
    let db = context.db.read();
    let page = storage::referrals::page(db, partner, at).await?;
    let ids: Vec<i64> = page.rows.iter().map(|one| one.id).collect();
    let mut told: HashMap<i64, Vec<Told>> = storage::answers::told(db, &ids).await?;
    let today = context.today();
    let rows = page.rows.iter().map(|one| {
        let told = told.remove(&one.id).unwrap_or_default();
        line(one, told, today)
    });
    Ok(Page {
        rows: rows.collect(),
        number: page.number,
        total: page.total,
    })
}

async fn find(
    db: &impl Connection,
    actor: &Actor,
    code: &IntroductionCode,
) -> Result<Referral, ServiceError> {
    let found = storage::referrals::find(db, require_partner(actor)?, code).await?;
    found.ok_or_else(|| ServiceError::not_found("introduction", code))
}

/// The latest of these waves whose day has come; the first one from the sheet on.
fn wave_of(waves: &[Wave], one: &Referral, told: Vec<Told>, today: NaiveDate) -> Wave {
    let followed = Followed {
        issued_on: one.issued_on,
        // Also of what was loaded the partner tells at the wave that it is about.
        loaded_on: None,
        request: NeedState::Lives,
        worker_withdrawn: false,
        told,
    };
    let has_come = |wave: &Wave| {
        let day = if wave.is_of_a_hire() {
            followed.day_of(*wave, today)
        } else {
            Some(one.issued_on + TimeDelta::days(wave.days()))
        };
        day.is_some_and(|day| day <= today)
    };
    let latest = waves.iter().rev().copied().find(has_come);
    latest.unwrap_or(Wave::W1)
}

/// One of the actor's own, by its code.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
) -> Result<Known, ServiceError> {
    let db = context.db.read();
    let one = find(db, actor, code).await?;
    check_living(db, ("introduction", code.as_str()), &one.family).await?;
    of(context, db, &one).await
}

async fn of(
    context: &Context,
    db: &impl Connection,
    one: &Referral,
) -> Result<Known, ServiceError> {
    let mut told = storage::answers::told(db, &[one.id]).await?;
    let told = told.remove(&one.id).unwrap_or_default();
    let today = context.today();
    let line = line(one, told.clone(), today);
    let waves = storage::wave_rules::policy(db).await?.waves(today);
    let wave = wave_of(&waves, one, told, today);
    let target = Target {
        introduction_id: one.id,
        code: &one.code,
        side: Asked::Family,
        wave,
    };
    let (_, desk_phone) = super::delivery::desk(db, one.desk_id).await?;
    Ok(Known {
        answer: record::last_answer_of(db, &target).await?,
        line,
        wave,
        desk_phone,
    })
}

/// Records what the partner learned, once a form. Where the family is being asked
/// about it, that ends the asking.
pub async fn answer(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
    form: &str,
    get: &(dyn Fn(Question) -> Option<String> + Sync),
) -> Result<Sent, ServiceError> {
    let write = context.db.write().await?;
    let one = find(&*write, actor, code).await?;
    check_living(&*write, ("introduction", code.as_str()), &one.family).await?;
    if !storage::mailings::spend_form(&*write, &hash_of(form), context.today()).await? {
        return Ok(Sent::Recorded(None));
    }
    let wave = of(context, &*write, &one).await?.wave;
    let asked = all_questions(wave, Asked::Family);
    let by = Some(actor.account_id);
    let invited = storage::invitations::of(&*write, one.id, Asked::Family, wave).await?;
    let recorded = if let Some(item) = &invited {
        record::record(context, &*write, item, Channel::Partner, by, &asked, get).await
    } else {
        let target = Target {
            introduction_id: one.id,
            code: &one.code,
            side: Asked::Family,
            wave,
        };
        record::add(context, &*write, &target, Channel::Partner, by, &asked, get).await
    };
    match recorded {
        Ok(_) => {
            let (now, action) = (context.now(), "answer.typed");
            let object = Some(one.code.as_str());
            storage::audit::insert(&*write, now, by, action, object, None).await?;
            write.commit().await?;
            Ok(Sent::Recorded(None))
        }
        Err(NotRecorded::Wrong(wrong)) => Ok(Sent::Wrong(wrong)),
        Err(NotRecorded::Failed(error)) => Err(error),
    }
}
