//! The figures once more, slow and obvious: every number is asked of the whole
//! world of rows, sentence by sentence as the design has them, with fractions
//! instead of rounding tricks. It shares no line with the product.

use serde_json::{Value, json};

/// Days from the first of January 2025.
pub type Day = i64;

#[derive(Debug, Clone)]
pub struct Request {
    pub desk: &'static str,
    /// `self`: nobody sent the family.
    pub partner: &'static str,
    pub arrangement: &'static str,
    pub opened: Day,
    /// Empty: not excluded.
    pub excluded: &'static str,
    pub excluded_on: Option<Day>,
}

#[derive(Debug, Clone)]
pub struct Introduction {
    pub request: usize,
    pub issued: Day,
}

/// Empty texts are not stated.
#[derive(Debug, Clone)]
pub struct Answer {
    pub introduction: usize,
    pub side: &'static str,
    pub wave: u8,
    pub on: Day,
    pub result: &'static str,
    pub reason: &'static str,
    pub document: &'static str,
    pub started: Option<Day>,
    pub ended: Option<Day>,
    pub notified: &'static str,
    pub fits: &'static str,
    pub still: &'static str,
}

#[derive(Debug, Clone)]
pub struct Invitation {
    pub introduction: usize,
    pub side: &'static str,
    pub wave: u8,
    /// The first day on which the wave is over.
    pub closes: Day,
    /// Empty: nothing was written down.
    pub disposition: &'static str,
}

/// All there is; answers in the order of their arrival.
#[derive(Debug, Default)]
pub struct World {
    pub requests: Vec<Request>,
    pub introductions: Vec<Introduction>,
    pub answers: Vec<Answer>,
    pub invitations: Vec<Invitation>,
}

/// A fraction that is never rounded.
#[derive(Debug, Clone, Copy)]
struct Share(i128, i128);

impl Share {
    fn of(part: usize, whole: usize) -> Option<Self> {
        (whole > 0).then_some(Self(part as i128, whole as i128))
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.0.abs(), self.1);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self(self.0 / a.max(1), self.1 / a.max(1))
    }

    fn times(self, other: Self) -> Self {
        let (left, right) = (self.reduced(), other.reduced());
        // Crosswise first, so that the numbers stay small.
        let (a, d) = (
            Self(left.0, right.1).reduced(),
            Self(right.0, left.1).reduced(),
        );
        Self(
            a.0.checked_mul(d.0).expect("a small world"),
            a.1.checked_mul(d.1).expect("a small world"),
        )
    }

    fn plus(self, other: Self) -> Self {
        let (left, right) = (self.reduced(), other.reduced());
        let scale = |a: i128, b: i128| a.checked_mul(b).expect("a small world");
        Self(
            scale(left.0, right.1) + scale(right.0, left.1),
            scale(left.1, right.1),
        )
        .reduced()
    }

    fn down(self) -> i128 {
        (1000 * self.0).div_euclid(self.1)
    }

    fn up(self) -> i128 {
        -(-1000 * self.0).div_euclid(self.1)
    }

    fn half_up(self) -> i128 {
        (2000 * self.0 + self.1).div_euclid(2 * self.1)
    }
}

/// What is asked: of which period, known on which day.
pub struct Second<'a> {
    pub world: &'a World,
    pub from: Day,
    pub to: Day,
    pub today: Day,
}

