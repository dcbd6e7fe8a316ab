//! How much stays, and why: it is only counted.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::{Done, Work, introductions_of};
use crate::domain::rights::Staying;
use crate::storage::entity::{
    answer, audit_event, authorisation, disclosure, first_fit, invitation, mailing, notice_given,
    phone_try, proposal, proposal_word, sheet_link, sheet_notice, sheet_task, survey_stop,
};
use crate::storage::error::StorageError;
use crate::storage::mailings::Person;
use crate::storage::rows::CHUNK;

impl<C: ConnectionTrait> Work<'_, C> {
    /// How much stays, and why.
    pub(super) async fn staying(&mut self) -> Result<(), StorageError> {
        let own = self.introductions.len() as u64;
        self.did("introductions", Done::Stays(Staying::Figures), own);
        macro_rules! of_introductions {
            ($entity:ident, $table:literal, $why:ident) => {
                let theirs = introductions_of(self.of.person);
                let rows = $entity::Entity::find()
                    .filter($entity::Column::IntroductionId.in_subquery(theirs))
                    .count(self.db)
                    .await?;
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        of_introductions!(answer, "answers", Figures);
        of_introductions!(invitation, "invitations", Figures);
        macro_rules! theirs {
            ($entity:ident, $table:literal, $why:ident) => {
                let theirs = match self.of.person {
                    Person::Worker(id) => $entity::Column::WorkerId.eq(id),
                    Person::Family(id) => $entity::Column::FamilyId.eq(id),
                };
                let rows = $entity::Entity::find()
                    .filter(theirs)
                    .count(self.db)
                    .await?;
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        theirs!(disclosure, "disclosures", Proof);
        theirs!(notice_given, "notices_given", Proof);
        theirs!(mailing, "mailings", Figures);
        theirs!(survey_stop, "survey_stops", Pseudonym);
        self.staying_work().await?;
        macro_rules! of_sheets {
            ($entity:ident, $table:literal, $why:ident) => {
                let mut rows = 0;
                for ids in self.sheets.chunks(CHUNK) {
                    rows += $entity::Entity::find()
                        .filter($entity::Column::SheetId.is_in(ids.iter().copied()))
                        .count(self.db)
                        .await?;
                }
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        self.did(
            "sheets",
            Done::Stays(Staying::Proof),
            self.sheets.len() as u64,
        );
        of_sheets!(sheet_link, "sheet_links", Pseudonym);
        of_sheets!(sheet_notice, "sheet_notices", Pseudonym);
        of_sheets!(sheet_task, "sheet_tasks", Proof);
        let tries = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::Id)
            .filter(
                invitation::Column::IntroductionId.in_subquery(introductions_of(self.of.person)),
            )
            .into_query();
        let rows = phone_try::Entity::find()
            .filter(phone_try::Column::InvitationId.in_subquery(tries))
            .count(self.db)
            .await?;
        self.did("phone_tries", Done::Stays(Staying::Figures), rows);
        Ok(())
    }

    /// The same of the desk's own work: whom it asked, what was signed, who did what.
    async fn staying_work(&mut self) -> Result<(), StorageError> {
        let asked = match self.of.person {
            Person::Worker(id) => proposal::Column::WorkerId.eq(id),
            Person::Family(_) => proposal::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let rows = proposal::Entity::find()
            .filter(asked.clone())
            .count(self.db)
            .await?;
        self.did("proposals", Done::Stays(Staying::Figures), rows);
        let asked = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::Id)
            .filter(asked)
            .into_query();
        let rows = proposal_word::Entity::find()
            .filter(proposal_word::Column::ProposalId.in_subquery(asked))
            .count(self.db)
            .await?;
        self.did("proposal_words", Done::Stays(Staying::Figures), rows);
        let fitted = match self.of.person {
            Person::Worker(id) => first_fit::Column::WorkerId.eq(id),
            Person::Family(_) => first_fit::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let rows = first_fit::Entity::find()
            .filter(fitted)
            .count(self.db)
            .await?;
        self.did("first_fits", Done::Stays(Staying::Figures), rows);
        if let Person::Worker(id) = self.of.person {
            let rows = authorisation::Entity::find()
                .filter(authorisation::Column::WorkerId.eq(id))
                .count(self.db)
                .await?;
            self.did("authorisations", Done::Stays(Staying::Proof), rows);
        }
        let codes = self.of.codes();
        let codes: Vec<&str> = codes
            .chain(self.request_codes.iter().map(String::as_str))
            .collect();
        let rows = audit_event::Entity::find()
            .filter(audit_event::Column::Object.is_in(codes))
            .count(self.db)
            .await?;
        self.did("audit_events", Done::Stays(Staying::Proof), rows);
        Ok(())
    }
}
