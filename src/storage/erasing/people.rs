//! The record itself, what hangs on it alone, and what reaches nobody else but them.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait,
};

use super::{Done, Work, introductions_of, nothing};
use crate::domain::contact::EmailAddress;
use crate::domain::request::RequestStatus;
use crate::domain::rights::ERASED_NAME;
use crate::domain::week::WeekGrid;
use crate::domain::worker::WorkerStatus;
use crate::storage::entity::{
    account, accreditation_end, authorisation, diffusion_limit, family, job_change, pool_word,
    proposal, referral, request, worker, worker_statistic,
};
use crate::storage::error::StorageError;
use crate::storage::rows::week_cell;

impl<C: ConnectionTrait> Work<'_, C> {
    pub(super) async fn worker(&mut self, id: i64) -> Result<(), StorageError> {
        let [given, family] = ERASED_NAME.map(str::to_owned);
        let code = self.of.codes.first().cloned().unwrap_or_default();
        let row = worker::ActiveModel {
            given_name: Set(given),
            family_name: Set(family),
            name_own_script: Set(None),
            folded: Set(code.to_lowercase()),
            // No two of those who were erased are alike.
            sound: Set(code.to_lowercase()),
            sort_name: Set(code),
            phone: Set(None),
            email: Set(None),
            contact_language: Set("it".to_owned()),
            contact_by: Set(Some("desk".to_owned())),
            comune: Set(self.of.comune.to_owned()),
            max_km: Set(Some(0)),
            extra_comuni: Set(String::new()),
            relocates: Set(false),
            availability: Set(week_cell(&WeekGrid::EMPTY)),
            available_from: Set(None),
            confirmed_on: Set(None),
            skills: Set(String::new()),
            qualifications: Set(String::new()),
            languages: Set(String::new()),
            experience_years: Set(None),
            min_pay_hour: Set(None),
            min_pay_month: Set(None),
            permit_type: Set(None),
            permit_until: Set(None),
            renewal_receipt: Set(false),
            work_right_confirmed: Set(false),
            max_hours_week: Set(None),
            accreditation: Set("none".to_owned()),
            share_without_asking: Set(false),
            status: Set(WorkerStatus::Withdrawn.code().to_owned()),
            paused_until: Set(None),
            pause_reason: Set(None),
            consent_on: Set(None),
            ..Default::default()
        };
        let done = worker::Entity::update_many()
            .set(row)
            .col_expr(
                worker::Column::Version,
                Expr::col(worker::Column::Version).add(1),
            )
            .filter(worker::Column::Id.eq(id))
            .exec(self.db)
            .await?;
        self.did("workers", Done::Emptied, done.rows_affected);
        let done = worker_statistic::Entity::update_many()
            .set(worker_statistic::ActiveModel {
                birth_date: Set(None),
                citizenship: Set(None),
                ..Default::default()
            })
            .filter(worker_statistic::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("worker_statistics", Done::Emptied, done.rows_affected);
        self.beside_worker(id).await
    }

    /// What hangs on a worker alone.
    async fn beside_worker(&mut self, id: i64) -> Result<(), StorageError> {
        let done = authorisation::Entity::update_many()
            .col_expr(authorisation::Column::Folder, nothing())
            .filter(authorisation::Column::WorkerId.eq(id))
            .filter(authorisation::Column::Folder.is_not_null())
            .exec(self.db)
            .await?;
        self.did("authorisations", Done::Emptied, done.rows_affected);
        let done = accreditation_end::Entity::delete_many()
            .filter(accreditation_end::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("accreditation_ends", Done::Removed, done.rows_affected);
        let done = pool_word::Entity::delete_many()
            .filter(pool_word::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("pool_words", Done::Removed, done.rows_affected);
        let done = diffusion_limit::Entity::delete_many()
            .filter(diffusion_limit::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("diffusion_limits", Done::Removed, done.rows_affected);
        let done = job_change::Entity::update_many()
            .col_expr(job_change::Column::Hours, Expr::val("-"))
            .filter(
                job_change::Column::IntroductionId.in_subquery(introductions_of(self.of.person)),
            )
            .exec(self.db)
            .await?;
        self.did("job_changes", Done::Emptied, done.rows_affected);
        Ok(())
    }

    pub(super) async fn family(&mut self, id: i64) -> Result<(), StorageError> {
        let [given, family] = ERASED_NAME.map(str::to_owned);
        let code = self.of.codes.first().cloned().unwrap_or_default();
        let row = family::ActiveModel {
            given_name: Set(given),
            family_name: Set(family),
            folded: Set(code.to_lowercase()),
            sound: Set(code.to_lowercase()),
            sort_name: Set(code),
            relation: Set(None),
            phone: Set(None),
            email: Set(None),
            contact_language: Set("it".to_owned()),
            contact_by: Set(Some("desk".to_owned())),
            comune: Set(self.of.comune.to_owned()),
            address: Set(None),
            consent_on: Set(None),
            recipient_name: Set(None),
            guardianship: Set(None),
            guardian_name: Set(None),
            guardian_phone: Set(None),
            ..Default::default()
        };
        let done = family::Entity::update_many()
            .set(row)
            .col_expr(
                family::Column::Version,
                Expr::col(family::Column::Version).add(1),
            )
            .filter(family::Column::Id.eq(id))
            .exec(self.db)
            .await?;
        self.did("families", Done::Emptied, done.rows_affected);
        self.requests_of(id).await?;
        let theirs = request::Entity::find()
            .select_only()
            .column(request::Column::Id)
            .filter(request::Column::FamilyId.eq(id))
            .into_query();
        let done = referral::Entity::update_many()
            .col_expr(referral::Column::ConsentBy, Expr::val("-"))
            .filter(referral::Column::RequestId.in_subquery(theirs.clone()))
            .exec(self.db)
            .await?;
        self.did("referrals", Done::Emptied, done.rows_affected);
        let done = proposal::Entity::update_many()
            .col_expr(proposal::Column::Told, nothing())
            .col_expr(proposal::Column::Part, nothing())
            .filter(proposal::Column::RequestId.in_subquery(theirs))
            .exec(self.db)
            .await?;
        self.did("proposals", Done::Emptied, done.rows_affected);
        Ok(())
    }

    async fn requests_of(&mut self, family: i64) -> Result<(), StorageError> {
        let row = request::ActiveModel {
            comune: Set(self.of.comune.to_owned()),
            needed_by: Set(None),
            required_skills: Set(String::new()),
            preferred_skills: Set(String::new()),
            required_qualifications: Set(String::new()),
            required_languages: Set(String::new()),
            max_pay_hour: Set(None),
            max_pay_month: Set(None),
            ccnl_level: Set(None),
            public_contribution: Set(false),
            self_sufficient: Set(None),
            worker_sex: Set(None),
            worker_sex_ground: Set(None),
            worker_sex_asked_by: Set(None),
            paused_until: Set(None),
            pause_reason: Set(None),
            ..Default::default()
        };
        let done = request::Entity::update_many()
            .set(row)
            .col_expr(
                request::Column::Version,
                Expr::col(request::Column::Version).add(1),
            )
            .filter(request::Column::FamilyId.eq(family))
            .exec(self.db)
            .await?;
        self.did("requests", Done::Emptied, done.rows_affected);
        withdraw_requests(self.db, family).await
    }

    /// What is typed or sent to a telephone or an address is theirs only where nobody else has
    /// the same: a couple, or a daughter who writes for both.
    pub(super) async fn alone(&mut self) -> Result<(), StorageError> {
        for text in self.of.traits {
            let workers = worker::Entity::find()
                .filter(
                    worker::Column::Phone
                        .eq(text.as_str())
                        .or(worker::Column::Email.eq(text.as_str())),
                )
                .count(self.db)
                .await?;
            let families = family::Entity::find()
                .filter(
                    family::Column::Phone
                        .eq(text.as_str())
                        .or(family::Column::Email.eq(text.as_str())),
                )
                .count(self.db)
                .await?;
            let accounts = account::Entity::find()
                .filter(account::Column::Email.eq(text.as_str()))
                .count(self.db)
                .await?;
            if workers + families + accounts == 0 {
                self.alone.push(text.clone());
            }
        }
        Ok(())
    }

    /// The address, where it is theirs alone.
    pub(super) fn own_email(&self) -> Option<&EmailAddress> {
        let email = self.of.email?;
        let text = email.to_string();
        self.alone.contains(&text).then_some(email)
    }
}

/// Requests of a family that is erased need nobody any more.
async fn withdraw_requests(db: &impl ConnectionTrait, family: i64) -> Result<(), StorageError> {
    let open = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    request::Entity::update_many()
        .col_expr(
            request::Column::Status,
            Expr::val(RequestStatus::Withdrawn.code()),
        )
        .filter(request::Column::FamilyId.eq(family))
        .filter(request::Column::Status.is_in(open))
        .exec(db)
        .await?;
    Ok(())
}
