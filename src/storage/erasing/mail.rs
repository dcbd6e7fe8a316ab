//! The mails to them, the mails that name them to others, and their address.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::{Done, Work, nothing};
use crate::domain::mail::MailState;
use crate::storage::entity::{invitation, outbox_mail, person_mail, sheet_link, sheet_notice};
use crate::storage::error::StorageError;
use crate::storage::mailings::Person;
use crate::storage::rows::CHUNK;
use crate::storage::{outbox, sheet_links};

impl<C: ConnectionTrait> Work<'_, C> {
    /// Mail to them, and mail that names them to others.
    pub(super) async fn mail(&mut self) -> Result<(), StorageError> {
        let own = self.own_mail().await?;
        for ids in own.chunks(CHUNK) {
            outbox_mail::Entity::update_many()
                .col_expr(
                    outbox_mail::Column::State,
                    Expr::val(MailState::Cancelled.code()),
                )
                .col_expr(outbox_mail::Column::FinishedAt, Expr::val(self.at))
                .filter(outbox_mail::Column::Id.is_in(ids.iter().copied()))
                .filter(
                    outbox_mail::Column::State
                        .is_in([MailState::Queued, MailState::Failed].map(MailState::code)),
                )
                .exec(self.db)
                .await?;
        }
        let mut all = self.naming_mail().await?;
        all.extend(&own);
        all.sort_unstable();
        all.dedup();
        let mut rows = 0;
        for ids in all.chunks(CHUNK) {
            use outbox_mail::Column as Mail;
            let holds = Condition::any()
                .add(Mail::Recipient.is_not_null())
                .add(Mail::Token.is_not_null())
                .add(Mail::Plain.is_not_null())
                .add(Mail::Trouble.is_not_null());
            // What waits for others keeps its link.
            let done = outbox_mail::Entity::update_many()
                .col_expr(Mail::Recipient, nothing())
                .col_expr(Mail::Subject, nothing())
                .col_expr(Mail::Plain, nothing())
                .col_expr(Mail::Html, nothing())
                .col_expr(Mail::Trouble, nothing())
                .filter(Mail::Id.is_in(ids.iter().copied()))
                .filter(holds)
                .exec(self.db)
                .await?;
            rows += done.rows_affected;
        }
        for ids in own.chunks(CHUNK) {
            outbox_mail::Entity::update_many()
                .col_expr(outbox_mail::Column::Token, nothing())
                .filter(outbox_mail::Column::Id.is_in(ids.iter().copied()))
                .exec(self.db)
                .await?;
        }
        self.did("outbox", Done::Emptied, rows);
        self.addresses().await
    }

    async fn addresses(&mut self) -> Result<(), StorageError> {
        let theirs = match self.of.person {
            Person::Worker(id) => person_mail::Column::WorkerId.eq(id),
            Person::Family(id) => person_mail::Column::FamilyId.eq(id),
        };
        let mails = person_mail::Entity::delete_many()
            .filter(theirs)
            .exec(self.db)
            .await?;
        self.did("person_mails", Done::Removed, mails.rows_affected);
        if let Some(email) = self.own_email().cloned() {
            let marks = outbox::unmark_address(self.db, &email).await?;
            self.did("address_marks", Done::Removed, marks);
        }
        Ok(())
    }

    /// The mails that are to them.
    async fn own_mail(&self) -> Result<Vec<i64>, StorageError> {
        let mut of = outbox::to_person(self.of.person);
        if let Person::Family(_) = self.of.person {
            let links: Vec<i64> = sheet_link::Entity::find()
                .select_only()
                .column(sheet_link::Column::Id)
                .filter(sheet_link::Column::SheetId.is_in(self.sheets.iter().copied()))
                .into_tuple()
                .all(self.db)
                .await?;
            let keys = links.into_iter().map(sheet_links::mail_key);
            of = of.add(outbox_mail::Column::DedupKey.is_in(keys));
        }
        if let Some(email) = self.own_email() {
            of = of.add(outbox_mail::Column::Recipient.eq(email.to_string()));
        }
        self.ids_of(of).await
    }

    /// The mails to others that name them.
    async fn naming_mail(&self) -> Result<Vec<i64>, StorageError> {
        let mailings = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::MailingId)
            .filter(invitation::Column::IntroductionId.is_in(self.introductions.iter().copied()))
            .into_query();
        let notices = sheet_notice::Entity::find()
            .select_only()
            .column(sheet_notice::Column::MessageId)
            .filter(sheet_notice::Column::SheetId.is_in(self.sheets.iter().copied()))
            .filter(sheet_notice::Column::MessageId.is_not_null())
            .into_query();
        let done = [MailState::Sent, MailState::Kept, MailState::Failed];
        let of = Condition::any()
            .add(outbox_mail::Column::MailingId.in_subquery(mailings))
            .add(outbox_mail::Column::MessageId.in_subquery(notices));
        let of = Condition::all()
            .add(of)
            .add(outbox_mail::Column::State.is_in(done.map(MailState::code)));
        self.ids_of(of).await
    }

    async fn ids_of(&self, of: Condition) -> Result<Vec<i64>, StorageError> {
        Ok(outbox_mail::Entity::find()
            .select_only()
            .column(outbox_mail::Column::Id)
            .filter(of)
            .into_tuple()
            .all(self.db)
            .await?)
    }
}
