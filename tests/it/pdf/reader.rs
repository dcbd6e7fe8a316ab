//! Reads a printed PDF with the poppler tools and qpdf. A missing tool fails the
//! test with its name.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A PDF on disk under the test's own name.
pub struct Printed(PathBuf);

impl Printed {
    pub fn new(test: &str, bytes: &[u8]) -> Self {
        // Two tests may print the same at the same time: neither finds half a file.
        static PRINTED: AtomicU32 = AtomicU32::new(0);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join(format!("{test}.pdf"));
        let part = format!("{test}.{}.part", PRINTED.fetch_add(1, Ordering::Relaxed));
        let part = folder.join(part);
        std::fs::write(&part, bytes).expect("the target folder takes files");
        std::fs::rename(&part, &path).expect("the target folder takes files");
        Self(path)
    }

    /// All text in the order of the content, with runs of white space as one
    /// space: lines may break anywhere.
    pub fn words(&self) -> String {
        one_line(&self.tool("pdftotext", &["-enc", "UTF-8", "-raw"], &["-"]))
    }

    /// All text as it stands on the page, each script in its own direction.
    pub fn laid_out(&self) -> String {
        one_line(&self.tool("pdftotext", &["-enc", "UTF-8"], &["-"]))
    }

    /// The text under the tags: what is read aloud, in that order.
    pub fn tagged_words(&self) -> String {
        let structure = self.structure();
        let texts: Vec<&str> = structure
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('"')?.strip_suffix('"'))
            .collect();
        one_line(&texts.join(" "))
    }

    /// The texts that stand for pictures, in no order.
    pub fn alternatives(&self) -> Vec<String> {
        self.strings("/Alt ", "/S /Figure")
    }

    /// The titles of the bookmarks, in no order.
    pub fn bookmarks(&self) -> Vec<String> {
        self.strings("/Title ", "/Parent")
    }

    /// One field of the document's information.
    pub fn info(&self, field: &str) -> Option<String> {
        self.tool("pdfinfo", &[], &[]).lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name == field).then(|| value.trim().to_owned())
        })
    }

    pub fn pages(&self) -> usize {
        self.info("Pages")
            .and_then(|pages| pages.parse().ok())
            .expect("a page count")
    }

    /// The structure tree with its text.
    pub fn structure(&self) -> String {
        self.tool("pdfinfo", &["-struct-text"], &[])
    }

    /// One row a font: name, type, encoding, emb, sub, uni, object.
    pub fn fonts(&self) -> Vec<String> {
        self.tool("pdffonts", &[], &[])
            .lines()
            .skip(2)
            .map(str::to_owned)
            .collect()
    }

    /// Every font is embedded, as far as it is used, and knows its letters: what is read
    /// aloud, searched and copied is what is seen.
    pub fn check_fonts(&self) {
        let fonts = self.fonts();
        assert!(!fonts.is_empty(), "no text");
        for font in fonts {
            let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes", "yes", "yes"], "{font}");
            assert!(font.contains("NotoSans"), "{font}");
        }
    }

    /// Where the words of a page stand: left, top, right and bottom, in points.
    pub fn places(&self, page: usize) -> Vec<(String, [f64; 4])> {
        let page = page.to_string();
        let told = self.tool("pdftotext", &["-bbox", "-f", &page, "-l", &page], &["-"]);
        let word = |line: &str| {
            let (place, rest) = line.trim().strip_prefix("<word ")?.split_once('>')?;
            let sides: Vec<f64> = place
                .split('"')
                .filter_map(|side| side.parse().ok())
                .collect();
            Some((
                rest.trim_end_matches("</word>").to_owned(),
                sides.try_into().ok()?,
            ))
        };
        told.lines().filter_map(word).collect()
    }

    /// A page as a printer without colour prints it.
    pub fn grey(&self, page: usize) -> Grey {
        let page = page.to_string();
        let dots = DOTS.to_string();
        let asked = ["-gray", "-r", &dots, "-f", &page, "-l", &page];
        let bytes = self.bytes("pdftoppm", &asked, &[]);
        let mut rest = bytes.as_slice();
        let mut head = Vec::new();
        while head.len() < 4 {
            let end = rest.iter().position(u8::is_ascii_whitespace);
            let (word, more) = rest.split_at(end.expect("a head"));
            head.push(std::str::from_utf8(word).expect("a head").to_owned());
            rest = &more[1..];
        }
        assert_eq!((head[0].as_str(), head[3].as_str()), ("P5", "255"));
        Grey {
            width: head[1].parse().expect("a width"),
            shades: rest.to_vec(),
        }
    }

    pub fn check_syntax(&self) {
        self.tool("qpdf", &["--check"], &[]);
    }

    /// The whole file with its streams unpacked, for what no tool shows.
    pub fn unpacked(&self) -> String {
        let bytes = self.bytes("qpdf", &["--qdf", "--object-streams=disable"], &["-"]);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn strings(&self, key: &str, beside: &str) -> Vec<String> {
        let raw = self.unpacked();
        raw.split("endobj")
            .filter(|object| object.contains(beside) && !object.contains("stream"))
            .filter_map(|object| {
                let value = object
                    .lines()
                    .find_map(|line| line.trim().strip_prefix(key))?;
                value.starts_with(['<', '(']).then(|| pdf_string(value))
            })
            .collect()
    }

    fn tool(&self, name: &str, before: &[&str], after: &[&str]) -> String {
        // pdfinfo writes the titles of headings as bare UTF-16
        String::from_utf8_lossy(&self.bytes(name, before, after)).into_owned()
    }

    fn bytes(&self, name: &str, before: &[&str], after: &[&str]) -> Vec<u8> {
        let output = Command::new(name)
            .args(before)
            .arg(&self.0)
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{name} is needed by this test: {error}"));
        assert!(
            output.status.success(),
            "{name}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        output.stdout
    }
}

/// Dots an inch of a page in grey.
const DOTS: u32 = 150;

/// A page in shades of grey, 0 black and 255 white.
pub struct Grey {
    width: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// The shades along a line from `left` to `right`, at a height, all in points.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place on a page is neither negative nor large"
    )]
    pub fn along(&self, (left, right): (f64, f64), height: f64) -> Vec<u8> {
        let dot = |points: f64| (points * f64::from(DOTS) / 72.0).round() as usize;
        let line = dot(height) * self.width;
        self.shades[line + dot(left)..line + dot(right)].to_vec()
    }
}

/// How far two shades are apart, as WCAG 2 reckons contrast: 1 to 21.
pub fn contrast(one: u8, other: u8) -> f64 {
    let light = |shade: u8| {
        let part = f64::from(shade) / 255.0;
        let linear = if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        };
        linear + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string object: `<feff…>` is UTF-16, `(…)` plain.
fn pdf_string(value: &str) -> String {
    match value
        .strip_prefix("<feff")
        .and_then(|hex| hex.strip_suffix('>'))
    {
        Some(hex) => {
            let units: Vec<u16> = hex
                .as_bytes()
                .chunks(4)
                .map(|unit| {
                    let unit = std::str::from_utf8(unit).expect("hex digits");
                    u16::from_str_radix(unit, 16).expect("hex digits")
                })
                .collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => value.trim_matches(['(', ')']).to_owned(),
    }
}
