//! What families of the demo asked by themselves: one to be looked at, one that was asked
//! back, one that was refused; and a worker who wants to be registered, for whom her daughter
//! writes. All want to be phoned, so that no mail goes.

use chrono::TimeDelta;

use crate::catalogue::Language;
use crate::domain::account::Actor;
use crate::domain::notice::Notice;
use crate::domain::public_request::Missing;
use crate::domain::reading::Fields;
use crate::services::inbox::ask::{self, Sent};
use crate::services::inbox::{desk, join};
use crate::services::{Context, ServiceError};

struct Answers<'a>(&'a [(&'a str, &'a str)]);

impl Fields for Answers<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == column);
        found.map(|(_, cell)| *cell)
    }
}

/// Days until the work begins.
const STARTS_IN: i64 = 30;

/// What all of them say.
const SAME: [(&str, &str); 4] = [
    ("contact_by", "phone"),
    ("contact_language", "it"),
    ("arrangement", "hourly"),
    ("schedule", "Mon-Fri 09:00-12:00"),
];

const FAMILIES: [[(&str, &str); 6]; 3] = [
    [
        ("relation", "child"),
        ("given_name", "Fulvia"),
        ("family_name", "Immaginata"),
        ("phone", "+390564200901"),
        ("comune", "053011"),
        ("required_skills", "cooking_italian|companionship"),
    ],
    [
        ("relation", "self"),
        ("given_name", "Gualtiero"),
        ("family_name", "Presunto"),
        ("phone", "+390564200902"),
        ("comune", "053011"),
        ("required_skills", "house_cleaning"),
    ],
    [
        ("relation", "other"),
        ("given_name", "Ines"),
        ("family_name", "Supposta"),
        ("phone", "+390564200903"),
        ("comune", "053011"),
        ("required_skills", "gardening"),
    ],
];

/// Somebody who looks for work, in a language of her own; her daughter writes.
async fn worker(context: &Context) -> Result<(), ServiceError> {
    let mut carried = join::begin(context, Language::Uk);
    carried.notice = Some((Notice::latest().version().to_owned(), context.now()));
    let cells = [
        ("relation", "child"),
        ("filer_name", "Oksana Vyhadana"),
        ("given_name", "Olena"),
        ("family_name", "Vyhadana"),
        ("contact_by", "phone"),
        ("phone", "+390564200904"),
        ("comune", "053011"),
    ];
    join::send(context, &carried, &Answers(&cells), "demo").await?;
    Ok(())
}

/// Sends three forms and decides about two.
pub(super) async fn fill(context: &Context, operator: &Actor) -> Result<(), ServiceError> {
    let start = (context.today() + TimeDelta::days(STARTS_IN)).to_string();
    let mut numbers = Vec::new();
    for (at, family) in FAMILIES.iter().enumerate() {
        let mut carried = ask::begin(context, Language::It);
        carried.notice = Some((Notice::latest().version().to_owned(), context.now()));
        let mut cells: Vec<(&str, &str)> = family.iter().chain(&SAME).copied().collect();
        cells.push(("start_date", &start));
        let words = (at == 0).then(|| "La casa è al secondo piano.".to_owned());
        let sent = ask::send(context, &carried, &Answers(&cells), words, "demo").await?;
        if let Sent::Done(receipt) = sent {
            numbers.push(receipt.number);
        }
    }
    worker(context).await?;
    if let [_, back, refused] = numbers.as_slice() {
        // As they were sent, nobody has touched them since.
        let first = 1;
        let missing = [Missing::Hours, Missing::Other].map(|one| one.code().to_owned());
        let words = "C’è un posto per l’auto?";
        desk::ask_back(
            context,
            operator,
            (back, first),
            (missing.as_slice(), words),
        )
        .await?;
        desk::refuse(context, operator, (refused, first), "not_care_work").await?;
    }
    Ok(())
}
