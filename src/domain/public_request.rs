//! What a family or a worker asks by itself, before a desk has looked: how it stands, how
//! long each thing waits, which desk it goes to. Nothing of it is in the pool; accepted, it
//! becomes a family and a request, or the beginning of a worker's form, like any other.

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::coded;
use super::contact::{ContactBy, Phone};
use super::family::Relation;
use super::invalid::{Invalid, Problem, Why, one_of};
use super::place::{Comune, distance_m, zone_of};
use super::reading::{Fields, Parsed, Reading};
use super::text::Name;

coded! {
    /// Who asks.
    InboxKind {
        /// For somebody to help.
        Family = "family",
        /// To be registered, in person.
        Worker = "worker",
    }

    /// How it stands.
    InboxState {
        /// The address has not been confirmed: no desk sees it.
        Unconfirmed = "unconfirmed",
        /// A desk is to look at it.
        Waiting = "waiting",
        /// A desk looked, and wants to know something more.
        AskedBack = "asked_back",
        /// It became a request.
        Accepted = "accepted",
        Refused = "refused",
    }

    /// What a desk wants to know still.
    Missing {
        Name = "name",
        /// A number or an address at which somebody answers.
        Contact = "contact",
        Comune = "comune",
        Tasks = "tasks",
        Arrangement = "arrangement",
        Hours = "hours",
        Start = "start",
        /// Whatever the desk says in words of its own.
        Other = "other",
    }

    /// What happened to it.
    InboxEvent {
        Filed = "filed",
        Confirmed = "confirmed",
        /// A worker's form was begun with it.
        Begun = "begun",
        /// The mail did not arrive: the desk phones.
        MailFailed = "mail_failed",
        AskedBack = "asked_back",
        Accepted = "accepted",
        Refused = "refused",
        /// What was told is not kept any more.
        Forgotten = "forgotten",
    }
}

impl Missing {
    /// Those of which whoever asks can be asked, in the order of the form.
    pub fn of(kind: InboxKind) -> &'static [Self] {
        match kind {
            InboxKind::Family => Self::ALL,
            InboxKind::Worker => &[Self::Name, Self::Contact, Self::Comune, Self::Other],
        }
    }

    /// Some of them as they are kept.
    pub fn joined(all: &[Self]) -> String {
        let codes: Vec<&str> = all.iter().map(|one| one.code()).collect();
        codes.join("|")
    }

    /// Reads what [`Self::joined`] wrote.
    pub fn split(text: &str) -> Vec<Self> {
        let codes = text.split('|');
        codes.filter_map(|code| Self::parse(code).ok()).collect()
    }
}

impl InboxState {
    /// Those that a desk has still to decide about.
    pub const OPEN: [Self; 2] = [Self::Waiting, Self::AskedBack];
    /// Those that it has decided about.
    pub const DECIDED: [Self; 2] = [Self::Accepted, Self::Refused];

    /// Whether a desk may still decide.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

/// An address that nobody confirms for so long is forgotten with all that was told.
pub const CONFIRMED_WITHIN: TimeDelta = TimeDelta::days(3);
/// The same in days, as people are told.
pub const CONFIRM_DAYS: i64 = 3;
/// An address that was written to so often meanwhile, and did not answer, gets no further mail.
pub const MAILS_TO_ONE: u64 = 2;
/// Of what was refused, who asked and what is forgotten after so long.
pub const REFUSED_KEPT: TimeDelta = TimeDelta::days(30);
/// The same of what was accepted: the records that it became have their own time.
pub const ACCEPTED_KEPT: TimeDelta = TimeDelta::days(180);
/// A desk looks within so many working days, as people are told.
pub const LOOKED_WITHIN: i64 = 3;
/// Letters of what a family adds in its own words.
pub const LONGEST_WORDS: usize = 500;
/// Letters of what an operator writes beside it.
pub const LONGEST_NOTE: usize = 500;
/// Digits of a telephone number, with what leads to its country.
const DIGITS_OF_PHONE: std::ops::RangeInclusive<usize> = 6..=15;
/// Requests that a network may send before it waits.
pub const FREE_OF_NETWORK: u32 = 12;
/// Those that may be sent with one address or number.
pub const FREE_OF_CONTACT: u32 = 4;

/// The number that the program gives.
pub fn number(running: i64) -> String {
    format!("D-{running:06}")
}

/// Whether a text can be such a number.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix("D-").unwrap_or_default();
    (6..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// From when on an unconfirmed one is forgotten.
pub fn vanishes_at(filed_at: DateTime<Utc>) -> DateTime<Utc> {
    filed_at + CONFIRMED_WITHIN
}

/// A number that a desk can ring: no desk has met yet whoever wrote it, to ask again.
fn callable(text: &str) -> Result<Phone, Why> {
    let phone = Phone::parse(text)?;
    if DIGITS_OF_PHONE.contains(&phone.digits().len()) {
        Ok(phone)
    } else {
        Err(Why::new("problem-phone"))
    }
}

/// What a public form must say besides what a file's row must.
pub fn problems(fields: &dyn Fields) -> Vec<Problem> {
    let mut r = Reading::new(fields);
    r.required("relation", None, Relation::parse);
    let by = r.required("contact_by", None, ContactBy::parse);
    let stated = |column: &str| !fields.get(column).unwrap_or_default().trim().is_empty();
    let missing = match by {
        Some(ContactBy::Email) if !stated("email") => Some("email"),
        Some(ContactBy::Phone) if !stated("phone") => Some("phone"),
        _ => None,
    };
    if let Some(column) = missing {
        r.problem(column, Why::new("problem-required"));
    }
    r.optional("phone", None, callable);
    if by == Some(ContactBy::Desk) {
        r.problem("contact_by", Why::new("problem-required"));
    }
    if !stated("required_skills") {
        r.problem("required_skills", Why::new("problem-required"));
    }
    let read = r.finish(|| Some(()));
    read.err().map(|invalid| invalid.0).unwrap_or_default()
}

/// A worker who wants to be registered: all else is asked at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    pub given_name: Name,
    pub family_name: Name,
    pub phone: Phone,
    pub comune: Comune,
}

impl Joining {
    /// The columns, in the order in which they are asked.
    pub const COLUMNS: [&'static str; 4] = ["given_name", "family_name", "phone", "comune"];

    /// Reads the columns; all are needed.
    pub fn read(fields: &dyn Fields) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let given_name = r.required("given_name", None, Name::entered);
        let family_name = r.required("family_name", None, Name::entered);
        let phone = r.required("phone", None, callable);
        let comune = r.comune("comune", None);
        r.finish(|| {
            Some(Self {
                given_name: given_name?,
                family_name: family_name?,
                phone: phone?,
                comune: comune?,
            })
        })
    }

