//! The reference tables as plain maps, and weeks as 336 plain yes or no, read
//! anew from the files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::matching::rows::{Row, cell, items, read};

pub struct Tables {
    pub comuni: BTreeMap<String, Row>,
    pub names: BTreeMap<String, String>,
    pub skills: BTreeMap<String, Row>,
    pub qualifications: BTreeMap<String, Row>,
    pub permits: BTreeMap<String, Row>,
    pub limits: Vec<Row>,
}

fn keyed(text: &str, key: &str) -> BTreeMap<String, Row> {
    let rows = read(text).into_iter();
    rows.map(|row| (cell(&row, key).to_owned(), row)).collect()
}

impl Tables {
    pub fn load() -> Self {
        let comuni = keyed(include_str!("../../../../data/comuni.csv"), "istat_code");
        Self {
            names: comuni
                .values()
                .map(|row| {
                    (
                        cell(row, "name").to_owned(),
                        cell(row, "istat_code").to_owned(),
                    )
                })
                .collect(),
            comuni,
            skills: keyed(include_str!("../../../../data/skills.csv"), "code"),
            qualifications: keyed(include_str!("../../../../data/qualifications.csv"), "code"),
            permits: keyed(include_str!("../../../../data/permit_types.csv"), "code"),
            limits: read(include_str!("../../../../data/ccnl_limits.csv")),
        }
    }

    /// Name or code to code.
    pub fn comune(&self, text: &str) -> String {
        self.names.get(text).cloned().unwrap_or(text.to_owned())
    }

    pub fn landmass(&self, istat: &str) -> &str {
        cell(&self.comuni[istat], "landmass")
    }

    pub fn metres(&self, a: &str, b: &str) -> i64 {
        if a == b {
            return 0;
        }
        let point = |istat: &str| {
            let row = &self.comuni[istat];
            let degrees = |column| cell(row, column).parse::<f64>().unwrap();
            (degrees("lat").to_radians(), degrees("lon").to_radians())
        };
        let ((lat1, lon1), (lat2, lon2)) = (point(a), point(b));
        let h = ((lat2 - lat1) / 2.0).sin().powi(2)
            + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
        let km = 2.0 * 6371.0088 * h.sqrt().atan2((1.0 - h).sqrt());
        #[expect(clippy::cast_possible_truncation, reason = "the earth is small")]
        let hundreds = (km * 10.0 + 0.5).floor() as i64;
        hundreds * 100
    }

    pub fn closed(table: &BTreeMap<String, Row>, list: &str) -> BTreeSet<String> {
        let mut set: BTreeSet<String> = items(list).map(str::to_owned).collect();
        loop {
            let mut more = set.clone();
            for code in &set {
                more.extend(items(cell(&table[code], "implies")).map(str::to_owned));
            }
            if more == set {
                return set;
            }
            set = more;
        }
    }

    /// Half-hours a week of hourly work, by the latest row in force.
    pub fn hourly_limit(&self, day: NaiveDate) -> Option<i64> {
        let mut best: Option<(NaiveDate, i64)> = None;
        for row in &self.limits {
            let from: NaiveDate = cell(row, "valid_from").parse().unwrap();
            let wanted =
                cell(row, "arrangement") == "hourly" && cell(row, "limit") == "max_hours_week";
            if wanted && from <= day && best.is_none_or(|(known, _)| from > known) {
                best = Some((from, cell(row, "value").parse::<i64>().unwrap() * 2));
            }
        }
        best.map(|(_, half_hours)| half_hours)
    }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn slot_of(time: &str) -> usize {
    let (hour, minute) = time.split_once(':').unwrap();
    hour.parse::<usize>().unwrap() * 2 + usize::from(minute == "30")
}

pub fn week(text: &str) -> Vec<bool> {
    let mut grid = vec![false; 336];
    for entry in text.split(';') {
        let entry = entry.trim();
        if entry.is_empty() || entry == "-" {
            continue;
        }
        let (days, times) = entry.split_once(' ').unwrap();
        let (start, end) = times.split_once('-').unwrap();
        let (start, mut end) = (slot_of(start), slot_of(end));
        if end < start {
            end += 48;
        }
        for part in days.split(',') {
            let number = |name: &str| DAYS.iter().position(|day| *day == name).unwrap();
            let (first, last) = match part.split_once('-') {
                Some((first, last)) => (number(first), number(last)),
                None => (number(part), number(part)),
            };
            let mut day = first;
            loop {
                for slot in start..end {
                    grid[(day * 48 + slot) % 336] = true;
                }
                if day == last {
                    break;
                }
                day = (day + 1) % 7;
            }
        }
    }
    grid
}

pub fn week_text(grid: &[bool]) -> String {
    let mut by_interval: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for day in 0..7 {
        let mut slot = 0;
        while slot < 48 {
            let start = slot;
            while slot < 48 && grid[day * 48 + slot] {
                slot += 1;
            }
            if slot > start {
                by_interval.entry((start, slot)).or_default().push(day);
            }
            slot += 1;
        }
    }
    let mut entries: Vec<(usize, usize, String)> = Vec::new();
    for ((start, end), days) in by_interval {
        let mut names = Vec::new();
        let mut at = 0;
        while at < days.len() {
            let mut last = at;
            while last + 1 < days.len() && days[last + 1] == days[last] + 1 {
                last += 1;
            }
            if last - at >= 2 {
                names.push(format!("{}-{}", DAYS[days[at]], DAYS[days[last]]));
            } else {
                names.extend(days[at..=last].iter().map(|day| DAYS[*day].to_owned()));
            }
            at = last + 1;
        }
        let time = |slot: usize| format!("{:02}:{:02}", slot / 2, slot % 2 * 30);
        let text = format!("{} {}-{}", names.join(","), time(start), time(end));
        entries.push((days[0], start, text));
    }
    entries.sort();
    let texts: Vec<String> = entries.into_iter().map(|entry| entry.2).collect();
    texts.join("; ")
}
