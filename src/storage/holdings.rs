//! All that is known of one person, table by table, for the person: their own rows, what
//! they said, what was sent and shown. Others stand in it by code or comune; who of the
//! desks wrote something is left out. What the record itself says is read elsewhere.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
};
use serde_json::Value;

use super::entity::{
    account, accreditation_end, answer, answer_note, appointment, authorisation, block,
    contact_note, desk, diffusion_limit, disclosure, family, introduction, invitation, job_change,
    merge, outbox_mail, partner, person_task, pool_word, private_link, proposal, record_change,
    referral, request, restriction, sheet, sheet_link, worker,
};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;

/// Rows of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// A code.
    pub name: &'static str,
    /// Codes.
    pub columns: Vec<&'static str>,
    /// Cells in the order of the columns.
    pub rows: Vec<Vec<Value>>,
}

/// Whose.
struct Of<'a> {
    person: Person,
    codes: &'a [String],
    requests: Vec<i64>,
    request_codes: Vec<String>,
}

impl Of<'_> {
    fn people(&self) -> People {
        match self.person {
            Person::Worker(_) => People::Workers,
            Person::Family(_) => People::Families,
        }
    }

    fn side(&self) -> &'static str {
        match self.person {
            Person::Worker(_) => "worker",
            Person::Family(_) => "family",
        }
    }

    fn introductions(&self) -> SelectStatement {
        introduction::Entity::find()
            .select_only()
            .column(introduction::Column::Id)
            .filter(match self.person {
                Person::Worker(id) => introduction::Column::WorkerId.eq(id),
                Person::Family(_) => {
                    introduction::Column::RequestId.is_in(self.requests.iter().copied())
                }
            })
            .into_query()
    }
}

macro_rules! theirs {
    ($of:expr, $entity:ident) => {
        match $of.person {
            Person::Worker(id) => $entity::Column::WorkerId.eq(id),
            Person::Family(id) => $entity::Column::FamilyId.eq(id),
        }
    };
}

/// Everything. `codes`: of the record, and of those that went into it.
pub async fn of(
    db: &impl ConnectionTrait,
    person: Person,
    codes: &[String],
) -> Result<Vec<Section>, StorageError> {
    let mut of = Of {
        person,
        codes,
        requests: Vec::new(),
        request_codes: Vec::new(),
    };
    if let Person::Family(id) = person {
        let rows: Vec<(i64, String)> = request::Entity::find()
            .select_only()
            .columns([request::Column::Id, request::Column::Code])
            .filter(request::Column::FamilyId.eq(id))
            .into_tuple()
            .all(db)
            .await?;
        (of.requests, of.request_codes) = rows.into_iter().unzip();
    }
    let mut all = notices(db, &of).await?;
    all.extend(said(db, &of).await?);
    all.extend(work(db, &of).await?);
    all.extend(followed(db, &of).await?);
    all.extend(reached(db, &of).await?);
    all.extend(kept(db, &of).await?);
    all.retain(|section| !section.rows.is_empty());
    Ok(all)
}

/// Of which notices they were told, and what a family asked by itself on the public page.
async fn notices(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let (owner, id) = match of.person {
        Person::Worker(id) => ("worker_id", id),
        Person::Family(id) => ("family_id", id),
    };
    let given = Query::select()
        .column(("notices_given", "given_on"))
        .column(("notices_given", "how"))
        .expr_as(
            Expr::col(("notice_versions", "valid_from")),
            "notice_version",
        )
        .from("notices_given")
        .inner_join(
            "notice_versions",
            Expr::col(("notice_versions", "id")).equals(("notices_given", "version_id")),
        )
        .and_where(Expr::col(("notices_given", owner)).eq(id))
        .order_by(("notices_given", "id"), Order::Asc)
        .take();
    let told = ["given_on", "how", "notice_version"];
    let mut all = vec![rows(db, "notices", &told, &given).await?];
    let mut theirs = match of.person {
        Person::Worker(id) => Expr::col("worker_id").eq(id),
        Person::Family(_) => Expr::col("request_id").is_in(of.requests.iter().copied()),
    };
    for text in reached_alone(db, of.person).await? {
        theirs = theirs
            .or(Expr::col("email").eq(text.as_str()))
            .or(Expr::col("phone").eq(text.as_str()));
    }
    let columns = [
        "number", "filed_at", "name", "phone", "email", "comune", "answers", "words",
    ];
    let asked = Query::select()
        .columns(columns)
        .from("public_requests")
        .and_where(theirs)
        .order_by("id", Order::Asc)
        .take();
    all.push(rows(db, "public_requests", &columns, &asked).await?);
    Ok(all)
}

