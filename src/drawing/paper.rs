//! What all pictures share: the frame, the texts, the pattern of the year before.

use std::fmt::Write as _;

/// A picture and what it says to those who don't see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub svg: String,
    pub title: String,
    /// What it shows, in a sentence or two.
    pub summary: String,
}

pub(super) const INK: &str = "#1a1a1a";
pub(super) const LINE: &str = "#8a97a3";
pub(super) const NOW: &str = "#004d99";
/// Width of every picture, in its own units: text of 13 stays readable when a
/// telephone shows it.
pub(super) const WIDTH: f64 = 360.0;

/// A picture in the making.
pub(super) struct Paper {
    id: String,
    body: String,
}

impl Paper {
    pub(super) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            body: String::new(),
        }
    }

    /// A reference to the pattern of the year before.
    pub(super) fn before(&self) -> String {
        format!("url(#{}-before)", self.id)
    }

    /// A reference to the pattern of what is withheld.
    pub(super) fn withheld(&self) -> String {
        format!("url(#{}-withheld)", self.id)
    }

    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
        let _ = write!(
            self.body,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}" stroke="{INK}" stroke-width="0.8"/>"#
        );
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str) {
        let _ = write!(
            self.body,
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}" stroke-width="1"/>"#,
            from.0, from.1, to.0, to.1
        );
    }

    pub(super) fn path(&mut self, shape: &str, fill: &str, name: &str) {
        let name = escaped(name);
        let _ = write!(
            self.body,
            r#"<path d="{shape}" fill="{fill}" stroke="{INK}" stroke-width="0.7" fill-rule="evenodd"><title>{name}</title></path>"#
        );
    }

    /// `anchor`: `start`, `middle` or `end`.
    pub(super) fn text(&mut self, (x, y): (f64, f64), size: f64, anchor: &str, text: &str) {
        let text = escaped(text);
        let _ = write!(
            self.body,
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" text-anchor="{anchor}">{text}</text>"#
        );
    }

    /// What the two shades mean.
    pub(super) fn key(&mut self, y: f64, now: &str, before: &str) {
        self.rect((0.0, y), (14.0, 10.0), NOW);
        self.text((19.0, y + 10.0), 13.0, "start", now);
        let pattern = self.before();
        self.rect((100.0, y), (14.0, 10.0), &pattern);
        self.text((119.0, y + 10.0), 13.0, "start", before);
    }

    pub(super) fn finish(self, height: f64, title: &str, summary: &str) -> Picture {
        let Self { id, body } = self;
        let (named, told) = (escaped(title), escaped(summary));
        let svg = format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" class="dom-picture" viewBox="-2 -2 {width} {height:.0}" "#,
                r#"role="img" aria-labelledby="{id}-title {id}-text" font-family="Titillium Web, Noto Sans, sans-serif" fill="{ink}">"#,
                r#"<title id="{id}-title">{named}</title><desc id="{id}-text">{told}</desc>"#,
                r#"<defs><pattern id="{id}-before" width="5" height="5" patternUnits="userSpaceOnUse">"#,
                r##"<rect width="5" height="5" fill="#fff"/><path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="{ink}" stroke-width="1.1"/></pattern>"##,
                r#"<pattern id="{id}-withheld" width="6" height="6" patternUnits="userSpaceOnUse">"#,
                r##"<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1" fill="{ink}"/></pattern></defs>"##,
                r#"{body}</svg>"#
            ),
            width = WIDTH + 4.0,
            height = height + 4.0,
            ink = INK,
            id = id,
            named = named,
            told = told,
            body = body,
        );
        Picture {
            svg,
            title: title.to_owned(),
            summary: summary.to_owned(),
        }
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A round number at or above the largest, to end an axis at.
pub(super) fn round_up(largest: u64) -> u64 {
    let mut unit = 1;
    loop {
        for step in [4, 8, 12, 16, 20, 24, 32] {
            if unit * step >= largest {
                return unit * step;
            }
        }
        unit *= 10;
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a picture is a few hundred units wide"
)]
pub(super) fn real(number: u64) -> f64 {
    number as f64
}
