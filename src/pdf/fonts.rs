//! The fonts that travel inside the program, and what they can draw. Nothing is
//! looked for on the machine: the same sheet comes out everywhere.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static FILES: [&[u8]; 4] = [
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
    include_bytes!("fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("fonts/NotoSansArabic-Bold.ttf"),
];

/// The weights of one family in [`FILES`].
const WEIGHTS: usize = 2;

pub(super) struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
}

pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES
        .into_iter()
        .map(|file| Font::new(Bytes::new(file), 0).expect("the embedded fonts are well formed"))
        .collect();
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether every character of `text` can be printed; the error is the first
/// that cannot.
///
/// Covered are Latin, Greek, Cyrillic and Arabic with their marks. Control
/// characters (a line break is one) and those that turn the direction of what
/// follows are refused, whatever the fonts say.
pub fn can_print(text: &str) -> Result<(), char> {
    let characters: Vec<char> = text.nfc().collect();
    let mut rest = characters.as_slice();
    while let Some((&first, after)) = rest.split_first() {
        let marks = after.iter().take_while(|c| is_combining_mark(**c)).count();
        let (cluster, next) = rest.split_at(1 + marks);
        rest = next;
        if cluster.len() == 1 && isolates_direction(first) {
            continue;
        }
        if let Some(refused) = cluster
            .iter()
            .find(|c| c.is_control() || overrides_direction(**c))
        {
            return Err(*refused);
        }
        // a letter and its mark must come from one font, or the mark stands alone
        if !FONTS
            .fonts
            .chunks(WEIGHTS)
            .any(|family| draws(family, cluster))
        {
            let missing = cluster.iter().find(|c| {
                !FONTS
                    .fonts
                    .chunks(WEIGHTS)
                    .any(|family| draws(family, &[**c]))
            });
            return Err(*missing.or(cluster.last()).unwrap_or(&first));
        }
    }
    Ok(())
}

/// Takes the direction isolates out of a text that is written in one direction
/// only, from left to right: there they do nothing but come along when it is
/// copied.
pub(super) fn drop_idle_isolates(text: &mut String) {
    if !text.chars().any(runs_leftward) {
        text.retain(|c| !isolates_direction(c));
    }
}

fn draws(family: &[Font], cluster: &[char]) -> bool {
    family.iter().all(|font| {
        cluster
            .iter()
            .all(|c| font.info().coverage.contains(u32::from(*c)))
    })
}

/// The isolates that a message catalogue puts around a value: they draw nothing.
fn isolates_direction(character: char) -> bool {
    matches!(character, '\u{2066}'..='\u{2069}')
}

fn overrides_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}')
}

/// The letters of Hebrew, Arabic and their neighbours.
fn runs_leftward(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}
