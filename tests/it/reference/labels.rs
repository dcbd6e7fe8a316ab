//! The words of the reference tables stand in the Italian catalogue as they
//! stand in the tables.

use dom::catalogue::{Language, Words};
use dom::domain::permit::PermitType;
use dom::domain::reason::{ReasonList, reasons};

/// The lists whose reasons a page shows.
const SHOWN: [ReasonList; 6] = [
    ReasonList::AnswerNo,
    ReasonList::Pause,
    ReasonList::Close,
    ReasonList::Revoke,
    ReasonList::BandSkipped,
    ReasonList::ProposalDeclined,
];

#[test]
fn the_italian_catalogue_says_what_the_tables_say() {
    let words = Words::new(Language::It);
    for permit in PermitType::all() {
        assert_eq!(words.code("permit", permit.code()), permit.label_it());
    }
    for list in SHOWN {
        for reason in reasons(list) {
            let shown = words.code("coded", format!("{}-{}", list.code(), reason.code()));
            // The table is typed with a straight mark, pages are set with a round one.
            let told = reason.label_it().replace('\'', "’");
            assert_eq!(shown, told, "{}", list.code());
        }
    }
}