    /// Both names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// Where the desk is that something in a comune goes to: one of the same zone before
/// another, then the nearest. `desks` in the order of their codes.
pub fn nearest(comune: Comune, desks: &[Comune]) -> Option<usize> {
    let far = |at: &usize| {
        let desk = desks[*at];
        let elsewhere = zone_of(desk).id() != zone_of(comune).id();
        (elsewhere, distance_m(comune, desk))
    };
    (0..desks.len()).min_by_key(far)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    struct Row(BTreeMap<&'static str, &'static str>);

    impl Fields for Row {
        fn get(&self, column: &str) -> Option<&str> {
            self.0.get(column).copied()
        }
    }

    fn wrong(cells: &[(&'static str, &'static str)]) -> Vec<&'static str> {
        let row = Row(cells.iter().copied().collect());
        problems(&row).iter().map(|one| one.field).collect()
    }

    #[test]
    fn whoever_asks_says_for_whom_what_and_how_to_answer() {
        let all = ["relation", "contact_by", "required_skills"];
        assert_eq!(wrong(&[]), all);
        let rest = [("relation", "child"), ("required_skills", "cooking")];
        let by = |cells: &[(&'static str, &'static str)]| wrong(&[&rest[..], cells].concat());
        assert_eq!(by(&[("contact_by", "email")]), ["email"]);
        assert_eq!(
            by(&[("contact_by", "phone"), ("email", "a@b.example")]),
            ["phone"]
        );
        assert_eq!(by(&[("contact_by", "desk")]), ["contact_by"]);
        assert!(by(&[("contact_by", "phone"), ("phone", "0564 300001")]).is_empty());
        for short in ["12", "0564 1", "0000000000000000"] {
            assert_eq!(
                by(&[("contact_by", "phone"), ("phone", short)]),
                ["phone"],
                "{short}"
            );
        }
    }

    #[test]
    fn a_request_goes_to_the_desk_of_its_zone() {
        let comune = |name: &str| Comune::parse(name).unwrap().0;
        let desks = [comune("Follonica"), comune("Grosseto")];
        assert_eq!(nearest(comune("Scarlino"), &desks), Some(0));
        assert_eq!(nearest(comune("Orbetello"), &desks), Some(1));
        assert_eq!(nearest(comune("Scarlino"), &[]), None);
    }

    #[test]
    fn what_is_missing_is_read_as_it_was_written() {
        let some = [Missing::Hours, Missing::Other];
        assert_eq!(Missing::split(&Missing::joined(&some)), some);
        assert!(Missing::split("").is_empty());
        assert!(!Missing::of(InboxKind::Worker).contains(&Missing::Hours));
    }

    #[test]
    fn a_number_is_known_by_its_shape() {
        assert!(is_number(&number(7)) && is_number("D-1234567"));
        for other in ["D-1", "R-000001", "D-00000a", "", "D-"] {
            assert!(!is_number(other), "{other}");
        }
    }
}
