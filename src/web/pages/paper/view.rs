//! What each paper holds: in Italian, with another language beneath where somebody
//! asks for it. A notice and an authorisation bear the version that is recorded.

use crate::catalogue::{Language, Words};
use crate::domain::informing::NoticeKind;
use crate::domain::notice::Notice;
use crate::pdf::paper::{Pair, PaperView, PartView, QuestionView, Space};
use crate::services::informing::words::Notice as Published;
use crate::services::registering::Form;
use crate::web::pages::registering::blank::{both, parts};

/// A paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    Worker,
    Request,
    NoticeWorker,
    NoticeFamily,
    Authorisation,
}

impl Paper {
    /// All, in the order in which they are handed out.
    pub const ALL: [Self; 5] = [
        Self::Worker,
        Self::NoticeWorker,
        Self::Authorisation,
        Self::Request,
        Self::NoticeFamily,
    ];

    /// The code, as in addresses and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Request => "request",
            Self::NoticeWorker => "notice_worker",
            Self::NoticeFamily => "notice_family",
            Self::Authorisation => "authorisation",
        }
    }

    /// By its code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.code() == code)
    }
}

/// The languages that a paper can have, Italian first.
pub fn language(tag: &str) -> Option<Language> {
    let mut written = Language::WRITTEN.into_iter();
    written.find(|language| language.tag() == tag)
}

/// Both languages.
#[derive(Clone, Copy)]
struct Two {
    words: Words,
    other: Option<Words>,
}

impl Two {
    fn of(self, key: &str) -> Pair {
        both(self.words, self.other, key)
    }

    fn all(self, keys: &[&str]) -> Vec<Pair> {
        keys.iter().map(|key| self.of(key)).collect()
    }
}

impl Paper {
    /// Whose notice it is, or bears the version of.
    pub fn notice(self) -> Option<NoticeKind> {
        match self {
            Self::NoticeWorker | Self::Authorisation => Some(NoticeKind::Worker),
            Self::NoticeFamily => Some(NoticeKind::Family),
            Self::Worker | Self::Request => None,
        }
    }
}

/// The paper as it is printed, with the words that the program comes with.
pub fn view(paper: Paper, second: Language, owner: &str) -> PaperView {
    view_with(paper, second, owner, None)
}

/// The same with a notice that an administrator published, where there is one.
pub fn view_with(
    paper: Paper,
    second: Language,
    owner: &str,
    published: Option<&Published>,
) -> PaperView {
    let words = Words::new(Language::It);
    let other = (second != Language::It).then(|| Words::new(second));
    let two = Two { words, other };
    let from = published.map_or_else(|| Notice::latest().valid_from(), |one| one.valid_from);
    let title = format!("paper-title-{}", paper.code());
    let fills_in = matches!(paper, Paper::Worker | Paper::Request);
    let date = words.date(from);
    PaperView {
        language: words.tag().to_owned(),
        second: other.map_or(String::new(), |other| other.tag().to_owned()),
        second_right_to_left: second.direction() == "rtl",
        owner: owner.to_owned(),
        title: two.of(&title),
        intro: if fills_in {
            two.of("paper-intro")
        } else {
            Pair::default()
        },
        parts: match published {
            Some(one) if paper != Paper::Authorisation => published_parts(two, second, one),
            _ => parts_of(paper, two),
        },
        signing: signing(paper, two),
        version: words.with("paper-version", &[("date", &date)]),
        page: words.with("paper-page", &[("page", &"{page}"), ("pages", &"{pages}")]),
        days: (0..7)
            .map(|day| two.of(&format!("weekday-{day}")))
            .collect(),
        day_heading: two.of("paper-day"),
        from: two.of("paper-from"),
        until: two.of("paper-until"),
        on: from,
    }
}

fn parts_of(paper: Paper, two: Two) -> Vec<PartView> {
    match paper {
        Paper::Worker => parts(Form::Worker, two.words, two.other),
        Paper::Request => {
            let mut all = parts(Form::Family, two.words, two.other);
            all.extend(parts(Form::Request, two.words, two.other));
            all
        }
        Paper::NoticeWorker => notice(
            two,
            &[
                "notice-why",
                "notice-worker-what",
                "notice-worker-never",
                "notice-worker-seen",
            ],
        ),
        Paper::NoticeFamily => notice(
            two,
            &["notice-why", "notice-family-what", "notice-family-seen"],
        ),
        Paper::Authorisation => authorisation(two),
    }
}

fn blank(label: Pair) -> QuestionView {
    QuestionView {
        label,
        hint: Pair::default(),
        space: Space::Line,
        boxes: Vec::new(),
    }
}

/// What an administrator published, with the same in the second language where it has it.
fn published_parts(two: Two, second: Language, notice: &Published) -> Vec<PartView> {
    let in_language = |language| notice.text(language).map(|one| one.paragraphs.clone());
    let italian = in_language(Language::It).unwrap_or_default();
    let other = two.other.and_then(|_| in_language(second));
    let mut other = other.unwrap_or_default();
    if other.len() > italian.len() {
        let rest = other.split_off(italian.len().saturating_sub(1));
        other.push(rest.join(" "));
    }
    other.resize(italian.len(), String::new());
    let both = italian.into_iter().zip(other);
    let mut paragraphs: Vec<Pair> = both.map(|(own, other)| Pair { own, other }).collect();
    paragraphs.push(two.of("paper-read"));
    let what = PartView {
        paragraphs,
        ..PartView::default()
    };
    vec![who(two, Vec::new()), what]
}

// Who answers for the data is the body's to write: the program does not know it.
fn who(two: Two, paragraphs: Vec<Pair>) -> PartView {
    PartView {
        paragraphs,
        questions: ["notice-owner", "notice-dpo"]
            .map(|key| blank(two.of(key)))
            .into(),
        ..PartView::default()
    }
}

fn notice(two: Two, keys: &[&str]) -> Vec<PartView> {
    let who = who(two, two.all(&["notice-who"]));
    let mut paragraphs = two.all(keys);
    paragraphs.extend(two.all(&["notice-asked", "notice-rights", "paper-read"]));
    let what = PartView {
        paragraphs,
        ..PartView::default()
    };
    vec![who, what]
}

fn authorisation(two: Two) -> Vec<PartView> {
    let keys = [
        "authorise-text",
        "authorise-shows",
        "authorise-hides",
        "authorise-back",
    ];
    vec![PartView {
        heading: Pair::default(),
        paragraphs: two.all(&keys),
        questions: vec![QuestionView {
            label: two.of("authorise-asking"),
            hint: Pair::default(),
            space: Space::Boxes,
            boxes: two.all(&["authorise-ask-me", "authorise-do-not-ask"]),
        }],
    }]
}

fn signing(paper: Paper, two: Two) -> Vec<Pair> {
    let hand = ["paper-name", "paper-date", "paper-signature"];
    let mut lines = match paper {
        Paper::Worker | Paper::Request => two.all(&hand[1..]),
        Paper::NoticeWorker | Paper::NoticeFamily | Paper::Authorisation => two.all(&hand),
    };
    lines.push(both(two.words, None, "paper-folder"));
    lines
}
