//! What is asked at which wave, in which order, and what a form's fields make of
//! the answer that was there: a later step or a correction is a whole new answer.
//! The words of the questions are the catalogue's.

use std::collections::BTreeMap;

use super::answer::{Answer, Notified, Said, Wave, coded};
use super::follow_up::{Asked, LONGEST_COMMENT};
use super::invalid::{Why, one_of};
use super::reading::Fields;
use super::reason::{Reason, ReasonList, Side, reasons};

coded! {
    /// One question; its code is also the name of its field.
    Question {
        /// Met, talked, neither: two columns of an answer.
        Contact = "contact",
        Result = "result",
        Reason = "reason",
        StartedOn = "started_on",
        HoursWeek = "hours_week",
        LiveIn = "live_in",
        Fits = "fits",
        Notified = "notified",
        StillWorking = "still_working",
        EndedOn = "ended_on",
        EndReason = "end_reason",
        WithoutDesk = "without_desk",
        Comment = "comment",
    }

    /// One screen.
    Step {
        First = "first",
        Job = "job",
        Last = "last",
    }
}

/// What is sent for "I would rather not say".
pub const NOT_SAID: &str = "none";

/// The reason of an end that ends every question to the family too.
pub const DIED: &str = "died";

/// The questions of a screen: at most four.
pub fn questions(wave: Wave, side: Asked, step: Step, hired: bool) -> Vec<Question> {
    use Question as Q;
    match (step, wave) {
        (Step::First, Wave::W1) => vec![Q::Result, Q::Contact, Q::Reason, Q::Comment],
        (Step::First, Wave::W2) => vec![Q::Result, Q::Contact, Q::Reason],
        (Step::First, Wave::W3 | Wave::W4) => {
            vec![Q::StillWorking, Q::EndedOn, Q::EndReason, Q::Comment]
        }
        (Step::Job, Wave::W2) if hired => vec![Q::StartedOn, Q::HoursWeek, Q::LiveIn, Q::Fits],
        (Step::Last, Wave::W2) => {
            let mut last = Vec::new();
            if hired {
                last.extend([Q::Notified, Q::StillWorking]);
            }
            if side == Asked::Family {
                last.push(Q::WithoutDesk);
            }
            last.push(Q::Comment);
            last
        }
        (Step::Job | Step::Last, _) => Vec::new(),
    }
}

/// All questions of a wave on one screen, as they are asked by telephone.
pub fn all_questions(wave: Wave, side: Asked) -> Vec<Question> {
    let mut all = Vec::new();
    for step in Step::ALL {
        all.extend(questions(wave, side, *step, true));
    }
    all
}

/// The screen after this one.
pub fn next(wave: Wave, side: Asked, step: Step, answer: &Answer) -> Option<Step> {
    let hired = answer.result == Some(Said::Hired);
    let later = match step {
        Step::First => &[Step::Job, Step::Last][..],
        Step::Job => &[Step::Last],
        Step::Last => &[],
    };
    later
        .iter()
        .copied()
        .find(|step| !questions(wave, side, *step, hired).is_empty())
}

/// What may be chosen, in the order shown; empty where something is typed.
pub fn choices(question: Question, side: Asked) -> Vec<&'static str> {
    let listed = |list| {
        let of_side = move |of: Side| match side {
            Asked::Family => matches!(of, Side::Family | Side::Both),
            Asked::Worker => matches!(of, Side::Worker | Side::Both),
        };
        reasons(list)
            .iter()
            .filter(move |reason| of_side(reason.side()))
            .map(Reason::code)
            .collect()
    };
    match question {
        Question::Contact => vec!["met", "talked", "no", NOT_SAID],
        Question::Result if side == Asked::Family => {
            vec!["hired", "deciding", "no", "elsewhere", NOT_SAID]
        }
        Question::Result => vec!["hired", "deciding", "no", NOT_SAID],
        Question::LiveIn | Question::Fits | Question::StillWorking => vec!["yes", "no", NOT_SAID],
        Question::Notified => Notified::ALL.iter().map(|one| one.code()).collect(),
        Question::Reason => listed(ReasonList::AnswerNo),
        Question::EndReason => listed(ReasonList::EndReason),
        Question::WithoutDesk => listed(ReasonList::WithoutDesk),
        Question::StartedOn | Question::HoursWeek | Question::EndedOn | Question::Comment => {
            Vec::new()
        }
    }
}

