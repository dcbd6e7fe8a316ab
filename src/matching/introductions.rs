//! Who was introduced for which request and when: most of it in sorted rows of
//! numbers, what came since in short lists beside them. Invariant: the order in
//! which introductions came never matters, nor whether their worker was in the
//! pool by then.

use super::columns::{Day, Texts, date_of, day_number, number};
use super::pool::Introduction;

/// One introduction of a worker of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    /// By the base's numbers.
    pub worker: u32,
    /// By its place among the requests.
    pub request: u32,
    pub day: Day,
}

/// Workers whose rows are looked for together.
const NEIGHBOURS: u32 = 32;

/// What does not change until the pool is rebuilt.
#[derive(Debug, Clone, Default)]
pub(super) struct Settled {
    /// Ascending.
    requests: Texts,
    /// Ascending.
    rows: Vec<Row>,
    /// Where the rows of each [`NEIGHBOURS`] workers begin, and where the last end.
    starts: Vec<u32>,
    /// The rows by their request.
    by_request: Vec<u32>,
    /// Of people who were not in the pool, by the worker's code.
    strangers: Vec<Introduction>,
}

impl Settled {
    /// `find` gives the number of a code in the base.
    pub fn new(mut introductions: Vec<Introduction>, find: impl Fn(&str) -> Option<usize>) -> Self {
        introductions.sort_unstable_by(|a, b| a.request.cmp(&b.request));
        let mut settled = Self::default();
        for one in introductions {
            let Some(worker) = find(&one.worker) else {
                settled.strangers.push(one);
                continue;
            };
            let count = settled.requests.len();
            if count == 0 || settled.requests.get(count - 1) != one.request {
                settled.requests.push(&one.request);
            }
            settled.rows.push(Row {
                worker: number(worker),
                request: number(settled.requests.len() - 1),
                day: day_number(one.issued_on),
            });
        }
        settled.rows.sort_unstable();
        settled.rows.dedup();
        settled.rows.shrink_to_fit();
        settled.starts = starts(&settled.rows);
        settled.requests.shrink();
        let mut by_request: Vec<u32> = (0..number(settled.rows.len())).collect();
        by_request.sort_by_key(|at| settled.rows[*at as usize].request);
        settled.by_request = by_request;
        settled.strangers.sort_unstable_by(order);
        settled
    }

    /// The rows of one worker of the base, by request, then day.
    pub fn of_worker(&self, worker: usize) -> &[Row] {
        let worker = number(worker);
        let at = (worker / NEIGHBOURS) as usize;
        let Some([from, to]) = self.starts.get(at..at + 2) else {
            return &[];
        };
        let rows = &self.rows[*from as usize..*to as usize];
        let from = rows.partition_point(|row| row.worker < worker);
        let rows = &rows[from..];
        let length = rows.iter().take_while(|row| row.worker == worker).count();
        &rows[..length]
    }

    /// The rows of one request, by worker, then day.
    fn of_request(&self, code: &str) -> impl Iterator<Item = &Row> {
        let request = self.request(code);
        let at = |wanted: u32| {
            self.by_request
                .partition_point(|at| self.rows[*at as usize].request < wanted)
        };
        let range = request.map_or(0..0, |request| at(request)..at(request + 1));
        self.by_request[range]
            .iter()
            .map(|at| &self.rows[*at as usize])
    }

    fn request(&self, code: &str) -> Option<u32> {
        let (mut from, mut to) = (0, self.requests.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.requests.get(middle).cmp(code) {
                std::cmp::Ordering::Equal => return Some(number(middle)),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    fn of_stranger(&self, code: &str) -> &[Introduction] {
        run(&self.strangers, code)
    }

    pub fn bytes(&self) -> usize {
        self.requests.bytes()
            + self.rows.capacity() * size_of::<Row>()
            + self.starts.capacity() * size_of::<u32>()
            + self.by_request.capacity() * size_of::<u32>()
            + (self.strangers.iter())
                .map(|one| size_of_val(one) + one.worker.capacity() + one.request.capacity())
                .sum::<usize>()
    }
}

/// See [`Settled::starts`].
fn starts(rows: &[Row]) -> Vec<u32> {
    let last = rows.last().map_or(0, |row| row.worker / NEIGHBOURS + 1);
    let start = |at: u32| number(rows.partition_point(|row| row.worker < at * NEIGHBOURS));
    (0..=last).map(start).collect()
}

fn order(a: &Introduction, b: &Introduction) -> std::cmp::Ordering {
    let key = |one: &Introduction| one.issued_on;
    (a.worker.cmp(&b.worker))
        .then_with(|| a.request.cmp(&b.request))
        .then_with(|| key(a).cmp(&key(b)))
}

/// Those of one worker, of a list in [`order`].
fn run<'a>(list: &'a [Introduction], code: &str) -> &'a [Introduction] {
    let from = list.partition_point(|one| one.worker.as_str() < code);
    let length = list[from..].partition_point(|one| one.worker == code);
    &list[from..from + length]
}

/// What came and went since.
#[derive(Debug, Clone, Default)]
pub(super) struct Since {
    /// In [`order`].
    added: Vec<Introduction>,
    /// Worker and request of what is no longer true of the settled ones; ascending.
    forgotten: Vec<(String, String)>,
}

impl Since {
    pub fn len(&self) -> usize {
        self.added.len() + self.forgotten.len()
    }

