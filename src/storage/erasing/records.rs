//! What is told of the record elsewhere, and the doors that were open to the person.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::{Done, Work, nothing};
use crate::storage::entity::{
    block, contact_note, different_people, link_code, mailing, merge, person_task, private_link,
    proposal, proposal_link, record_change, restriction, survey_link,
};
use crate::storage::error::StorageError;
use crate::storage::mailings::Person;

impl<C: ConnectionTrait> Work<'_, C> {
    /// What is told of the record elsewhere: histories, notes, merges, holds.
    pub(super) async fn records(&mut self) -> Result<(), StorageError> {
        let kind = self.of.people().kind();
        let requests = || self.request_codes.iter().map(String::as_str);
        macro_rules! about {
            ($entity:ident) => {
                Condition::any()
                    .add(
                        Condition::all()
                            .add($entity::Column::Kind.eq(kind))
                            .add($entity::Column::Record.is_in(self.of.codes())),
                    )
                    .add(
                        Condition::all()
                            .add($entity::Column::Kind.eq("request"))
                            .add($entity::Column::Record.is_in(requests())),
                    )
            };
        }
        let done = record_change::Entity::update_many()
            .col_expr(record_change::Column::Fields, Expr::val("[]"))
            .filter(about!(record_change))
            .filter(record_change::Column::Fields.ne("[]"))
            .exec(self.db)
            .await?;
        let notes = contact_note::Entity::delete_many()
            .filter(about!(contact_note))
            .exec(self.db)
            .await?;
        let blocks = block::Entity::delete_many()
            .filter(about!(block))
            .exec(self.db)
            .await?;
        let restrictions = restriction::Entity::delete_many()
            .filter(about!(restriction))
            .exec(self.db)
            .await?;
        let merges = merge::Entity::update_many()
            .col_expr(merge::Column::Before, nothing())
            .filter(merge::Column::Kind.eq(kind))
            .filter(merge::Column::LeadsTo.is_in(self.of.codes()))
            .filter(merge::Column::Before.is_not_null())
            .exec(self.db)
            .await?;
        let different = different_people::Entity::delete_many()
            .filter(different_people::Column::Kind.eq(kind))
            .filter(
                Condition::any()
                    .add(different_people::Column::One.is_in(self.of.codes()))
                    .add(different_people::Column::Other.is_in(self.of.codes())),
            )
            .exec(self.db)
            .await?;
        self.did("record_changes", Done::Emptied, done.rows_affected);
        self.did("contact_notes", Done::Removed, notes.rows_affected);
        self.did("blocks", Done::Removed, blocks.rows_affected);
        self.did("restrictions", Done::Removed, restrictions.rows_affected);
        self.did("merges", Done::Emptied, merges.rows_affected);
        self.did("different_people", Done::Removed, different.rows_affected);
        Ok(())
    }

    /// Links, codes, tasks.
    pub(super) async fn doors(&mut self) -> Result<(), StorageError> {
        macro_rules! theirs {
            ($entity:ident) => {
                match self.of.person {
                    Person::Worker(id) => $entity::Column::WorkerId.eq(id),
                    Person::Family(id) => $entity::Column::FamilyId.eq(id),
                }
            };
        }
        let links = private_link::Entity::delete_many()
            .filter(theirs!(private_link))
            .exec(self.db)
            .await?;
        let codes = link_code::Entity::delete_many()
            .filter(theirs!(link_code))
            .exec(self.db)
            .await?;
        let mailings = mailing::Entity::find()
            .select_only()
            .column(mailing::Column::Id)
            .filter(theirs!(mailing))
            .into_query();
        let surveys = survey_link::Entity::delete_many()
            .filter(survey_link::Column::MailingId.in_subquery(mailings))
            .exec(self.db)
            .await?;
        let proposals = match self.of.person {
            Person::Worker(id) => proposal::Column::WorkerId.eq(id),
            Person::Family(_) => proposal::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let proposals = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::Id)
            .filter(proposals)
            .into_query();
        let asked = proposal_link::Entity::delete_many()
            .filter(proposal_link::Column::ProposalId.in_subquery(proposals))
            .exec(self.db)
            .await?;
        let tasks = person_task::Entity::update_many()
            .col_expr(person_task::Column::Words, nothing())
            .filter(theirs!(person_task))
            .exec(self.db)
            .await?;
        person_task::Entity::update_many()
            .col_expr(person_task::Column::DoneAt, Expr::val(self.at))
            .filter(theirs!(person_task))
            .filter(person_task::Column::DoneAt.is_null())
            .exec(self.db)
            .await?;
        self.did("private_links", Done::Removed, links.rows_affected);
        self.did("link_codes", Done::Removed, codes.rows_affected);
        self.did("survey_links", Done::Removed, surveys.rows_affected);
        self.did("proposal_links", Done::Removed, asked.rows_affected);
        self.did("person_tasks", Done::Emptied, tasks.rows_affected);
        Ok(())
    }
}
