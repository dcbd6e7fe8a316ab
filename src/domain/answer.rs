//! What one side, or the desk, said of one introduction at one wave. Answers are
//! only ever added; what they add up to is `outcome`'s. Loaded history is taken
//! as it stands: no date and no way of answering is doubted here.

use chrono::NaiveDate;

use super::contract::CcnlLevel;
use super::ids::IntroductionCode;
use super::invalid::{Invalid, Why, one_of};
use super::reading::{self, Fields, Parsed, Reading, cell, date, whole, yes_no, yes_or_no};
use super::reason::ReasonList;

/// Hours that a week has.
const WEEK_HOURS: u32 = 168;

macro_rules! coded {
    ($($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $code:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$case_doc])* $case,)*
        }

        impl $name {
            /// All, in the order of the formats.
            pub const ALL: &'static [Self] = &[$(Self::$case,)*];

            /// The code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$case => $code,)*
                }
            }

            /// Reads a code.
            pub fn parse(text: &str) -> Result<Self, Why> {
                one_of(text, Self::ALL, Self::code)
            }
        }
    )*};
}
pub(super) use coded;

coded! {
    /// Who says it. The desk's own finding stands beside the two sides.
    Teller {
        Family = "family",
        Worker = "worker",
        Desk = "desk",
    }

    /// The date on which both sides are asked, in order.
    Wave {
        /// Was somebody chosen?
        W1 = "w1",
        /// Hired?
        W2 = "w2",
        /// Still together after half a year?
        W3 = "w3",
        /// And after a year?
        W4 = "w4",
    }

    /// How an answer came.
    Channel {
        Mail = "mail",
        Phone = "phone",
        Desk = "desk",
        Partner = "partner",
    }

    /// What came of the introduction.
    Said {
        Hired = "hired",
        Deciding = "deciding",
        No = "no",
        /// The family found somebody, not by the desk.
        Elsewhere = "elsewhere",
    }

    /// Whether the hiring was notified to INPS. Only a yes is ever kept with the
    /// introduction; the others are counted and forgotten.
    Notified {
        Yes = "yes",
        No = "no",
        DontKnow = "dont_know",
        RatherNotSay = "rather_not_say",
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub introduction: IntroductionCode,
    pub side: Teller,
    pub wave: Wave,
    pub answered_on: NaiveDate,
    pub via: Option<Channel>,
    pub talked: Option<bool>,
    pub met: Option<bool>,
    /// The desk finds only hired or no; only the family finds elsewhere.
    pub result: Option<Said>,
    pub reason: Option<&'static str>,
    /// What the desk saw of a hire; never the document itself.
    pub document: Option<&'static str>,
    pub started_on: Option<NaiveDate>,
    pub live_in: Option<bool>,
    pub hours_week: Option<u32>,
    pub ccnl_level: Option<CcnlLevel>,
    pub notified: Option<Notified>,
    pub fits: Option<bool>,
    /// Stated only of a hire.
    pub still_working: Option<bool>,
    /// Not before `started_on`.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<&'static str>,
    /// How the family would have looked; nobody else is asked.
    pub without_desk: Option<&'static str>,
}

impl Answer {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 20] = [
        "introduction",
        "side",
        "wave",
        "answered_on",
        "via",
        "talked",
        "met",
        "result",
        "reason",
        "document",
        "started_on",
        "live_in",
        "hours_week",
        "ccnl_level",
        "notified",
        "fits",
        "still_working",
        "ended_on",
        "end_reason",
        "without_desk",
    ];

    /// The cells of [`Self::COLUMNS`], as an export writes them.
    pub fn cells(&self) -> Vec<String> {
        let stated = |answer: Option<bool>| cell(answer.map(yes_or_no));
        vec![
            self.introduction.to_string(),
            self.side.code().to_owned(),
            self.wave.code().to_owned(),
            self.answered_on.to_string(),
            cell(self.via.map(Channel::code)),
            stated(self.talked),
            stated(self.met),
            cell(self.result.map(Said::code)),
            cell(self.reason),
            cell(self.document),
            cell(self.started_on),
            stated(self.live_in),
            cell(self.hours_week),
            cell(self.ccnl_level.map(CcnlLevel::code)),
            cell(self.notified.map(Notified::code)),
            stated(self.fits),
            stated(self.still_working),
            cell(self.ended_on),
            cell(self.end_reason),
            cell(self.without_desk),
        ]
    }

    /// Reads the columns. An answer is never changed, so there is none before.
    pub fn read(fields: &dyn Fields) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let introduction = r.required("introduction", None, IntroductionCode::parse);
        let side = r.required("side", None, Teller::parse);
        let wave = r.required("wave", None, Wave::parse);
        let answered_on = r.required("answered_on", None, date);
        let via = r.optional("via", None, Channel::parse);
        let talked = r.optional("talked", None, yes_no);
        let met = r.optional("met", None, yes_no);
        let result = r.result(side);
        let reason = r.listed("reason", ReasonList::AnswerNo);
        let document = r.document(side, result);
        let started_on = r.optional("started_on", None, date);
        let live_in = r.optional("live_in", None, yes_no);
        let hours_week = r.optional("hours_week", None, |text| whole(text, 0, WEEK_HOURS));
        let ccnl_level = r.optional("ccnl_level", None, |text| {
            reading::code_of(text, "ccnl_levels", CcnlLevel::by_code)
        });
        let notified = r.optional("notified", None, Notified::parse);
        let fits = r.optional("fits", None, yes_no);
        let still_working = r.still_working(result);
        let ended_on = r.ended_on(started_on);
        let end_reason = r.listed("end_reason", ReasonList::EndReason);
        let without_desk = r.without_desk(side);
        r.finish(|| {
            Some(Self {
                introduction: introduction?,
                side: side?,
                wave: wave?,
                answered_on: answered_on?,
                via,
                talked,
                met,
                result,
                reason,
                document,
                started_on,
                live_in,
                hours_week,
                ccnl_level,
                notified,
                fits,
                still_working,
                ended_on,
                end_reason,
                without_desk,
            })
        })
    }
}