/// Names of those around somebody: whom they were asked for or introduced to, whom these ask
/// for, and who works at the desks.
pub async fn around(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Vec<String>, StorageError> {
    let mut names: Vec<String> = account::Entity::find()
        .select_only()
        .column(account::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    match person {
        Person::Worker(id) => {
            let named = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::RequestId)
                .filter(introduction::Column::WorkerId.eq(id))
                .into_query();
            let asked = proposal::Entity::find()
                .select_only()
                .column(proposal::Column::RequestId)
                .filter(proposal::Column::WorkerId.eq(id))
                .into_query();
            let theirs = Condition::any()
                .add(request::Column::Id.in_subquery(named))
                .add(request::Column::Id.in_subquery(asked));
            let families = request::Entity::find()
                .select_only()
                .column(request::Column::FamilyId)
                .filter(theirs)
                .into_query();
            let rows = family::Entity::find()
                .filter(family::Column::Id.in_subquery(families))
                .all(db)
                .await?;
            for row in rows {
                names.extend([row.given_name, row.family_name]);
                names.extend(row.recipient_name.into_iter().chain(row.guardian_name));
            }
        }
        Person::Family(id) => {
            let requests = || {
                request::Entity::find()
                    .select_only()
                    .column(request::Column::Id)
                    .filter(request::Column::FamilyId.eq(id))
                    .into_query()
            };
            let named = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::WorkerId)
                .filter(introduction::Column::RequestId.in_subquery(requests()))
                .into_query();
            let asked = proposal::Entity::find()
                .select_only()
                .column(proposal::Column::WorkerId)
                .filter(proposal::Column::RequestId.in_subquery(requests()))
                .into_query();
            let theirs = Condition::any()
                .add(worker::Column::Id.in_subquery(named))
                .add(worker::Column::Id.in_subquery(asked));
            let rows: Vec<(String, String)> = worker::Entity::find()
                .select_only()
                .columns([worker::Column::GivenName, worker::Column::FamilyName])
                .filter(theirs)
                .into_tuple()
                .all(db)
                .await?;
            names.extend(rows.into_iter().flat_map(|(given, family)| [given, family]));
        }
    }
    Ok(names)
}

