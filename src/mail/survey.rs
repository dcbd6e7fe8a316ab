//! The mail that asks what became of introductions: one question a name, one link
//! for each likely answer. A link opens a page with that answer chosen and
//! records nothing.

use askama::Template;
use chrono::NaiveDate;

use super::message::Rendered;
use crate::catalogue::Words;
use crate::domain::answer::Wave;
use crate::domain::follow_up::Asked;
use crate::domain::mail::MailKind;

/// One name that somebody is asked about.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its place among those of the mailing, from 1.
    pub number: usize,
    pub wave: Wave,
    /// The given name and an initial.
    pub name: String,
    /// The day of the sheet.
    pub issued_on: NaiveDate,
}

/// What the mail is made of.
#[derive(Debug, Clone)]
pub struct Survey {
    pub words: Words,
    pub kind: MailKind,
    pub side: Asked,
    pub names: Vec<Name>,
    /// The address of the page, its token included.
    pub page: String,
    pub signature: String,
}

struct Question {
    ask: String,
    /// Of which sheet.
    of: String,
    answers: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "mails/survey.txt", escape = "none")]
struct Plain<'a> {
    t: Words,
    intro: &'a str,
    questions: &'a [Question],
    page: &'a str,
    signature: &'a str,
}

#[derive(Template)]
#[template(path = "mails/survey.html")]
struct Html<'a> {
    t: Words,
    subject: &'a str,
    intro: &'a str,
    questions: &'a [Question],
    page: &'a str,
    signature: &'a str,
}

impl Survey {
    /// The mail in words.
    pub fn render(&self) -> Result<Rendered, askama::Error> {
        let words = self.words;
        let (subject, intro) = match (self.kind, self.side) {
            (MailKind::FirstReminder, _) => ("survey-mail-subject-again", "survey-mail-again"),
            (MailKind::LastReminder, _) => ("survey-mail-subject-last", "survey-mail-last"),
            (_, Asked::Family) => ("survey-mail-subject", "survey-mail-intro-family"),
            (_, Asked::Worker) => ("survey-mail-subject", "survey-mail-intro-worker"),
        };
        let (subject, intro) = (words.get(subject), words.get(intro));
        let questions: Vec<Question> = self.names.iter().map(|name| self.question(name)).collect();
        let plain = Plain {
            t: words,
            intro: &intro,
            questions: &questions,
            page: &self.page,
            signature: &self.signature,
        };
        let html = Html {
            t: words,
            subject: &subject,
            intro: &intro,
            questions: &questions,
            page: &self.page,
            signature: &self.signature,
        };
        Ok(Rendered {
            plain: plain.render()?,
            html: html.render()?,
            subject: subject.into_owned(),
        })
    }

    fn question(&self, name: &Name) -> Question {
        let words = self.words;
        let answers: &[(&str, &str)] = match (name.wave.is_of_a_hire(), self.side) {
            (true, _) => &[("survey-together-yes", "yes"), ("survey-together-no", "no")],
            (false, Asked::Family) => &[
                ("survey-result-hired", "hired"),
                ("survey-result-deciding", "deciding"),
                ("survey-result-no", "no"),
                ("survey-result-elsewhere", "elsewhere"),
            ],
            (false, Asked::Worker) => &[
                ("survey-result-hired", "hired"),
                ("survey-result-deciding", "deciding"),
                ("survey-result-no", "no"),
            ],
        };
        let link = |code: &str| format!("{}?n={}&a={code}", self.page, name.number);
        let ask = match name.wave {
            Wave::W1 => "survey-ask-w1",
            Wave::W2 => "survey-ask-w2",
            Wave::W3 => "survey-ask-w3",
            Wave::W4 => "survey-ask-w4",
        };
        Question {
            ask: words.with(ask, &[("name", &words.isolated(&name.name))]),
            of: words.with("survey-mail-of", &[("date", &words.date(name.issued_on))]),
            answers: answers
                .iter()
                .map(|(label, code)| (words.get(label).into_owned(), link(code)))
                .collect(),
        }
    }
}
