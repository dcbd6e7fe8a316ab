//! What was measured of one size, kept in a file so that a run that was cut goes on
//! where it was. `BENCH_STATE` names the folder; a part of another commit is measured
//! anew.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::sql::What;
use crate::{Medians, commit, size_name};

const ENGINES: [&str; 5] = ["ours", "scan", "sqlite", "postgres", "duckdb"];
const LISTS: [(What, &str); 2] = [(What::Fits, "top20"), (What::NearMisses, "near_misses")];

/// Of one size.
pub struct Part {
    pub medians: Medians,
    /// What the market is like.
    pub facts: Value,
    /// How long a start takes.
    pub start: Value,
    /// What a page costs.
    pub page: Value,
}

fn file(size: usize) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("BENCH_STATE")?);
    std::fs::create_dir_all(&folder).expect("a folder for parts");
    Some(folder.join(format!("{}.json", size_name(size))))
}

/// Takes away what was kept, when a run has come to its end.
pub fn forget() {
    if let Some(folder) = std::env::var_os("BENCH_STATE") {
        std::fs::remove_dir_all(folder).expect("the folder is ours");
    }
}

impl Part {
    /// One that was kept of this very commit.
    pub fn kept(size: usize) -> Option<Self> {
        let said: Value = serde_json::from_slice(&std::fs::read(file(size)?).ok()?).ok()?;
        if said["commit"] != json!(commit()) {
            return None;
        }
        let mut medians = Medians::new();
        for engine in ENGINES {
            for (what, list) in LISTS {
                let runs = said["medians"][engine][list].as_array();
                let runs: Vec<f64> = runs?.iter().filter_map(Value::as_f64).collect();
                if !runs.is_empty() {
                    medians.insert((engine, what, size), runs);
                }
            }
        }
        let part = |name: &str| said[name].clone();
        Some(Self {
            medians,
            facts: part("facts"),
            start: part("start"),
            page: part("page"),
        })
    }

    /// Keeps it, where somebody asked for that.
    pub fn keep(&self, size: usize) {
        let Some(file) = file(size) else { return };
        let runs = |engine| {
            let runs = |what| self.medians.get(&(engine, what, size));
            let of_list = |(what, list): (What, &str)| {
                let runs = runs(what).cloned().unwrap_or_default();
                (list.to_owned(), json!(runs))
            };
            let lists: Map<String, Value> = LISTS.into_iter().map(of_list).collect();
            (engine.to_owned(), Value::Object(lists))
        };
        let medians: Map<String, Value> = ENGINES.into_iter().map(runs).collect();
        let said = json!({
            "commit": commit(),
            "medians": medians,
            "facts": self.facts,
            "start": self.start,
            "page": self.page,
        });
        std::fs::write(file, said.to_string()).expect("a part is written");
    }
}