/// Telephone and address of somebody, where nobody else has the same.
async fn reached_alone(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Vec<String>, StorageError> {
    let own: Option<(Option<String>, Option<String>)> = match person {
        Person::Worker(id) => {
            worker::Entity::find_by_id(id)
                .select_only()
                .columns([worker::Column::Phone, worker::Column::Email])
                .into_tuple()
                .one(db)
                .await?
        }
        Person::Family(id) => {
            family::Entity::find_by_id(id)
                .select_only()
                .columns([family::Column::Phone, family::Column::Email])
                .into_tuple()
                .one(db)
                .await?
        }
    };
    let (phone, email) = own.unwrap_or_default();
    let mut alone = Vec::new();
    for text in phone.into_iter().chain(email) {
        let workers = worker::Entity::find()
            .filter(
                worker::Column::Phone
                    .eq(text.as_str())
                    .or(worker::Column::Email.eq(text.as_str())),
            )
            .count(db)
            .await?;
        let families = family::Entity::find()
            .filter(
                family::Column::Phone
                    .eq(text.as_str())
                    .or(family::Column::Email.eq(text.as_str())),
            )
            .count(db)
            .await?;
        if workers + families == 1 {
            alone.push(text);
        }
    }
    Ok(alone)
}

/// Reads a section by a statement.
async fn rows(
    db: &impl ConnectionTrait,
    name: &'static str,
    columns: &[&'static str],
    query: &SelectStatement,
) -> Result<Section, StorageError> {
    let found = db.query_all(query).await?;
    let read = found.iter().map(|row| Value::from_query_result(row, ""));
    let read = read.collect::<Result<Vec<Value>, _>>()?;
    Ok(in_order(name, columns, &read))
}

/// Reads a section: the columns named, in their order.
async fn section<E: EntityTrait>(
    db: &impl ConnectionTrait,
    name: &'static str,
    columns: &[&'static str],
    query: Select<E>,
) -> Result<Section, StorageError> {
    let read = query.into_json().all(db).await?;
    Ok(in_order(name, columns, &read))
}

fn in_order(name: &'static str, columns: &[&'static str], rows: &[Value]) -> Section {
    let cells = |row: &Value| -> Vec<Value> {
        let cell = |column: &&str| tidy(row.get(*column).cloned().unwrap_or(Value::Null));
        columns.iter().map(cell).collect()
    };
    Section {
        name,
        columns: columns.to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// Empties the cells of a column of which a yes alone is kept: without one nobody knows what
/// was said.
fn only_yes(section: &mut Section, column: &str) {
    let place = section.columns.iter().position(|one| *one == column);
    for row in &mut section.rows {
        if let Some(cell) = place.and_then(|place| row.get_mut(place))
            && *cell != Value::Bool(true)
        {
            *cell = Value::Null;
        }
    }
}

/// The same text for a moment, whatever kind of database it comes from.
fn tidy(cell: Value) -> Value {
    let Value::String(text) = &cell else {
        return cell;
    };
    let spaced = |text: &str| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f %:z").ok();
    let read = DateTime::parse_from_rfc3339(text)
        .ok()
        .or_else(|| spaced(text));
    match read {
        Some(at) if text.len() > 18 => {
            let at = at.with_timezone(&Utc);
            Value::String(at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        }
        _ => cell,
    }
}

/// Under which notice they are known, and what they allowed.
async fn said(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let Person::Worker(id) = of.person else {
        let filed = referral::Entity::find()
            .select_only()
            .column_as(request::Column::Code, "request")
            .column_as(partner::Column::Name, "partner")
            .columns([
                referral::Column::ConsentBy,
                referral::Column::ConsentHow,
                referral::Column::ConsentOn,
                referral::Column::FiledAt,
            ])
            .join(JoinType::InnerJoin, referral::Relation::Request.def())
            .join(JoinType::InnerJoin, referral::Relation::Partner.def())
            .filter(referral::Column::RequestId.is_in(of.requests.iter().copied()))
            .order_by_asc(referral::Column::Id);
        let columns = [
            "request",
            "partner",
            "consent_by",
            "consent_how",
            "consent_on",
            "filed_at",
        ];
        return Ok(vec![section(db, "referrals", &columns, filed).await?]);
    };
    let authorisations = authorisation::Entity::find()
        .filter(authorisation::Column::WorkerId.eq(id))
        .order_by_asc(authorisation::Column::Id);
    let limits = diffusion_limit::Entity::find()
        .filter(diffusion_limit::Column::WorkerId.eq(id))
        .order_by_asc(diffusion_limit::Column::Id);
    let ends = accreditation_end::Entity::find()
        .filter(accreditation_end::Column::WorkerId.eq(id))
        .order_by_asc(accreditation_end::Column::Id);
    let columns = [
        "given_on",
        "notice_version",
        "how",
        "folder",
        "recorded_at",
        "withdrawn_on",
    ];
    Ok(vec![
        section(db, "authorisations", &columns, authorisations).await?,
        section(db, "limits", &["since", "ground", "comune"], limits).await?,
        section(db, "accreditations", &["ends_on", "set_at"], ends).await?,
    ])
}

/// Who was asked and named for what; the other side by code or comune.
async fn work(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let proposals = proposal::Entity::find()
        .select_only()
        .column_as(request::Column::Code, "request")
        .column_as(worker::Column::Code, "worker")
        .columns([
            proposal::Column::State,
            proposal::Column::ProposedOn,
            proposal::Column::AnsweredOn,
            proposal::Column::Via,
            proposal::Column::DeclineReason,
            proposal::Column::Told,
        ])
        .join(JoinType::InnerJoin, proposal::Relation::Request.def())
        .join(JoinType::InnerJoin, proposal::Relation::Worker.def())
        .filter(match of.person {
            Person::Worker(id) => proposal::Column::WorkerId.eq(id),
            Person::Family(_) => proposal::Column::RequestId.is_in(of.requests.iter().copied()),
        })
        .order_by_asc(proposal::Column::Id);
    // Why a worker said no is the worker's.
    let asked: &[&str] = match of.person {
        Person::Worker(_) => &[
            "request",
            "state",
            "proposed_on",
            "answered_on",
            "via",
            "decline_reason",
            "told",
        ],
        Person::Family(_) => &["request", "worker", "state", "proposed_on", "answered_on"],
    };
    let introductions = introduction::Entity::find()
        .select_only()
        .columns([
            introduction::Column::Code,
            introduction::Column::SheetNumber,
            introduction::Column::IssuedOn,
        ])
        .column_as(request::Column::Code, "request")
        .column_as(request::Column::Comune, "comune")
        .column_as(worker::Column::Code, "worker")
        .columns([
            sheet::Column::ValidUntil,
            sheet::Column::RevokedAt,
            sheet::Column::RevokeReason,
        ])
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
        .join(JoinType::LeftJoin, introduction::Relation::Sheet.def())
        .filter(introduction::Column::Id.in_subquery(of.introductions()))
        .order_by_asc(introduction::Column::Id);
    let other = match of.person {
        Person::Worker(_) => "comune",
        Person::Family(_) => "worker",
    };
    let named = [
        "code",
        "sheet_number",
        "issued_on",
        "request",
        other,
        "valid_until",
        "revoked_at",
        "revoke_reason",
    ];
    let disclosures = disclosure::Entity::find()
        .select_only()
        .columns([
            disclosure::Column::At,
            disclosure::Column::How,
            disclosure::Column::Purpose,
            disclosure::Column::Fields,
        ])
        .column_as(sheet::Column::Number, "sheet_number")
        .column_as(family::Column::Comune, "comune")
        .column_as(worker::Column::Code, "worker")
        .column_as(desk::Column::Name, "desk")
        .join(JoinType::InnerJoin, disclosure::Relation::Sheet.def())
        .join(JoinType::InnerJoin, disclosure::Relation::Family.def())
        .join(JoinType::InnerJoin, disclosure::Relation::Worker.def())
        .join(JoinType::InnerJoin, sheet::Relation::Desk.def())
        .filter(theirs!(of, disclosure))
        .order_by_asc(disclosure::Column::Id);
    let shown = [
        "at",
        "sheet_number",
        "how",
        other,
        "desk",
        "purpose",
        "fields",
    ];
    Ok(vec![
        section(db, "proposals", asked, proposals).await?,
        section(db, "introductions", &named, introductions).await?,
        section(db, "disclosures", &shown, disclosures).await?,
    ])
}

/// What they were asked afterwards, and what they said.
async fn followed(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let invitations = invitation::Entity::find()
        .filter(invitation::Column::IntroductionId.in_subquery(of.introductions()))
        .filter(invitation::Column::Side.eq(of.side()))
        .order_by_asc(invitation::Column::Id);
    let answers = answer::Entity::find()
        .filter(answer::Column::IntroductionId.in_subquery(of.introductions()))
        .filter(answer::Column::Side.eq(of.side()))
        .order_by_asc(answer::Column::Id);
    let comments = answer_note::Entity::find()
        .filter(answer_note::Column::IntroductionId.in_subquery(of.introductions()))
        .filter(answer_note::Column::Side.eq(of.side()))
        .order_by_asc(answer_note::Column::Id);
    let jobs = job_change::Entity::find()
        .filter(job_change::Column::IntroductionId.in_subquery(of.introductions()))
        .order_by_asc(job_change::Column::Id);
    let asked = ["wave", "opens_on", "closes_on", "disposition", "settled_on"];
    let answered = [
        "wave",
        "answered_on",
        "via",
        "talked",
        "met",
        "result",
        "reason",
        "started_on",
        "live_in",
        "hours_week",
        "ccnl_level",
        "notified_yes",
        "fits",
        "still_working",
        "ended_on",
        "end_reason",
        "without_desk",
    ];
    let mut answers = section(db, "answers", &answered, answers).await?;
    only_yes(&mut answers, "notified_yes");
    let mut all = vec![
        section(db, "invitations", &asked, invitations).await?,
        answers,
        section(db, "comments", &["wave", "written_on", "note"], comments).await?,
    ];
    if let Person::Worker(_) = of.person {
        let columns = ["at", "event", "hours", "undone_at"];
        all.push(section(db, "jobs", &columns, jobs).await?);
    }
    Ok(all)
}

/// Mails, links, and what the desk had to do.
async fn reached(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let sheets = sheet::Entity::find()
        .select_only()
        .column(sheet::Column::Id)
        .filter(sheet::Column::RequestId.is_in(of.requests.iter().copied()))
        .into_query();
    let letters: Vec<i64> = sheet_link::Entity::find()
        .select_only()
        .column(sheet_link::Column::Id)
        .filter(sheet_link::Column::SheetId.in_subquery(sheets))
        .into_tuple()
        .all(db)
        .await?;
    let letters = letters.into_iter().map(super::sheet_links::mail_key);
    let theirs =
        super::outbox::to_person(of.person).add(outbox_mail::Column::DedupKey.is_in(letters));
    let mails = outbox_mail::Entity::find()
        .filter(theirs)
        .order_by_asc(outbox_mail::Column::Id);
    let links = private_link::Entity::find()
        .filter(theirs!(of, private_link))
        .order_by_asc(private_link::Column::Id);
    let tasks = person_task::Entity::find()
        .filter(theirs!(of, person_task))
        .order_by_asc(person_task::Column::Id);
    let appointments = appointment::Entity::find()
        .filter(theirs!(of, appointment))
        .order_by_asc(appointment::Column::Id);
    let sent = ["kind", "state", "queued_at", "finished_at", "recipient"];
    let mut all = vec![
        section(db, "mails", &sent, mails).await?,
        section(
            db,
            "links",
            &["made_at", "how", "ends_on", "ended_at"],
            links,
        )
        .await?,
        section(db, "tasks", &["made_on", "kind", "words", "done_at"], tasks).await?,
        section(
            db,
            "appointments",
            &["day", "half", "purpose", "state", "made_at", "reminded_at"],
            appointments,
        )
        .await?,
    ];
    if let Person::Worker(id) = of.person {
        let words = pool_word::Entity::find()
            .filter(pool_word::Column::WorkerId.eq(id))
            .order_by_asc(pool_word::Column::Id);
        all.push(section(db, "reminders", &["made_on", "kind", "about"], words).await?);
    }
    Ok(all)
}

/// Notes, holds, restrictions, histories.
async fn kept(db: &impl ConnectionTrait, of: &Of<'_>) -> Result<Vec<Section>, StorageError> {
    let kind = of.people().kind();
    macro_rules! about {
        ($entity:ident) => {
            Condition::any()
                .add(
                    Condition::all()
                        .add($entity::Column::Kind.eq(kind))
                        .add($entity::Column::Record.is_in(of.codes.iter().map(String::as_str))),
                )
                .add(
                    Condition::all()
                        .add($entity::Column::Kind.eq("request"))
                        .add(
                            $entity::Column::Record
                                .is_in(of.request_codes.iter().map(String::as_str)),
                        ),
                )
        };
    }
    let notes = contact_note::Entity::find()
        .filter(about!(contact_note))
        .filter(contact_note::Column::ErasedAt.is_null())
        .order_by_asc(contact_note::Column::Id);
    // Why is kept from whoever complained and from whoever it is about alike: what they
    // said themselves is theirs.
    let holds = block::Entity::find()
        .filter(about!(block))
        .order_by_asc(block::Column::Id);
    let restrictions = restriction::Entity::find()
        .filter(about!(restriction))
        .order_by_asc(restriction::Column::Id);
    let merges = merge::Entity::find()
        .filter(merge::Column::Kind.eq(kind))
        .filter(merge::Column::LeadsTo.is_in(of.codes.iter().map(String::as_str)))
        .filter(merge::Column::UndoneAt.is_null())
        .order_by_asc(merge::Column::Id);
    let history = record_change::Entity::find()
        .filter(about!(record_change))
        .order_by_asc(record_change::Column::Id);
    let held = ["proposed_at", "words", "review_on", "ended_at"];
    Ok(vec![
        section(db, "notes", &["record", "on_day", "words"], notes).await?,
        section(db, "holds", &held, holds).await?,
        section(
            db,
            "restrictions",
            &["at", "reason", "ended_at"],
            restrictions,
        )
        .await?,
        section(db, "merges", &["gone", "merged_at"], merges).await?,
        section(
            db,
            "history",
            &["at", "record", "action", "fields"],
            history,
        )
        .await?,
    ])
}
