//! The access log: files in and out, the yearly report against a second, slow
//! computation, and that nothing in it leads to anybody.

mod files;
mod identity;
mod report;
mod second;

use serde_json::Value;

use crate::support::program::Program;

/// A program with a third desk, whose log is filled from files.
pub struct Log(pub Program);

impl Log {
    pub fn over(program: Program) -> Self {
        Self(program)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let file = self.0.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    /// Loads a file of `kind`; what the program says of it comes back.
    pub fn report(&self, kind: &str, text: &str, more: &[&str]) -> Value {
        let file = self.write(kind, text);
        let ran = self
            .0
            .run(&[&["import", kind, &file, "--json"], more].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"))
    }

    /// Loads what must be good; read, added, updated, unchanged.
    pub fn load(&self, kind: &str, text: &str) -> [u64; 4] {
        let report = self.report(kind, text, &[]);
        assert_eq!(report["rejected"], serde_json::json!([]));
        counts(&report)
    }

    /// Loads what cannot be read at all; the one line comes back.
    pub fn refused(&self, kind: &str, text: &str) -> String {
        let file = self.write(kind, text);
        self.0.refused(&["import", kind, &file])
    }

    pub fn export(&self, kind: &str, more: &[&str]) -> String {
        self.0.ok(&[&["export", kind], more].concat())
    }

    pub fn year(&self, year: i32, more: &[&str]) -> Value {
        let year = year.to_string();
        let args = ["report", "access", "--year", &year, "--json"];
        serde_json::from_str(&self.0.ok(&[&args[..], more].concat())).unwrap()
    }
}

pub fn counts(report: &Value) -> [u64; 4] {
    ["read", "added", "updated", "unchanged"].map(|key| report[key].as_u64().unwrap())
}
