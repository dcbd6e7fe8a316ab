//! The books of the sheets, held against each other: whatever happened, every
//! sheet is whole and the numbers have no gap.

use std::collections::BTreeSet;

use dom::domain::ids::SheetNumber;
use dom::storage::Db;
use dom::storage::entity::{
    audit_event, counter, disclosure, introduction, outbox_mail, request, sheet, sheet_document,
    sheet_link, sheet_notice, worker,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};

/// A sheet as the books have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: String,
    pub request: String,
    pub workers: Vec<String>,
    pub sha256: String,
}

/// Reads the books, by number, and asserts that they agree: each sheet with its
/// bytes, introductions, disclosures and audit; the numbers of every desk and
/// year running from the first one given, without gap and without double.
pub async fn read(db: &Db, first: i64) -> Vec<Entry> {
    let db = db.read();
    let sheets = sheet::Entity::find()
        .find_also_related(request::Entity)
        .order_by_asc(sheet::Column::Number)
        .all(db)
        .await
        .unwrap();
    let mut entries = Vec::new();
    for (sheet, request) in sheets {
        let request = request.expect("a sheet is for a request");
        let bytes = sheet_document::Entity::find_by_id(sheet.id)
            .one(db)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{} has no bytes", sheet.number))
            .pdf;
        assert!(bytes.starts_with(b"%PDF"), "{}", sheet.number);
        assert_eq!(sha256(&bytes), sheet.sha256, "{}", sheet.number);

        let introduced = introduction::Entity::find()
            .find_also_related(worker::Entity)
            .filter(introduction::Column::SheetId.eq(sheet.id))
            .order_by_asc(introduction::Column::Id)
            .all(db)
            .await
            .unwrap();
        assert!(
            (1..=8).contains(&introduced.len()),
            "{} names {} workers",
            sheet.number,
            introduced.len()
        );
        let mut workers = Vec::new();
        for (row, worker) in introduced {
            assert_eq!(row.sheet_number.as_deref(), Some(sheet.number.as_str()));
            assert_eq!(row.request_id, sheet.request_id, "{}", sheet.number);
            assert_eq!(row.issued_on, sheet.issued_on, "{}", sheet.number);
            let disclosed = disclosure::Entity::find()
                .filter(disclosure::Column::SheetId.eq(sheet.id))
                .filter(disclosure::Column::WorkerId.eq(row.worker_id))
                .filter(disclosure::Column::How.eq("issued"))
                .all(db)
                .await
                .unwrap();
            assert_eq!(disclosed.len(), 1, "{}", sheet.number);
            assert_eq!(disclosed[0].account_id, sheet.issued_by_id);
            workers.push(worker.expect("somebody is introduced").code);
        }
        let written = audit_event::Entity::find()
            .filter(audit_event::Column::Action.eq("sheet.issued"))
            .filter(audit_event::Column::Object.eq(sheet.number.as_str()))
            .all(db)
            .await
            .unwrap();
        assert_eq!(written.len(), 1, "{}", sheet.number);
        entries.push(Entry {
            number: sheet.number,
            request: request.code,
            workers,
            sha256: sheet.sha256,
        });
    }
    no_more_than(db, &entries).await;
    running(db, &entries, first).await;
    entries
}

