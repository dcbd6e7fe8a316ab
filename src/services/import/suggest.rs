//! What was probably meant: the comune whose name is written most like the
//! typed one. Searched only for the first few names of a file: somebody mends a
//! hundred typing mistakes by looking at the column, not at suggestions.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::invalid::Why;
use crate::domain::place::Comune;
use crate::domain::text::fold;

const MOST_NAMES: usize = 100;
/// Letters that may be wrong.
const FARTHEST: usize = 2;

#[derive(Default)]
pub(super) struct Suggestions {
    known: HashMap<String, Option<Comune>>,
}

impl Suggestions {
    /// The same reason, with the nearest name where there is one.
    pub fn improve(&mut self, why: Why) -> Why {
        if why.key != "problem-comune-unknown" {
            return why;
        }
        let Some((_, name)) = why.args.iter().find(|(key, _)| *key == "name") else {
            return why;
        };
        match self.nearest(name) {
            Some(near) => Why::new("problem-comune-unknown-near")
                .with("name", name)
                .with("near", near.unique_name()),
            None => why,
        }
    }

    fn nearest(&mut self, name: &str) -> Option<Comune> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        if self.known.len() == MOST_NAMES {
            return None;
        }
        let found = nearest(name);
        self.known.insert(name.to_owned(), found);
        found
    }
}

fn nearest(name: &str) -> Option<Comune> {
    static FOLDED: OnceLock<Vec<(String, Comune)>> = OnceLock::new();
    let all = FOLDED.get_or_init(|| {
        Comune::all()
            .map(|comune| (fold(comune.name()), comune))
            .collect()
    });
    let typed = fold(name.split(" (").next().unwrap_or(name));
    if typed.chars().count() < 3 {
        return None;
    }
    all.iter()
        .filter(|(folded, _)| folded.len().abs_diff(typed.len()) <= FARTHEST)
        .map(|(folded, comune)| (strsim::damerau_levenshtein(&typed, folded), *comune))
        .filter(|(distance, _)| *distance <= FARTHEST && distance * 3 <= typed.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, comune)| comune)
}
