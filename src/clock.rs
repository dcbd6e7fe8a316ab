//! The only reader of the system's time and randomness. Everything else takes
//! a [`Clock`] or a [`Randomness`] as a parameter, so that a test can walk half
//! a year in a second and meet the same tokens twice.

use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Rome;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// Tells the time. Instants are UTC; the day is the one in Europe/Rome.
pub trait Clock: Send + Sync {
    /// The instant, UTC.
    fn now(&self) -> DateTime<Utc>;

    /// The day on the desks' calendar.
    fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Rome).date_naive()
    }
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that may
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Measures how long something takes, whatever happens to the clock meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[allow(clippy::disallowed_methods)] // the one place that may
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// A clock that a test sets and moves.
#[derive(Debug)]
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    /// Starts at `now`.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves forward by `step`.
    pub fn advance(&self, step: Duration) {
        let mut now = self.0.lock().expect("no holder of this lock panics");
        *now += step;
    }

    /// Sets it, also back.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().expect("no holder of this lock panics") = now;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("no holder of this lock panics")
    }
}

/// Makes bytes that nobody can guess.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// `N` random bytes.
pub fn random_bytes<const N: usize>(randomness: &dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// 128 random bits as a text that may stand in an address: 22 letters, digits, `-` and `_`.
pub fn new_token(randomness: &dyn Randomness) -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<16>(randomness))
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[allow(clippy::disallowed_methods)] // the one place that may
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// Repeatable bytes from a seed: for the demo's made-up people and for tests,
/// never for a secret of a real installation.
#[derive(Debug)]
pub struct SeededRandomness(Mutex<(u64, u64)>);

impl SeededRandomness {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }

    /// A number in `0..bound`, near enough to uniform for made-up people.
    pub fn below(&self, bound: u64) -> u64 {
        u64::from_le_bytes(random_bytes(self)) % bound.max(1)
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().expect("no holder of this lock panics");
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(state.0.to_le_bytes())
                .chain_update(state.1.to_le_bytes())
                .finalize();
            state.1 += 1;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_day_is_the_one_in_rome() {
        let clock = ManualClock::at(Utc.with_ymd_and_hms(2026, 7, 31, 22, 30, 0).unwrap());
        assert_eq!(clock.today(), NaiveDate::from_ymd_opt(2026, 8, 1).unwrap());
        clock.advance(Duration::from_hours(24));
        assert_eq!(clock.today(), NaiveDate::from_ymd_opt(2026, 8, 2).unwrap());
    }

    #[test]
    fn a_seed_gives_the_same_stream_twice() {
        let (a, b) = (SeededRandomness::new(7), SeededRandomness::new(7));
        assert_eq!(random_bytes::<40>(&a), random_bytes::<40>(&b));
        assert_ne!(
            random_bytes::<40>(&a),
            random_bytes::<40>(&SeededRandomness::new(8))
        );
    }
}
