//! Reads a printed PDF with the poppler tools and qpdf. A missing tool fails the
//! test with its name.

use std::path::PathBuf;
use std::process::Command;

/// A PDF on disk under the test's own name.
pub struct Printed(PathBuf);

impl Printed {
    pub fn new(test: &str, bytes: &[u8]) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.pdf"));
        std::fs::write(&path, bytes).expect("the target folder takes files");
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
