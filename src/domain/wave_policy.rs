//! Which waves are asked: policy as dated rows, which administrators write. The
//! first three always are; the fourth where a row says so. Rows are only added: of
//! those that hold on a day the one written last counts, so a later word also
//! overrides what was planned before.

use chrono::NaiveDate;

use super::answer::Wave;

/// From a day on the fourth wave is asked, or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaveRule {
    pub valid_from: NaiveDate,
    pub fourth_wave: bool,
}

/// All rows, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WavePolicy(Vec<WaveRule>);

impl WavePolicy {
    /// Of rows in the order in which they were written.
    pub fn new(rules: Vec<WaveRule>) -> Self {
        Self(rules)
    }

    /// Whether the fourth wave is on.
    pub fn fourth_wave_on(&self, day: NaiveDate) -> bool {
        let holds = self.0.iter().rev().find(|rule| rule.valid_from <= day);
        holds.is_some_and(|rule| rule.fourth_wave)
    }

    /// Since when what holds on a day about the fourth wave was written to hold; none where
    /// nobody wrote anything.
    pub fn since(&self, day: NaiveDate) -> Option<NaiveDate> {
        let mut last_first = self.0.iter().rev();
        let holds = last_first.find(|rule| rule.valid_from <= day);
        holds.map(|rule| rule.valid_from)
    }

    /// The waves that may be asked today, in order.
    pub fn waves(&self, today: NaiveDate) -> Vec<Wave> {
        let mut waves = vec![Wave::W1, Wave::W2, Wave::W3];
        if self.fourth_wave_on(today) {
            waves.push(Wave::W4);
        }
        waves
    }

    /// Whether a wave that falls on `day` is asked. What was off on its day is not
    /// asked afterwards, however late the program comes to it.
    pub fn asks(&self, wave: Wave, day: NaiveDate) -> bool {
        wave != Wave::W4 || self.fourth_wave_on(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn policy(rules: &[(&str, bool)]) -> WavePolicy {
        let rules = rules.iter().map(|(from, fourth_wave)| WaveRule {
            valid_from: day(from),
            fourth_wave: *fourth_wave,
        });
        WavePolicy::new(rules.collect())
    }

    #[test]
    fn the_fourth_wave_is_off_until_it_is_switched_on() {
        let off = policy(&[("2012-01-01", false)]);
        assert_eq!(off.waves(day("2026-05-01")).len(), 3);
        let on = policy(&[("2012-01-01", false), ("2026-06-01", true)]);
        assert!(!on.fourth_wave_on(day("2026-05-31")));
        assert!(on.fourth_wave_on(day("2026-06-01")));
        assert_eq!(on.waves(day("2026-06-01")).last(), Some(&Wave::W4));
        assert!(!on.asks(Wave::W4, day("2026-05-31")), "off on its day");
        assert!(on.asks(Wave::W1, day("2026-05-31")));
        assert!(!WavePolicy::default().fourth_wave_on(day("2026-06-01")));
    }

    #[test]
    fn the_last_word_overrides_what_was_planned() {
        let planned = policy(&[
            ("2012-01-01", false),
            ("2026-09-01", true),
            ("2026-06-01", false),
        ]);
        assert!(!planned.fourth_wave_on(day("2026-09-02")));
    }
}