/// What a form shows of an answer: the value of a question's field.
pub fn shown(question: Question, answer: &Answer) -> String {
    let yes_no = |value: Option<bool>| match value {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    match question {
        Question::Contact => match (answer.met, answer.talked) {
            (Some(true), _) => "met",
            (_, Some(true)) => "talked",
            (_, Some(false)) => "no",
            _ => "",
        }
        .to_owned(),
        Question::Result => answer.result.map_or("", Said::code).to_owned(),
        Question::Reason => answer.reason.unwrap_or_default().to_owned(),
        Question::StartedOn => answer
            .started_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        Question::HoursWeek => answer.hours_week.map(|n| n.to_string()).unwrap_or_default(),
        Question::LiveIn => yes_no(answer.live_in).to_owned(),
        Question::Fits => yes_no(answer.fits).to_owned(),
        Question::Notified => answer.notified.map_or("", Notified::code).to_owned(),
        Question::StillWorking => yes_no(answer.still_working).to_owned(),
        Question::EndedOn => answer
            .ended_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        Question::EndReason => answer.end_reason.unwrap_or_default().to_owned(),
        Question::WithoutDesk => answer.without_desk.unwrap_or_default().to_owned(),
        Question::Comment => String::new(),
    }
}

/// What is wrong with a form, question by question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was chosen.
    Empty,
    Date,
    EndBeforeStart,
    Hours,
    Long,
}