/// Asserts that every sheet has its link, its mail and what both sides are told, once, and
/// that no mail is of a sheet that is not there. For families with an address.
pub async fn mailed(db: &Db) {
    let db = db.read();
    let sheets = sheet::Entity::find().all(db).await.unwrap();
    let links = sheet_link::Entity::find().all(db).await.unwrap();
    let mut linked: Vec<i64> = links.iter().map(|link| link.sheet_id).collect();
    linked.sort_unstable();
    let known: Vec<i64> = sheets.iter().map(|sheet| sheet.id).collect();
    assert_eq!(linked, known, "a link a sheet");
    let keys = |kind: &'static str| async move {
        let mails = outbox_mail::Entity::find()
            .filter(outbox_mail::Column::Kind.eq(kind))
            .order_by_asc(outbox_mail::Column::Id)
            .all(db)
            .await
            .unwrap();
        assert!(mails.iter().all(|mail| mail.state == "queued"), "{kind}");
        mails.into_iter().map(|mail| mail.dedup_key).collect()
    };
    let brings: Vec<String> = keys("sheet").await;
    let links = links.iter().map(|link| format!("sheet:{}", link.id));
    assert_eq!(brings, links.collect::<Vec<_>>(), "a mail a link");
    let told: Vec<String> = keys("sheet_to_family").await;
    assert_eq!(told, [""; 0], "the mail with the link tells the family");
    let mails = outbox_mail::Entity::find().all(db).await.unwrap();
    for sheet in sheets {
        let notices = sheet_notice::Entity::find()
            .filter(sheet_notice::Column::SheetId.eq(sheet.id))
            .all(db)
            .await
            .unwrap();
        assert_eq!(notices.len(), 2, "family and worker: {}", sheet.number);
        let of_family = notices.iter().find(|one| one.family_id.is_some()).unwrap();
        assert!(of_family.by_mail, "{}", sheet.number);
        let mail = mails
            .iter()
            .find(|mail| Some(&mail.message_id) == of_family.message_id.as_ref());
        assert_eq!(mail.unwrap().kind, "sheet", "{}", sheet.number);
    }
}

/// Nothing stands in the books but what belongs to the sheets.
async fn no_more_than(db: &sea_orm::DatabaseConnection, entries: &[Entry]) {
    let documents = sheet_document::Entity::find().all(db).await.unwrap();
    assert_eq!(documents.len(), entries.len(), "bytes without a sheet");
    let named: usize = entries.iter().map(|entry| entry.workers.len()).sum();
    let issued = disclosure::Entity::find()
        .filter(disclosure::Column::How.eq("issued"))
        .all(db)
        .await
        .unwrap();
    assert_eq!(issued.len(), named, "disclosures without a sheet");
    let made = introduction::Entity::find()
        .filter(introduction::Column::LoadedOn.is_null())
        .all(db)
        .await
        .unwrap();
    assert_eq!(made.len(), named, "introductions without a sheet");
    let codes: BTreeSet<&str> = made.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.len(), made.len(), "a code twice");
    let pairs: BTreeSet<(i64, i64)> = made
        .iter()
        .map(|row| (row.request_id, row.worker_id))
        .collect();
    assert_eq!(pairs.len(), made.len(), "a worker twice for one request");
    let audits = audit_event::Entity::find()
        .filter(audit_event::Column::Action.eq("sheet.issued"))
        .all(db)
        .await
        .unwrap();
    assert_eq!(audits.len(), entries.len(), "an audit without a sheet");
}

/// The numbers run on, and each counter stands at the last of them.
async fn running(db: &sea_orm::DatabaseConnection, entries: &[Entry], first: i64) {
    let mut by_counter = std::collections::BTreeMap::<String, Vec<i64>>::default();
    for entry in entries {
        let number = SheetNumber::from_paper(&entry.number).unwrap();
        let (prefix, year, running) = number.parts().expect("a number of the program's form");
        by_counter
            .entry(format!("sheet:{prefix}:{year}"))
            .or_default()
            .push(running.into());
    }
    for (name, mut numbers) in by_counter {
        numbers.sort_unstable();
        let last = first + i64::try_from(numbers.len()).unwrap() - 1;
        let expected: Vec<i64> = (first..=last).collect();
        assert_eq!(numbers, expected, "the numbers of {name}");
        let counter = counter::Entity::find_by_id(name.clone())
            .one(db)
            .await
            .unwrap();
        assert_eq!(
            counter.map(|row| row.last),
            Some(last),
            "the counter {name}"
        );
    }
}

/// In hexadecimal, as sheets keep it.
pub fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
