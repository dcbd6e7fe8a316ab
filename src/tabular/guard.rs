//! Keeps a spreadsheet from running text as a formula: an apostrophe is set
//! before what would start one, and reading takes exactly that one off again.
//!
//! Every text is guarded, a lone `-` and a number with a sign too: a rule
//! without exceptions can be undone for every string. Text that already has
//! apostrophes there gets one more. A cell that was never guarded has no such
//! apostrophe, and is read as it stands.
//!
//! Besides the start of the cell, what follows a `;` or a line break is
//! guarded: an Italian Excel splits a comma-separated file at `;`, whatever
//! the quotes around the cell say, and there a new cell begins.

/// What starts a formula in some spreadsheet, the wide forms included, and the
/// characters that spreadsheets skip before they look for one.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

fn is_skipped(c: char) -> bool {
    matches!(c, '\t' | '\r' | '\n' | '\0')
}

fn opens_cell(c: char) -> bool {
    matches!(c, ';' | '\t' | '\r' | '\n')
}

/// Where text has apostrophes (none or more) and then what must not stand at a
/// cell's start: byte offset and number of apostrophes.
fn dangers(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let starts = std::iter::once(0).chain(
        text.char_indices()
            .filter(|&(_, c)| opens_cell(c))
            .map(|(at, c)| at + c.len_utf8()),
    );
    starts.filter_map(move |start| {
        let rest = text[start..].trim_start_matches('\'');
        let apostrophes = text.len() - start - rest.len();
        let first = rest.chars().next()?;
        let danger = starts_formula(first) || (start == 0 && is_skipped(first));
        danger.then_some((start, apostrophes))
    })
}

/// Text as it may stand in a file.
pub fn guard(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 1);
    let mut copied = 0;
    for (start, _) in dangers(text) {
        guarded.push_str(&text[copied..start]);
        guarded.push('\'');
        copied = start;
    }
    guarded.push_str(&text[copied..]);
    guarded
}

/// The text that [`guard`] was given; text without a guard stays as it is.
pub fn unguard(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut copied = 0;
    for (start, apostrophes) in dangers(cell) {
        if apostrophes > 0 {
            text.push_str(&cell[copied..start]);
            copied = start + 1;
        }
    }
    text.push_str(&cell[copied..]);
    text
}