impl Reading<'_> {
    fn listed(&mut self, column: &'static str, list: ReasonList) -> Option<&'static str> {
        self.optional(column, None, |text| reading::reason(list, text))
    }

    fn result(&mut self, side: Option<Teller>) -> Option<Said> {
        self.optional("result", None, |text| {
            let may_say = match side {
                // Where the side itself is wrong, that is what is told.
                Some(Teller::Family) | None => Said::ALL,
                Some(Teller::Worker) => &[Said::Hired, Said::Deciding, Said::No],
                Some(Teller::Desk) => &[Said::Hired, Said::No],
            };
            one_of(text, may_say, Said::code)
        })
    }

    fn document(&mut self, side: Option<Teller>, result: Option<Said>) -> Option<&'static str> {
        let document = self.listed("document", ReasonList::Document);
        let is_of_a_desks_hire =
            side.is_none_or(|side| side == Teller::Desk) && result == Some(Said::Hired);
        if document.is_some() && !is_of_a_desks_hire {
            self.problem_unless_noted(
                &["document", "result"],
                Why::new("problem-document-of-desk"),
            );
        }
        document
    }

    fn still_working(&mut self, result: Option<Said>) -> Option<bool> {
        let stated = self.optional("still_working", None, yes_no);
        if stated.is_some() && result.is_some_and(|result| result != Said::Hired) {
            self.problem("still_working", Why::new("problem-still-working-of-hire"));
        }
        stated
    }

    fn ended_on(&mut self, started_on: Option<NaiveDate>) -> Option<NaiveDate> {
        let ended_on = self.optional("ended_on", None, date);
        if let (Some(start), Some(end)) = (started_on, ended_on)
            && end < start
        {
            self.problem("ended_on", Why::new("problem-end-before-start"));
        }
        ended_on
    }

    fn without_desk(&mut self, side: Option<Teller>) -> Option<&'static str> {
        let stated = self.listed("without_desk", ReasonList::WithoutDesk);
        if stated.is_some() && side.is_some_and(|side| side != Teller::Family) {
            self.problem("without_desk", Why::new("problem-without-desk-of-family"));
        }
        stated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row<'a>(&'a [(&'a str, &'a str)]);

    impl Fields for Row<'_> {
        fn get(&self, column: &str) -> Option<&str> {
            let base = [
                ("introduction", "I-1"),
                ("wave", "w2"),
                ("answered_on", "2026-03-01"),
            ];
            self.0
                .iter()
                .chain(&base)
                .find(|(name, _)| *name == column)
                .map(|(_, cell)| *cell)
        }
    }

    type Pairs = &'static [(&'static str, &'static str)];

    fn problems(cells: &[(&str, &str)]) -> Vec<(&'static str, &'static str)> {
        match Answer::read(&Row(cells)) {
            Ok(_) => Vec::new(),
            Err(invalid) => invalid.0.iter().map(|p| (p.field, p.why.key)).collect(),
        }
    }

    #[test]
    fn who_may_say_what_is_a_rule() {
        const FAMILY: (&str, &str) = ("side", "family");
        const WORKER: (&str, &str) = ("side", "worker");
        const DESK: (&str, &str) = ("side", "desk");
        const ONE_OF: &str = "problem-one-of";
        let cases: [(Pairs, Pairs); 18] = [
            (&[FAMILY, ("result", "elsewhere")], &[]),
            (&[WORKER, ("result", "elsewhere")], &[("result", ONE_OF)]),
            (&[WORKER, ("result", "deciding")], &[]),
            (&[DESK, ("result", "deciding")], &[("result", ONE_OF)]),
            (&[DESK, ("result", "elsewhere")], &[("result", ONE_OF)]),
            (&[DESK, ("result", "hired"), ("document", "pay_slip")], &[]),
            (
                &[DESK, ("result", "no"), ("document", "pay_slip")],
                &[("document", "problem-document-of-desk")],
            ),
            (
                &[FAMILY, ("result", "hired"), ("document", "pay_slip")],
                &[("document", "problem-document-of-desk")],
            ),
            (
                &[DESK, ("document", "inps_receipt")],
                &[("document", "problem-document-of-desk")],
            ),
            (&[WORKER, ("still_working", "yes")], &[]),
            (&[WORKER, ("result", "hired"), ("still_working", "no")], &[]),
            (
                &[WORKER, ("result", "no"), ("still_working", "no")],
                &[("still_working", "problem-still-working-of-hire")],
            ),
            (&[FAMILY, ("without_desk", "agency")], &[]),
            (
                &[WORKER, ("without_desk", "agency")],
                &[("without_desk", "problem-without-desk-of-family")],
            ),
            (
                &[
                    WORKER,
                    ("started_on", "2026-02-02"),
                    ("ended_on", "2026-02-01"),
                ],
                &[("ended_on", "problem-end-before-start")],
            ),
            (
                // A future, a start after the answer, any way and any reason of the list.
                &[
                    WORKER,
                    ("answered_on", "2099-01-01"),
                    ("via", "partner"),
                    ("result", "hired"),
                    ("reason", "need_ended"),
                    ("started_on", "2099-02-01"),
                    ("ended_on", "2099-02-01"),
                ],
                &[],
            ),
            (&[("side", "neighbour")], &[("side", ONE_OF)]),
            (
                &[WORKER, ("hours_week", "169")],
                &[("hours_week", "problem-whole-number")],
            ),
        ];
        for (cells, expected) in cases {
            assert_eq!(problems(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn what_goes_out_reads_back() {
        let cells = [
            ("side", "family"),
            ("via", "phone"),
            ("talked", "yes"),
            ("met", "no"),
            ("result", "hired"),
            ("started_on", "01/02/2026"),
            ("live_in", "no"),
            ("hours_week", "25"),
            ("ccnl_level", "CS"),
            ("notified", "yes"),
            ("fits", "yes"),
            ("still_working", "no"),
            ("ended_on", "2026-02-28"),
            ("end_reason", "worker_left"),
            ("without_desk", "agency"),
        ];
        let answer = Answer::read(&Row(&cells)).unwrap().value;
        let out = answer.cells();
        let columns = Answer::COLUMNS;
        let pairs: Vec<(&str, &str)> = columns
            .into_iter()
            .zip(out.iter().map(String::as_str))
            .collect();
        assert_eq!(Answer::read(&Row(&pairs)).unwrap().value, answer);
    }
}