impl Second<'_> {
    // ---- What exists ----

    fn request_exists(&self, r: usize) -> bool {
        self.world.requests[r].opened <= self.today
    }

    fn introductions_of(&self, r: usize) -> Vec<usize> {
        (0..self.world.introductions.len())
            .filter(|i| self.world.introductions[*i].request == r)
            .filter(|i| self.world.introductions[*i].issued <= self.today)
            .filter(|_| self.request_exists(r))
            .collect()
    }

    fn first_sheet(&self, r: usize) -> Option<Day> {
        let days = self.introductions_of(r).into_iter();
        days.map(|i| self.world.introductions[i].issued).min()
    }

    /// In their order: by day, then arrival.
    fn answers_of(&self, i: usize, side: &str) -> Vec<&Answer> {
        let mut found: Vec<(usize, &Answer)> = self
            .world
            .answers
            .iter()
            .enumerate()
            .filter(|(_, a)| a.introduction == i && a.side == side && a.on <= self.today)
            .collect();
        found.sort_by_key(|(arrival, a)| (a.on, *arrival));
        found.into_iter().map(|(_, a)| a).collect()
    }

    // ---- One introduction ----

    fn wave_answer(&self, i: usize, side: &str, wave: u8) -> Option<&Answer> {
        let all = self.answers_of(i, side);
        all.into_iter()
            .rfind(|a| a.wave == wave && !said(a).is_empty())
    }

    fn word(&self, i: usize, side: &str) -> &'static str {
        for wave in 1..=4 {
            if self.wave_answer(i, side, wave).map(said) == Some("hired") {
                return "hired";
            }
        }
        for wave in [4, 3, 2, 1] {
            if let Some(answer) = self.wave_answer(i, side, wave) {
                return said(answer);
            }
        }
        ""
    }

    fn finding(&self, i: usize) -> &'static str {
        let all = self.answers_of(i, "desk");
        all.into_iter()
            .map(said)
            .rfind(|said| !said.is_empty())
            .unwrap_or("")
    }

    fn outcome(&self, i: usize) -> &'static str {
        match self.finding(i) {
            "hired" => return "hired_confirmed",
            "no" => return "not_hired",
            _ => {}
        }
        match (plain(self.word(i, "family")), plain(self.word(i, "worker"))) {
            ("hired", "hired") => "hired_confirmed",
            ("hired", "") => "hired_family_only",
            ("", "hired") => "hired_worker_only",
            ("hired", "no") | ("no", "hired") => "conflict",
            ("no", "no" | "") | ("", "no") => "not_hired",
            ("", "") => "unknown",
            other => panic!("{other:?}"),
        }
    }

    fn is_hired(&self, i: usize) -> bool {
        self.outcome(i).starts_with("hired")
    }

    fn desk_documents(&self, i: usize) -> Vec<&'static str> {
        let all = self.answers_of(i, "desk").into_iter();
        all.filter(|a| said(a) == "hired" && !a.document.is_empty())
            .map(|a| a.document)
            .collect()
    }

    fn evidence(&self, i: usize) -> u8 {
        if !self.desk_documents(i).is_empty() {
            3
        } else if self.word(i, "family") == "hired" && self.word(i, "worker") == "hired" {
            2
        } else {
            1
        }
    }

    fn stated_day(&self, i: usize, of: impl Fn(&Answer) -> Option<Day>) -> Option<Day> {
        for side in ["family", "worker"] {
            for answer in self.answers_of(i, side).into_iter().rev() {
                if let Some(day) = of(answer).filter(|day| *day <= self.today) {
                    return Some(day);
                }
            }
        }
        None
    }

    fn start(&self, i: usize) -> Option<Day> {
        self.stated_day(i, |a| a.started)
    }

    fn end(&self, i: usize) -> Option<Day> {
        self.stated_day(i, |a| a.ended)
    }

    fn wave_answers(&self, i: usize) -> Vec<&Answer> {
        let mut all = Vec::new();
        for side in ["family", "worker"] {
            for wave in 1..=4 {
                all.extend(self.wave_answer(i, side, wave));
            }
        }
        all
    }

    fn last_together(&self, i: usize) -> Option<Day> {
        let start = self.start(i)?;
        let together = self.wave_answers(i).into_iter();
        let latest = together.filter(|a| a.still == "yes").map(|a| a.on).max();
        Some(latest.unwrap_or(start))
    }

    fn said_ended(&self, i: usize) -> Option<Day> {
        let together = self.last_together(i)?;
        let mut days = Vec::new();
        for answer in self.wave_answers(i) {
            let hired_before = (1..answer.wave)
                .filter_map(|wave| self.wave_answer(i, answer.side, wave))
                .any(|before| said(before) == "hired");
            let is_no = plain(said(answer)) == "no";
            if answer.still == "no" || (is_no && hired_before) {
                days.push(answer.on);
            }
        }
        days.into_iter().filter(|day| *day >= together).min()
    }

    // ---- One request ----

    fn known_exclusion(&self, r: usize) -> bool {
        let request = &self.world.requests[r];
        !request.excluded.is_empty() && request.excluded_on.is_none_or(|day| day <= self.today)
    }

    fn any_hired(&self, r: usize) -> bool {
        self.introductions_of(r)
            .into_iter()
            .any(|i| self.is_hired(i))
    }

    fn is_excluded(&self, r: usize) -> bool {
        let first = self.first_sheet(r).expect("it has a sheet");
        let on = self.world.requests[r].excluded_on;
        self.known_exclusion(r) && !self.any_hired(r) && on.is_none_or(|day| day <= first + 15)
    }

    fn state(&self, r: usize) -> &'static str {
        let all = self.introductions_of(r);
        if self.any_hired(r) {
            "filled"
        } else if all.iter().any(|i| self.outcome(*i) == "conflict") {
            "conflict"
        } else if all.iter().any(|i| self.word(*i, "family") == "elsewhere") {
            "filled_elsewhere"
        } else if self.known_exclusion(r) || all.iter().all(|i| self.outcome(*i) == "not_hired") {
            "not_filled"
        } else {
            "unknown"
        }
    }

    fn is_mature(&self, r: usize) -> bool {
        self.first_sheet(r)
            .is_some_and(|first| self.today >= first + 111)
    }

    // ---- The figures ----

    /// The requests whose first sheet was issued in the period.
    fn cohort(&self) -> Vec<usize> {
        (0..self.world.requests.len())
            .filter(|r| {
                let first = self.first_sheet(*r);
                first.is_some_and(|day| self.from <= day && day <= self.to)
            })
            .collect()
    }

    fn placement(&self, of: &[usize]) -> Value {
        let count = |states: &[&str]| {
            let such = of.iter().filter(|r| states.contains(&self.state(**r)));
            such.count()
        };
        let n = of.len();
        let share = |part: usize| Share::of(part, n);
        let surely_filled = of.iter().filter(|r| {
            let all = self.introductions_of(**r).into_iter();
            all.filter(|i| self.is_hired(*i))
                .any(|i| self.evidence(i) >= 2)
        });
        let surely_not = of.iter().filter(|r| {
            self.introductions_of(**r).into_iter().all(|i| {
                let both_no = ["family", "worker"]
                    .iter()
                    .all(|side| plain(self.word(i, side)) == "no");
                self.outcome(i) == "not_hired" && (both_no || self.finding(i) == "no")
            })
        });
        let old: Vec<usize> = of.iter().copied().filter(|r| self.is_mature(*r)).collect();
        let observed = self.observed(&old);
        let (weighted, borrowed) = self.weighted(&old, observed);
        json!({
            "lower": share(count(&["filled"])).map(Share::down),
            "upper": share(count(&["filled", "conflict", "unknown"])).map(Share::up),
            "strict_lower": share(surely_filled.count()).map(Share::down),
            "strict_upper": share(n - surely_not.count()).map(Share::up),
            "observed": observed.map(Share::half_up),
            "wilson": [wilson(observed, false), wilson(observed, true)],
            "weighted": weighted,
            "borrowed_cells": borrowed,
            "need_met_lower": share(count(&["filled", "filled_elsewhere"])).map(Share::down),
            "need_met_upper":
                share(count(&["filled", "filled_elsewhere", "conflict", "unknown"])).map(Share::up),
        })
    }

    fn observed(&self, of: &[usize]) -> Option<Share> {
        let is_known = |r: &&usize| !["conflict", "unknown"].contains(&self.state(**r));
        let known = of.iter().filter(is_known).count();
        let filled = of.iter().filter(|r| self.state(**r) == "filled").count();
        Share::of(filled, known)
    }

    fn weighted(&self, old: &[usize], overall: Option<Share>) -> (Option<i128>, usize) {
        let Some(overall) = overall else {
            return (None, 0);
        };
        let mut borrowed = 0;
        let mut sum = Share(0, 1);
        let cell_of = |r: usize| {
            (
                self.world.requests[r].desk,
                self.world.requests[r].arrangement,
            )
        };
        let mut cells: Vec<_> = old.iter().map(|r| cell_of(*r)).collect();
        cells.sort_unstable();
        cells.dedup();
        for cell in cells {
            let of: Vec<usize> = old
                .iter()
                .copied()
                .filter(|r| cell_of(*r) == cell)
                .collect();
            let rate = self.observed(&of).unwrap_or_else(|| {
                borrowed += 1;
                overall
            });
            let weight = Share::of(of.len(), old.len()).expect("a cell has requests");
            sum = sum.plus(rate.times(weight));
        }
        (Some(sum.half_up()), borrowed)
    }

    fn retention(&self, hires: &[usize], t: Day) -> Value {
        let jobs: Vec<usize> = hires
            .iter()
            .copied()
            .filter(|i| self.start(*i).is_some())
            .collect();
        let since = |i: usize, day: Day| (day - self.start(i).expect("a start")).max(0);
        let n = jobs.len();
        let together = jobs.iter().filter(|i| match self.end(**i) {
            Some(end) => since(**i, end) > t,
            None => since(**i, self.last_together(**i).expect("a start")) >= t,
        });
        let ended = jobs.iter().filter(|i| {
            let end = self.end(**i).or_else(|| self.said_ended(**i));
            end.is_some_and(|end| since(**i, end) <= t)
        });
        // Time, and whether it ended then.
        let times: Vec<(Day, bool)> = jobs
            .iter()
            .map(|i| {
                let start = self.start(*i).expect("a start");
                let together = self.last_together(*i).expect("a start");
                match (self.end(*i), self.said_ended(*i)) {
                    (Some(end), _) => (since(*i, end), true),
                    (None, Some(said)) => {
                        let doubled = (together - start) + (said - start);
                        (doubled.div_euclid(2).max(0), true)
                    }
                    (None, None) => (since(*i, together), false),
                }
            })
            .collect();
        let at_risk = times.iter().filter(|(time, _)| *time >= t).count();
        let mut left = Share(1, 1);
        let mut event_times: Vec<Day> = times
            .iter()
            .filter(|(time, ended)| *ended && *time <= t)
            .map(|(time, _)| *time)
            .collect();
        event_times.sort_unstable();
        event_times.dedup();
        for event in event_times {
            let events = times.iter().filter(|one| **one == (event, true)).count();
            let reached = times.iter().filter(|(time, _)| *time >= event).count();
            left = left.times(Share::of(reached - events, reached).expect("somebody"));
        }
        let defined = n > 0 && (left.0 == 0 || at_risk > 0);
        json!({
            "lower": Share::of(together.count(), n).map(Share::down),
            "upper": Share::of(n - ended.count(), n).map(Share::up),
            "estimate": defined.then(|| left.half_up()),
            "at_risk": at_risk,
        })
    }

    fn agreement(&self, introductions: &[usize]) -> Value {
        let cell = |family: &str, worker: &str| {
            let such = introductions.iter().filter(|i| {
                plain(self.word(**i, "family")) == family
                    && plain(self.word(**i, "worker")) == worker
            });
            such.count()
        };
        let (both, family) = (cell("hired", "hired"), cell("hired", "no"));
        let (worker, neither) = (cell("no", "hired"), cell("no", "no"));
        let pairs = both + family + worker + neither;
        let of_pairs = |part: usize| Share::of(part, pairs).expect("there are pairs");
        let agree = Share::of(both + neither, pairs);
        // (observed - expected) / (1 - expected)
        let kappa = agree.and_then(|observed| {
            let hired = of_pairs(both + family).times(of_pairs(both + worker));
            let not_hired = of_pairs(worker + neither).times(of_pairs(family + neither));
            let expected = hired.plus(not_hired);
            let minus = |from: Share, other: Share| from.plus(Share(-other.0, other.1));
            let rest = minus(Share(1, 1), expected);
            (rest.0 != 0).then(|| minus(observed, expected).times(Share(rest.1, rest.0)))
        });
        json!({
            "both_hired": both,
            "family_only": family,
            "worker_only": worker,
            "both_no": neither,
            "agree": agree.map(Share::half_up),
            "kappa": kappa.map(Share::half_up),
        })
    }

    fn reasons(&self, introductions: &[usize]) -> Value {
        let mut given = Vec::new();
        for i in introductions {
            for side in ["family", "worker"] {
                if self.word(*i, side) == "no" {
                    let latest = [4, 3, 2, 1]
                        .into_iter()
                        .find_map(|wave| self.wave_answer(*i, side, wave));
                    given.push(latest.expect("a word has an answer").reason);
                }
            }
        }
        given.retain(|reason| !reason.is_empty());
        given.sort_unstable();
        let mut counted: Vec<(&str, usize)> = Vec::new();
        for reason in &given {
            let count = given.iter().filter(|other| *other == reason).count();
            if !counted.contains(&(*reason, count)) {
                counted.push((reason, count));
            }
        }
        counted.sort_by_key(|(reason, count)| (-i128::try_from(*count).unwrap(), *reason));
        json!(counted)
    }

    fn groups(&self, name: &str, of: &[usize], key: impl Fn(&Request) -> &'static str) -> Value {
        let mut keys: Vec<&str> = of.iter().map(|r| key(&self.world.requests[*r])).collect();
        keys.sort_unstable();
        keys.dedup();
        let one = |code: &str| {
            let such = |r: &usize| key(&self.world.requests[*r]) == code;
            let group: Vec<usize> = of.iter().copied().filter(such).collect();
            json!({ name: code, "requests": group.len(), "placement": self.placement(&group) })
        };
        keys.into_iter().map(one).collect()
    }

    fn tally(&self, value: &str) -> usize {
        let year = |day: Day| chrono::Datelike::year(&date(day));
        let years = year(self.from)..=year(self.to);
        let all = self.world.answers.iter();
        all.filter(|a| a.notified == value && years.contains(&year(a.on)))
            .count()
    }

    /// Over the invitations of waves that are over; those that should not have been
    /// made don't count.
    fn response(&self, introductions: &[usize], side: &str) -> Value {
        let asked: Vec<&str> = self
            .world
            .invitations
            .iter()
            .filter(|one| introductions.contains(&one.introduction) && one.side == side)
            .filter(|one| self.today >= one.closes)
            .map(|one| one.disposition)
            .filter(|disposition| *disposition != "not_eligible")
            .collect();
        if asked.is_empty() {
            return Value::Null;
        }
        let share = |such: &[&str]| {
            let part = asked.iter().filter(|one| such.contains(one)).count();
            Share::of(part, asked.len()).map(Share::half_up)
        };
        json!({ "rr1": share(&["complete"]), "rr2": share(&["complete", "partial"]) })
    }

    fn regular(&self, hires: &[usize]) -> Value {
        let yes = hires.iter().filter(|i| {
            let said_yes = |side| {
                let all = self.answers_of(**i, side).into_iter();
                all.filter(|a| a.notified == "yes").count() > 0
            };
            let seen = self.desk_documents(**i).contains(&"inps_receipt");
            said_yes("family") || said_yes("worker") || seen
        });
        let yes = yes.count();
        json!({
            "hired": hires.len(),
            "yes": yes,
            "lower": Share::of(yes, hires.len()).map(Share::down),
            "tally": {
                "no": self.tally("no"),
                "dont_know": self.tally("dont_know"),
                "rather_not_say": self.tally("rather_not_say"),
            },
        })
    }

    fn fit(&self, hires: &[usize]) -> Value {
        let fits = |i: usize, side: &str| {
            let all = self.answers_of(i, side).into_iter();
            all.map(|a| a.fits)
                .rfind(|fits| !fits.is_empty())
                .unwrap_or("")
        };
        let both: Vec<usize> = hires
            .iter()
            .copied()
            .filter(|i| !fits(*i, "family").is_empty() && !fits(*i, "worker").is_empty())
            .collect();
        let yes = both
            .iter()
            .filter(|i| fits(**i, "family") == "yes" && fits(**i, "worker") == "yes");
        json!({ "both_answered": both.len(), "both_yes": yes.count() })
    }

    /// The whole report.
    pub fn report(&self) -> Value {
        let (out, n): (Vec<usize>, Vec<usize>) = self
            .cohort()
            .into_iter()
            .partition(|r| self.is_excluded(*r));
        let introductions: Vec<usize> = n.iter().flat_map(|r| self.introductions_of(*r)).collect();
        let hires: Vec<usize> = introductions
            .iter()
            .copied()
            .filter(|i| self.is_hired(*i))
            .collect();
        let opened: Vec<usize> = (0..self.world.requests.len())
            .filter(|r| self.request_exists(*r))
            .filter(|r| (self.from..=self.to).contains(&self.world.requests[*r].opened))
            .collect();
        let without = opened.iter().filter(|r| self.first_sheet(**r).is_none());
        let excluded = |why: &str| {
            let such = out
                .iter()
                .filter(|r| self.world.requests[**r].excluded == why);
            such.count()
        };
        let answered = |sides: &[&str], all: bool| {
            let has = |i: usize, side: &str| !self.answers_of(i, side).is_empty();
            let such = introductions.iter().filter(|i| {
                if all {
                    sides.iter().all(|side| has(**i, side))
                } else {
                    sides.iter().any(|side| has(**i, side))
                }
            });
            such.count()
        };
        let state = |state: &str| n.iter().filter(|r| self.state(**r) == state).count();
        let waited = n
            .iter()
            .map(|r| self.first_sheet(*r).expect("a sheet") - self.world.requests[*r].opened);
        let to_hire = n.iter().filter_map(|r| {
            let all = self.introductions_of(*r).into_iter();
            let starts = all
                .filter(|i| self.is_hired(*i))
                .filter_map(|i| self.start(i));
            Some(starts.min()? - self.world.requests[*r].opened)
        });
        let started = hires.iter().filter(|i| self.start(**i).is_some());
        json!({
            "from": date(self.from).to_string(),
            "to": date(self.to).to_string(),
            "today": date(self.today).to_string(),
            "opened": opened.len(),
            "without_sheet": without.count(),
            "requests": n.len(),
            "mature": n.iter().filter(|r| self.is_mature(**r)).count(),
            "introductions": introductions.len(),
            "excluded": {
                "died": excluded("died"),
                "residential_care": excluded("residential_care"),
                "moved": excluded("moved"),
                "duplicate": excluded("duplicate"),
            },
            "answered": {
                "family": answered(&["family"], true),
                "worker": answered(&["worker"], true),
                "any": answered(&["family", "worker"], false),
                "both": answered(&["family", "worker"], true),
            },
            "response": {
                "family": self.response(&introductions, "family"),
                "worker": self.response(&introductions, "worker"),
            },
            "requests_by_state": {
                "filled": state("filled"),
                "filled_elsewhere": state("filled_elsewhere"),
                "not_filled": state("not_filled"),
                "conflict": state("conflict"),
                "unknown": state("unknown"),
            },
            "placement": self.placement(&n),
            "regular": self.regular(&hires),
            "retention": {
                "n": started.count(),
                "90": self.retention(&hires, 90),
                "180": self.retention(&hires, 180),
            },
            "days_to_first_sheet": quartiles(waited.collect()),
            "days_to_hire": quartiles(to_hire.collect()),
            "agreement": self.agreement(&introductions),
            "fit": self.fit(&hires),
            "reasons": self.reasons(&introductions),
            "by_desk": self.groups("desk", &n, |r| r.desk),
            "by_arrangement": self.groups("arrangement", &n, |r| r.arrangement),
            "by_partner": self.groups("partner", &n, |r| r.partner),
        })
    }
}

