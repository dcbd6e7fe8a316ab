//! The coded reasons of every kind, from `data/reasons.csv`. A code once used is
//! never reused. Which side a screen offers a reason to is in the table; loaded
//! history may use any code of its list.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::reference;

/// A closed list of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonList {
    AnswerNo,
    EndReason,
    Notified,
    Document,
    ProposalDeclined,
    BandSkipped,
    Pause,
    Close,
    Revoke,
    Block,
    InboxRefused,
    WithoutDesk,
}

impl ReasonList {
    pub const ALL: [Self; 12] = [
        Self::AnswerNo,
        Self::EndReason,
        Self::Notified,
        Self::Document,
        Self::ProposalDeclined,
        Self::BandSkipped,
        Self::Pause,
        Self::Close,
        Self::Revoke,
        Self::Block,
        Self::InboxRefused,
        Self::WithoutDesk,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::AnswerNo => "answer_no",
            Self::EndReason => "end_reason",
            Self::Notified => "notified",
            Self::Document => "document",
            Self::ProposalDeclined => "proposal_declined",
            Self::BandSkipped => "band_skipped",
            Self::Pause => "pause",
            Self::Close => "close",
            Self::Revoke => "revoke",
            Self::Block => "block",
            Self::InboxRefused => "inbox_refused",
            Self::WithoutDesk => "without_desk",
        }
    }
}

/// Whose reason it is: to whom a screen offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Worker,
    Family,
    Both,
    Desk,
}

impl Side {
    pub fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Family => "family",
            Self::Both => "both",
            Self::Desk => "desk",
        }
    }
}

/// One reason of a list.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Reason {
    list: ReasonList,
    code: String,
    label_it: String,
    side: Side,
}

impl Reason {
    pub fn list(&self) -> ReasonList {
        self.list
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn label_it(&self) -> &str {
        &self.label_it
    }

    pub fn side(&self) -> Side {
        self.side
    }
}

fn lists() -> &'static BTreeMap<ReasonList, Vec<Reason>> {
    static LISTS: OnceLock<BTreeMap<ReasonList, Vec<Reason>>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let text = include_str!("../../data/reasons.csv");
        let mut lists: BTreeMap<_, Vec<Reason>> = BTreeMap::new();
        for reason in reference::table::<Reason>("reasons.csv", text) {
            lists.entry(reason.list).or_default().push(reason);
        }
        lists
    })
}

/// The reasons of a list, in the order of the table.
pub fn reasons(list: ReasonList) -> &'static [Reason] {
    lists().get(&list).map_or(&[], Vec::as_slice)
}

pub fn find(list: ReasonList, code: &str) -> Option<&'static Reason> {
    reasons(list).iter().find(|reason| reason.code == code)
}