    pub fn add(&mut self, one: Introduction) {
        if let Err(at) = self.added.binary_search_by(|known| order(known, &one)) {
            self.added.insert(at, one);
        }
    }

    pub fn forget(&mut self, worker: &str, request: &str) {
        (self.added).retain(|one| one.worker != worker || one.request != request);
        let pair = (worker.to_owned(), request.to_owned());
        if let Err(at) = self.forgotten.binary_search(&pair) {
            self.forgotten.insert(at, pair);
        }
    }

    fn forgot(&self, worker: &str, request: &str) -> bool {
        let found = (self.forgotten).binary_search_by(|(one, of)| {
            one.as_str()
                .cmp(worker)
                .then_with(|| of.as_str().cmp(request))
        });
        found.is_ok()
    }

    pub fn bytes(&self) -> usize {
        self.added.capacity() * size_of::<Introduction>()
            + self.forgotten.capacity() * size_of::<(String, String)>()
    }
}

/// Both together, as they are asked.
pub(super) struct Introductions<'a> {
    pub settled: &'a Settled,
    pub since: &'a Since,
}

impl<'a> Introductions<'a> {
    /// Request and day of each of a worker's introductions, those for one request
    /// one behind the other. `known` is their number in the base, where they have
    /// one.
    pub fn of_worker(&self, code: &str, known: Option<usize>) -> Vec<(&'a str, Day)> {
        let (settled, since) = (self.settled, self.since);
        let rows = known.map_or(&[][..], |worker| settled.of_worker(worker));
        let rows = (rows.iter()).map(|row| (settled.requests.get(row.request as usize), row.day));
        let strangers = if known.is_some() {
            &[]
        } else {
            settled.of_stranger(code)
        };
        let mut all: Vec<(&str, Day)> = rows.chain(strangers.iter().map(pair)).collect();
        if since.len() > 0 {
            all.retain(|(request, _)| !since.forgot(code, request));
            all.extend(run(&since.added, code).iter().map(pair));
            all.sort_unstable();
        }
        all
    }

    /// Worker and day of each introduction for a request, of workers of the base and
    /// of others, by their codes.
    pub fn of_request(
        &self,
        request: &str,
        code: impl Fn(usize) -> &'a str,
        newcomers: impl Iterator<Item = &'a str>,
    ) -> Vec<(&'a str, Day)> {
        let (settled, since) = (self.settled, self.since);
        let rows = (settled.of_request(request)).map(|row| (code(row.worker as usize), row.day));
        let strangers = newcomers.flat_map(|code| settled.of_stranger(code));
        let strangers = strangers.filter(|one| one.request == request);
        let strangers = strangers.map(|one| (one.worker.as_str(), day_number(one.issued_on)));
        let mut all: Vec<(&str, Day)> = rows.chain(strangers).collect();
        all.retain(|(worker, _)| !since.forgot(worker, request));
        let added = since.added.iter().filter(|one| one.request == request);
        all.extend(added.map(|one| (one.worker.as_str(), day_number(one.issued_on))));
        all
    }

    /// All of them, to be settled anew.
    pub fn all(&self, code: impl Fn(usize) -> &'a str) -> Vec<Introduction> {
        let (settled, since) = (self.settled, self.since);
        let rows = settled.rows.iter().map(|row| Introduction {
            worker: code(row.worker as usize).to_owned(),
            request: settled.requests.get(row.request as usize).to_owned(),
            issued_on: date_of(row.day),
        });
        let mut all: Vec<Introduction> = rows.chain(settled.strangers.iter().cloned()).collect();
        all.retain(|one| !since.forgot(&one.worker, &one.request));
        all.extend(since.added.iter().cloned());
        all
    }
}

fn pair(one: &Introduction) -> (&str, Day) {
    (&one.request, day_number(one.issued_on))
}