fn said(answer: &Answer) -> &'static str {
    match (answer.result, answer.still) {
        ("", "") => "",
        ("", _) => "hired",
        (result, _) => result,
    }
}

/// Elsewhere is a no; still deciding is nothing said.
fn plain(word: &'static str) -> &'static str {
    match word {
        "elsewhere" => "no",
        "deciding" => "",
        other => other,
    }
}

pub fn date(day: Day) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::TimeDelta::days(day)
}

fn quartiles(mut values: Vec<Day>) -> Value {
    values.sort_unstable();
    let element = |numerator: usize, denominator: usize| {
        let rank = (numerator * values.len()).div_ceil(denominator);
        (rank > 0).then(|| values[rank - 1])
    };
    json!({ "q1": element(1, 4), "median": element(1, 2), "q3": element(3, 4) })
}

/// The ends are where (rate - x)² = z²·x·(1 - x)/n; a per mille k is reached where
/// k - 1/2 is not beyond the end.
fn wilson(observed: Option<Share>, is_upper: bool) -> Option<i128> {
    let Share(y, n) = observed?;
    let z_squared = 1_959_964_i128 * 1_959_964;
    let reached = |k: i128| {
        let x = 2 * k - 1;
        let distance = 2000 * y - x * n;
        let far = distance * distance * 1_000_000_000_000 >= z_squared * n * x * (2000 - x);
        let near = distance * distance * 1_000_000_000_000 <= z_squared * n * x * (2000 - x);
        if is_upper {
            distance >= 0 || near
        } else {
            distance >= 0 && far
        }
    };
    (1..=1000).rev().find(|k| reached(*k)).or(Some(0))
}