struct Row(BTreeMap<&'static str, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

/// What an answer is of: introduction, side, wave, day and way.
pub type Head = [(&'static str, String); 5];

/// The answer and its comment, or what is wrong with the form.
pub type Told = Result<(Answer, Option<String>), Vec<(Question, Wrong)>>;

/// The columns that only a hire has.
const OF_A_HIRE: [&str; 8] = [
    "started_on",
    "live_in",
    "hours_week",
    "notified",
    "fits",
    "still_working",
    "ended_on",
    "end_reason",
];

/// The answer that a form makes of the one before it. `get`: what was sent for a
/// question; what is not sent stays as it was. The comment comes back beside it.
pub fn answer(
    before: Option<&Answer>,
    head: Head,
    asked: &[Question],
    get: &dyn Fn(Question) -> Option<String>,
) -> Told {
    let mut cells: BTreeMap<&'static str, String> = before
        .map(|before| Answer::COLUMNS.into_iter().zip(before.cells()).collect())
        .unwrap_or_default();
    cells.extend(head);
    let mut wrong = Vec::new();
    let mut comment = None;
    let mut something = false;
    for question in asked {
        let Some(sent) = get(*question) else { continue };
        let sent = sent.trim();
        something |= !sent.is_empty();
        let sent = if sent == NOT_SAID { "" } else { sent };
        match question {
            Question::Contact => {
                let (talked, met) = match sent {
                    "met" => ("yes", "yes"),
                    "talked" => ("yes", "no"),
                    "no" => ("no", "no"),
                    _ => ("", ""),
                };
                cells.insert("talked", talked.to_owned());
                cells.insert("met", met.to_owned());
            }
            Question::Comment => {
                if sent.chars().count() > LONGEST_COMMENT {
                    wrong.push((Question::Comment, Wrong::Long));
                }
                comment = Some(sent.to_owned()).filter(|text| !text.is_empty());
            }
            // A yes stays unless something else is said.
            Question::Notified if sent.is_empty() => {}
            other => {
                cells.insert(other.code(), sent.to_owned());
            }
        }
    }
    if !something
        && asked
            .iter()
            .any(|one| matches!(one, Question::Result | Question::StillWorking))
    {
        let first = asked.first().copied().unwrap_or(Question::Result);
        wrong.push((first, Wrong::Empty));
    }
    consistent(&mut cells);
    match Answer::read(&Row(cells)) {
        Ok(parsed) if wrong.is_empty() => Ok((parsed.value, comment)),
        Ok(_) => Err(wrong),
        Err(invalid) => {
            for problem in invalid.0 {
                let question = Question::parse(problem.field).unwrap_or(Question::Result);
                wrong.push((
                    question,
                    match (question, problem.why.key) {
                        (Question::EndedOn, "problem-end-before-start") => Wrong::EndBeforeStart,
                        (Question::StartedOn | Question::EndedOn, _) => Wrong::Date,
                        (Question::HoursWeek, _) => Wrong::Hours,
                        _ => Wrong::Empty,
                    },
                ));
            }
            Err(wrong)
        }
    }
}

/// What was said of a hire goes with it, and the reason for a no with the no.
fn consistent(cells: &mut BTreeMap<&'static str, String>) {
    let is = |cells: &BTreeMap<&'static str, String>, column, value: &str| {
        cells.get(column).is_some_and(|cell| cell == value)
    };
    let stated = cells.get("result").is_some_and(|cell| !cell.is_empty());
    if stated && !is(cells, "result", Said::Hired.code()) {
        for column in OF_A_HIRE {
            cells.remove(column);
        }
    }
    if is(cells, "result", Said::Hired.code()) || is(cells, "result", Said::Deciding.code()) {
        cells.remove("reason");
    }
    if is(cells, "still_working", "yes") {
        cells.remove("ended_on");
        cells.remove("end_reason");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(wave: Wave) -> Head {
        [
            ("introduction", "I-000001".to_owned()),
            ("side", "family".to_owned()),
            ("wave", wave.code().to_owned()),
            ("answered_on", "2026-04-01".to_owned()),
            ("via", "mail".to_owned()),
        ]
    }

    type Sent = &'static [(Question, &'static str)];

    fn told(before: Option<&Answer>, wave: Wave, step: Step, sent: Sent) -> Told {
        let hired = before.is_some_and(|before| before.result == Some(Said::Hired));
        let asked = questions(wave, Asked::Family, step, hired);
        answer(before, head(wave), &asked, &|question| {
            let of = sent.iter().find(|(one, _)| *one == question);
            of.map(|(_, text)| (*text).to_owned())
        })
    }

    #[test]
    fn no_screen_asks_more_than_four_questions() {
        for wave in Wave::ALL {
            for side in Asked::ALL {
                for step in Step::ALL {
                    for hired in [true, false] {
                        assert!(questions(*wave, *side, *step, hired).len() <= 4);
                    }
                }
            }
        }
    }

    #[test]
    fn a_later_screen_adds_to_what_was_said() {
        let (first, _) = told(None, Wave::W2, Step::First, &[(Question::Result, "hired")]).unwrap();
        assert_eq!(
            next(Wave::W2, Asked::Family, Step::First, &first),
            Some(Step::Job)
        );
        let sent: Sent = &[
            (Question::StartedOn, "2026-02-01"),
            (Question::HoursWeek, "25"),
        ];
        let (job, _) = told(Some(&first), Wave::W2, Step::Job, sent).unwrap();
        assert_eq!((job.result, job.hours_week), (Some(Said::Hired), Some(25)));
        assert_eq!(
            next(Wave::W2, Asked::Family, Step::Job, &job),
            Some(Step::Last)
        );
        let sent: Sent = &[(Question::Notified, "yes"), (Question::Comment, " grazie ")];
        let (last, comment) = told(Some(&job), Wave::W2, Step::Last, sent).unwrap();
        assert_eq!(last.notified, Some(Notified::Yes));
        assert_eq!(comment.as_deref(), Some("grazie"));
        assert_eq!(next(Wave::W2, Asked::Family, Step::Last, &last), None);
        let (again, _) = told(
            Some(&last),
            Wave::W2,
            Step::First,
            &[(Question::Result, "no")],
        )
        .unwrap();
        assert_eq!(
            (again.hours_week, again.notified),
            (None, None),
            "no hire, no hours"
        );
    }

    #[test]
    fn rather_not_say_is_said_and_silence_is_not() {
        let (said, _) = told(None, Wave::W1, Step::First, &[(Question::Result, NOT_SAID)]).unwrap();
        assert_eq!(said.result, None);
        let nothing = told(None, Wave::W1, Step::First, &[(Question::Result, "")]);
        assert_eq!(nothing.unwrap_err(), [(Question::Result, Wrong::Empty)]);
    }

    #[test]
    fn what_cannot_be_is_told_beside_its_question() {
        let (hired, _) = told(None, Wave::W2, Step::First, &[(Question::Result, "hired")]).unwrap();
        for (sent, expected) in [
            ([(Question::StartedOn, "31/02/2026")], Wrong::Date),
            ([(Question::HoursWeek, "200")], Wrong::Hours),
        ] as [([(Question, &str); 1], Wrong); 2]
        {
            let asked = questions(Wave::W2, Asked::Family, Step::Job, true);
            let wrong = answer(Some(&hired), head(Wave::W2), &asked, &|question| {
                (question == sent[0].0).then(|| sent[0].1.to_owned())
            });
            assert_eq!(wrong.unwrap_err(), [(sent[0].0, expected)]);
        }
        let mut started = hired;
        started.started_on = "2026-02-01".parse().ok();
        let sent: Sent = &[
            (Question::StillWorking, "no"),
            (Question::EndedOn, "2026-01-01"),
        ];
        let wrong = told(Some(&started), Wave::W3, Step::First, sent).unwrap_err();
        assert_eq!(wrong, [(Question::EndedOn, Wrong::EndBeforeStart)]);
    }
}
