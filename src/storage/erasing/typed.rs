//! What was printed, typed, searched, handed in and asked of them or by them.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Done, Work};
use crate::domain::rights::tells_of;
use crate::storage::entity::{answer_note, draft, search, sheet, upload, upload_file};
use crate::storage::error::StorageError;
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::rows::CHUNK;
use crate::storage::{appointments, sheets};

impl<C: ConnectionTrait> Work<'_, C> {
    /// Sheets that name them: the bytes, and why they fitted.
    pub(super) async fn papers(&mut self) -> Result<(), StorageError> {
        let (mut documents, mut explained, mut notes) = (0, 0, 0);
        for ids in self.sheets.chunks(CHUNK) {
            documents += sheets::forget_documents(self.db, ids).await?;
        }
        for id in self.sheets.clone() {
            explained += self.explanation(id).await?;
        }
        for ids in self.introductions.chunks(CHUNK) {
            let done = answer_note::Entity::delete_many()
                .filter(answer_note::Column::IntroductionId.is_in(ids.iter().copied()))
                .exec(self.db)
                .await?;
            notes += done.rows_affected;
        }
        self.did("sheet_documents", Done::Removed, documents);
        self.did("sheets", Done::Emptied, explained);
        self.did("answer_notes", Done::Removed, notes);
        Ok(())
    }

    /// Why they fitted, as a sheet keeps it; of the others on it that stays.
    async fn explanation(&self, sheet_id: i64) -> Result<u64, StorageError> {
        let kept: Option<String> = sheet::Entity::find_by_id(sheet_id)
            .select_only()
            .column(sheet::Column::Explanation)
            .into_tuple()
            .one(self.db)
            .await?;
        let mut kept: Vec<serde_json::Value> = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        match self.of.people() {
            // It is of the family's need from the first word to the last.
            People::Families => kept.clear(),
            People::Workers => kept.retain(|one| {
                let of = one.get("worker").and_then(serde_json::Value::as_str);
                of.is_some_and(|of| self.of.codes().all(|code| code != of))
            }),
        }
        let kept = serde_json::Value::Array(kept).to_string();
        let done = sheet::Entity::update_many()
            .col_expr(sheet::Column::Explanation, Expr::val(kept))
            .filter(sheet::Column::Id.eq(sheet_id))
            .exec(self.db)
            .await?;
        Ok(done.rows_affected)
    }

    /// What was typed and not saved, searched or handed in.
    pub(super) async fn typed(&mut self) -> Result<(), StorageError> {
        let kind = self.of.people().kind();
        let requests = || self.request_codes.iter().map(String::as_str);
        let mut about = Condition::any()
            .add(
                Condition::all()
                    .add(draft::Column::Form.eq(kind))
                    .add(draft::Column::Record.is_in(self.of.codes())),
            )
            .add(
                Condition::all()
                    .add(draft::Column::Form.eq("request"))
                    .add(draft::Column::Record.is_in(requests())),
            );
        // A code stands in a form as a whole.
        let codes = self.of.codes().map(|code| format!("\"{code}\""));
        for text in codes.chain(self.alone.iter().cloned()) {
            about = about.add(draft::Column::Fields.contains(text));
        }
        let drafts = draft::Entity::delete_many()
            .filter(about)
            .exec(self.db)
            .await?;
        self.did("drafts", Done::Removed, drafts.rows_affected);
        self.searches().await?;
        // A file that is being read settles nothing when its row is gone.
        let files = upload_file::Entity::delete_many()
            .filter(upload_file::Column::UploadId.is_in(self.of.uploads.iter().copied()))
            .exec(self.db)
            .await?;
        let uploads = upload::Entity::delete_many()
            .filter(upload::Column::Id.is_in(self.of.uploads.iter().copied()))
            .exec(self.db)
            .await?;
        self.did("upload_files", Done::Removed, files.rows_affected);
        self.did("uploads", Done::Removed, uploads.rows_affected);
        Ok(())
    }

    /// The searches of the last day by which they were looked for.
    async fn searches(&mut self) -> Result<(), StorageError> {
        let names = self.names().await?;
        let known = self
            .of
            .codes()
            .chain(self.of.traits.iter().map(String::as_str));
        let known: Vec<&str> = known.collect();
        let all: Vec<(String, String)> = search::Entity::find()
            .select_only()
            .columns([search::Column::Id, search::Column::Words])
            .into_tuple()
            .all(self.db)
            .await?;
        let theirs = all
            .into_iter()
            .filter(|(_, words)| tells_of(words, &names, &known));
        let theirs: Vec<String> = theirs.map(|(id, _)| id).collect();
        let mut rows = 0;
        for ids in theirs.chunks(CHUNK) {
            let done = search::Entity::delete_many()
                .filter(search::Column::Id.is_in(ids.iter().cloned()))
                .exec(self.db)
                .await?;
            rows += done.rows_affected;
        }
        self.did("searches", Done::Removed, rows);
        Ok(())
    }

    /// The words of the name, as they are looked for.
    async fn names(&self) -> Result<Vec<String>, StorageError> {
        let (table, column, id) = match self.of.person {
            Person::Worker(id) => ("worker_names", "worker_id", id),
            Person::Family(id) => ("family_names", "family_id", id),
        };
        let words = Query::select()
            .column("word")
            .from(table)
            .and_where(Expr::col(column).eq(id))
            .take();
        let rows = self.db.query_all(&words).await?;
        let read = rows.iter().map(|row| row.try_get::<String>("", "word"));
        Ok(read.collect::<Result<Vec<_>, _>>()?)
    }

    /// The words of the name, as they are looked for; whether they were asked if their data
    /// stay; what they asked by themselves on the public page, and when they were to come.
    pub(super) async fn named(&mut self) -> Result<(), StorageError> {
        let (table, column, id) = match self.of.person {
            Person::Worker(id) => ("worker_names", "worker_id", id),
            Person::Family(id) => ("family_names", "family_id", id),
        };
        for table in [table, "renewals"] {
            let words = Query::delete()
                .from_table(table)
                .and_where(Expr::col(column).eq(id))
                .take();
            let done = self.db.execute(&words).await?;
            self.did(table, Done::Removed, done.rows_affected());
        }
        let mut theirs = match self.of.person {
            Person::Worker(id) => Expr::col("worker_id").eq(id),
            Person::Family(_) => Expr::col("request_id").is_in(self.requests.iter().copied()),
        };
        for text in &self.alone {
            theirs = theirs
                .or(Expr::col("email").eq(text.as_str()))
                .or(Expr::col("phone").eq(text.as_str()));
        }
        let asked = Query::select()
            .column("id")
            .from("public_requests")
            .and_where(theirs.clone())
            .take();
        let mut ids = Vec::new();
        for row in self.db.query_all(&asked).await? {
            ids.push(row.try_get::<i64>("", "id")?);
        }
        let own = appointments::drop_of(self.db, self.of.person).await?;
        let asked_for = appointments::drop_of_askings(self.db, &ids).await?;
        self.did("appointments", Done::Removed, own + asked_for);
        let events = Query::delete()
            .from_table("public_request_events")
            .and_where(Expr::col("public_request_id").in_subquery(asked))
            .take();
        let done = self.db.execute(&events).await?;
        self.did("public_request_events", Done::Removed, done.rows_affected());
        let asked = Query::delete()
            .from_table("public_requests")
            .and_where(theirs)
            .take();
        let done = self.db.execute(&asked).await?;
        self.did("public_requests", Done::Removed, done.rows_affected());
        Ok(())
    }
}
