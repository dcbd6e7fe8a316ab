//! What a family or a worker asks by itself, before a desk has looked: how it stands, how
//! long each thing waits, which desk it goes to. Nothing of it is in the pool; accepted, it
//! becomes a family and a request, or the beginning of a worker's form, like any other.

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::coded;
use super::contact::{ContactBy, EmailAddress, Phone};
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

/// How whoever asks is answered.
struct Answered {
    by: Option<ContactBy>,
    email: Option<EmailAddress>,
    phone: Option<Phone>,
}

/// Reads it as both public forms ask it: by mail or by telephone, and at what.
fn answered(r: &mut Reading<'_>) -> Answered {
    let by = r.required("contact_by", None, ContactBy::parse);
    let is_empty = |column: &str| r.text(column).unwrap_or_default().is_empty();
    let missing = match by {
        Some(ContactBy::Email) if is_empty("email") => Some("email"),
        Some(ContactBy::Phone) if is_empty("phone") => Some("phone"),
        Some(ContactBy::Desk) => Some("contact_by"),
        _ => None,
    };
    if let Some(column) = missing {
        r.problem(column, Why::new("problem-required"));
    }
    Answered {
        by,
        email: r.optional("email", None, EmailAddress::parse),
        phone: r.optional("phone", None, callable),
    }
}

/// What a public form must say besides what a file's row must.
pub fn problems(fields: &dyn Fields) -> Vec<Problem> {
    let mut r = Reading::new(fields);
    r.required("relation", None, Relation::parse);
    answered(&mut r);
    if r.text("required_skills").unwrap_or_default().is_empty() {
        r.problem("required_skills", Why::new("problem-required"));
    }
    let read = r.finish(|| Some(()));
    read.err().map(|invalid| invalid.0).unwrap_or_default()
}

/// A worker who wants to be registered: all else is asked at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// What whoever files it is to the worker.
    pub relation: Relation,
    /// Who that is; none where the worker files it.
    pub filer: Option<Name>,
    pub given_name: Name,
    pub family_name: Name,
    /// How whoever files it is answered: by mail or by telephone.
    pub contact_by: ContactBy,
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
    pub comune: Comune,
}

impl Joining {
    /// The columns, in the order in which they are asked.
    pub const COLUMNS: [&'static str; 8] = [
        "relation",
        "filer_name",
        "given_name",
        "family_name",
        "contact_by",
        "email",
        "phone",
        "comune",
    ];

    /// Reads the columns. All are needed, but the name of whoever files it where that is the
    /// worker, and the way of answering that was not chosen.
    pub fn read(fields: &dyn Fields) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let of_worker = |text: &str| one_of(text, &Relation::OF_WORKERS, Relation::code);
        let relation = r.required("relation", None, of_worker);
        let is_other = relation.is_some_and(|one| one != Relation::Oneself);
        let filer = if is_other {
            r.required("filer_name", None, Name::entered)
        } else {
            None
        };
        let given_name = r.required("given_name", None, Name::entered);
        let family_name = r.required("family_name", None, Name::entered);
        let Answered { by, email, phone } = answered(&mut r);
        let comune = r.comune("comune", None);
        r.finish(|| {
            Some(Self {
                relation: relation?,
                filer,
                given_name: given_name?,
                family_name: family_name?,
                contact_by: by?,
                email,
                phone,
                comune: comune?,
            })
        })
    }

    /// Both names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// Whether a desk telephones.
    pub fn by_phone(&self) -> bool {
        self.contact_by != ContactBy::Email
    }

    /// The cells of what was said, by column.
    pub fn cells(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("relation", Some(self.relation.code().to_owned())),
            ("filer_name", self.filer.as_ref().map(Name::to_string)),
            ("given_name", Some(self.given_name.to_string())),
            ("family_name", Some(self.family_name.to_string())),
            ("contact_by", Some(self.contact_by.code().to_owned())),
            ("email", self.email.as_ref().map(EmailAddress::to_string)),
            ("phone", self.phone.as_ref().map(Phone::to_string)),
            ("comune", Some(self.comune.istat().to_owned())),
        ];
        let stated = |(column, cell): (&'static str, Option<String>)| Some((column, cell?));
        all.into_iter().filter_map(stated).collect()
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
    fn whoever_files_for_a_worker_is_named_and_answered_as_they_chose() {
        let own = [
            ("given_name", "Olena"),
            ("family_name", "Vyhadana"),
            ("comune", "053011"),
        ];
        let read = |cells: &[(&'static str, &'static str)]| {
            let row = Row(own.iter().chain(cells).copied().collect());
            Joining::read(&row).map(|read| read.value)
        };
        let wrong = |cells: &[(&'static str, &'static str)]| -> Vec<&'static str> {
            let invalid = read(cells).unwrap_err().0;
            invalid.iter().map(|one| one.field).collect()
        };
        assert_eq!(wrong(&[]), ["relation", "contact_by"]);
        let mail = [("contact_by", "email"), ("email", "ada@prova.example")];
        let of = |relation: &'static str| [&[("relation", relation)][..], &mail[..]].concat();
        assert_eq!(wrong(&of("child")), ["filer_name"]);
        assert_eq!(wrong(&of("guardian")), ["relation"]);
        let another = [&of("child")[..], &[("filer_name", "Oksana Vyhadana")][..]].concat();
        let another = read(&another).unwrap();
        assert!(!another.by_phone() && another.phone.is_none());
        assert!(
            another
                .cells()
                .contains(&("filer_name", "Oksana Vyhadana".to_owned()))
        );
        // What was typed of somebody else before is not said of oneself.
        let oneself = [&of("self")[..], &[("filer_name", "Oksana Vyhadana")][..]].concat();
        assert_eq!(read(&oneself).unwrap().filer, None);
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
