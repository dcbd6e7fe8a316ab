//! Appointments at a desk: in which hours it gives them, which beginnings are free, and what
//! somebody comes for. Days and half-hours are those of the desks' own calendar.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::answer::coded;
use super::holiday::is_holiday;
use super::invalid::{Why, one_of};
use super::week::WeekGrid;

coded! {
    /// What somebody comes for.
    ComesFor {
        /// To be registered, or to complete it.
        Registration = "registration",
        /// The title of stay, or the accreditation, is renewed.
        Renewal = "renewal",
        /// A family talks of what it asks.
        Request = "request",
    }

    /// How an appointment stands.
    AppointmentState {
        Booked = "booked",
        Cancelled = "cancelled",
    }
}

impl ComesFor {
    /// What a worker chooses among.
    pub const OF_WORKERS: [Self; 2] = [Self::Registration, Self::Renewal];
}

/// Half-hours of a day.
const HALVES: u32 = 48;
/// How long an appointment may last, in minutes.
pub const LENGTHS: [u32; 2] = [30, 60];
/// Days ahead for which one may be chosen.
pub const AHEAD_DAYS: i64 = 42;
/// The same for whoever asked on the public page, as long as no desk has called them.
pub const ASKED_AHEAD_DAYS: i64 = 14;
/// Days with something free that a page offers.
pub const DAYS_OFFERED: usize = 5;
/// Times that somebody may choose by their link in one day.
pub const MOST_A_DAY: u64 = 6;
/// Days that are closed in one go.
pub const MOST_CLOSED: i64 = 62;
/// Closed days that are listed at once.
pub const CLOSED_SHOWN: usize = 31;
/// So many days ahead everybody may read when a desk is closed.
pub const CLOSED_AHEAD: TimeDelta = TimeDelta::days(62);

/// When an appointment begins: the day, and half-hours from its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Begin {
    pub day: NaiveDate,
    pub half: u32,
}

impl Begin {
    /// Reads `2026-12-01/18`.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, half) = text.split_once('/')?;
        let half: u32 = half.parse().ok()?;
        let day = day.parse().ok()?;
        (half < HALVES).then_some(Self { day, half })
    }

    /// What [`Self::parse`] reads.
    pub fn text(self) -> String {
        format!("{}/{}", self.day, self.half)
    }

    /// `09:30`.
    pub fn time(self) -> String {
        time(self.half)
    }

    /// On the calendar.
    pub fn at(self) -> NaiveDateTime {
        let midnight = self.day.and_time(NaiveTime::MIN);
        midnight + TimeDelta::minutes(i64::from(self.half) * 30)
    }
}

/// From a day on a desk gives appointments in these hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskHours {
    pub valid_from: NaiveDate,
    /// None at all: it gives none.
    pub week: WeekGrid,
    /// How long one lasts, of [`LENGTHS`].
    pub minutes: u32,
}

/// The time of day after so many half-hours: `09:30`.
pub fn time(half: u32) -> String {
    format!("{:02}:{:02}", half / 2, 30 * (half % 2))
}

/// The half-hours that one of so many minutes takes.
pub fn halves(minutes: u32) -> u32 {
    (minutes / 30).max(1)
}

impl DeskHours {
    /// The hours that hold on a day: of those that do, the ones written last count.
    /// `rules` in the order in which they were written.
    pub fn on(rules: &[Self], day: NaiveDate) -> Option<&Self> {
        rules.iter().rev().find(|rule| rule.valid_from <= day)
    }

    fn is_open(&self, day: NaiveDate, half: u32) -> bool {
        let slot = day.weekday().num_days_from_monday() * HALVES + half;
        usize::try_from(slot).is_ok_and(|slot| self.week.contains(slot))
    }

    /// The beginnings that a day has, in order.
    pub fn begins(&self, day: NaiveDate) -> Vec<Begin> {
        let long = halves(self.minutes);
        let (mut begins, mut half) = (Vec::new(), 0);
        while half + long <= HALVES {
            if (half..half + long).all(|one| self.is_open(day, one)) {
                begins.push(Begin { day, half });
                half += long;
            } else {
                half += 1;
            }
        }
        begins
    }
}

/// What a desk's calendar says.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// In the order in which they were written.
    pub rules: Vec<DeskHours>,
    pub closed: HashSet<NaiveDate>,
    /// Half-hours that somebody has.
    pub taken: HashSet<Begin>,
}

impl Calendar {
    /// How long one lasts that begins so; none where the desk gives none then, or it is taken.
    pub fn free(&self, begin: Begin) -> Option<u32> {
        let rule = DeskHours::on(&self.rules, begin.day)?;
        self.free_on(rule, begin.day)
            .any(|one| one == begin)
            .then_some(rule.minutes)
    }

    fn free_on<'a>(
        &'a self,
        rule: &'a DeskHours,
        day: NaiveDate,
    ) -> impl Iterator<Item = Begin> + 'a {
        let long = halves(rule.minutes);
        let is_open = !self.closed.contains(&day) && !is_holiday(day);
        let begins = if is_open {
            rule.begins(day)
        } else {
            Vec::new()
        };
        begins.into_iter().filter(move |begin| {
            let mut own = begin.half..begin.half + long;
            own.all(|half| !self.taken.contains(&Begin { day, half }))
        })
    }

    /// Closes every day of which those whom no desk has called yet have half of the
    /// beginnings. Anybody may ask, and a name and a number may be made up: the other half
    /// stays for people who are known. `asked`: the day of each of their appointments.
    pub fn spare(&mut self, asked: &[NaiveDate]) {
        let days: HashSet<NaiveDate> = asked.iter().copied().collect();
        for day in days {
            let many = asked.iter().filter(|one| **one == day).count();
            let rule = DeskHours::on(&self.rules, day);
            if 2 * many >= rule.map_or(0, |rule| rule.begins(day).len()) {
                self.closed.insert(day);
            }
        }
    }

    /// The first days with something free, from `first` on and until `last`, after a moment;
    /// and the day from which there may be more.
    pub fn offer(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        after: NaiveDateTime,
    ) -> (Vec<Vec<Begin>>, Option<NaiveDate>) {
        let mut days = Vec::new();
        for day in first.iter_days().take_while(|day| *day <= last) {
            if days.len() == DAYS_OFFERED {
                return (days, Some(day));
            }
            let Some(rule) = DeskHours::on(&self.rules, day) else {
                continue;
            };
            let free: Vec<Begin> = self
                .free_on(rule, day)
                .filter(|begin| begin.at() > after)
                .collect();
            if !free.is_empty() {
                days.push(free);
            }
        }
        (days, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let rule = |from, week, minutes| DeskHours {
            valid_from: day(from),
            week: WeekGrid::parse(week).unwrap(),
            minutes,
        };
        Calendar {
            rules: vec![
                rule("2026-12-01", "Mon 09:00-10:30; Tue 09:00-10:00", 30),
                rule("2026-12-14", "Mon 09:00-11:30", 60),
            ],
            ..Calendar::default()
        }
    }

    fn times(days: &[Vec<Begin>]) -> Vec<String> {
        let all = days.iter().flatten();
        all.map(|one| format!("{} {}", one.day, one.time()))
            .collect()
    }

    #[test]
    fn what_is_closed_taken_or_over_and_a_holiday_is_not_offered() {
        let mut calendar = calendar();
        let all = (day("2026-12-01"), day("2026-12-08"));
        let before = day("2026-11-30").and_time(NaiveTime::MIN);
        let expected = [
            "2026-12-01 09:00",
            "2026-12-01 09:30",
            "2026-12-07 09:00",
            "2026-12-07 09:30",
            "2026-12-07 10:00",
        ];
        assert_eq!(times(&calendar.offer(all, before).0), expected);
        calendar.taken.insert(Begin {
            day: day("2026-12-07"),
            half: 19,
        });
        let after = Begin::parse("2026-12-01/18").unwrap().at();
        let expected = ["2026-12-01 09:30", "2026-12-07 09:00", "2026-12-07 10:00"];
        assert_eq!(times(&calendar.offer(all, after).0), expected);
        let free = |text| calendar.free(Begin::parse(text).unwrap());
        assert_eq!(free("2026-12-07/18"), Some(30));
        for gone in ["2026-12-07/19", "2026-12-08/18", "2026-12-07/30"] {
            assert_eq!(free(gone), None, "{gone}");
        }
        calendar.closed.insert(day("2026-12-01"));
        assert_eq!(times(&calendar.offer(all, after).0), expected[1..]);
    }

    #[test]
    fn one_that_lasts_longer_leaves_no_half_behind() {
        let mut calendar = calendar();
        let all = (day("2026-12-14"), day("2026-12-14"));
        let before = day("2026-12-01").and_time(NaiveTime::MIN);
        let expected = ["2026-12-14 09:00", "2026-12-14 10:00"];
        assert_eq!(times(&calendar.offer(all, before).0), expected);
        // Somebody has the second half of the first since the hours were others.
        calendar.taken.insert(Begin {
            day: day("2026-12-14"),
            half: 19,
        });
        assert_eq!(times(&calendar.offer(all, before).0), [expected[1]]);
    }

    #[test]
    fn days_are_offered_a_few_at_a_time() {
        let calendar = calendar();
        let all = (day("2026-12-01"), day("2027-02-01"));
        let before = day("2026-11-01").and_time(NaiveTime::MIN);
        let (days, more) = calendar.offer(all, before);
        assert_eq!(days.len(), DAYS_OFFERED);
        let (rest, _) = calendar.offer((more.unwrap(), all.1), before);
        assert!(rest[0][0] > days[DAYS_OFFERED - 1][0]);
        for wrong in ["", "2026-12-01", "2026-12-01/48", "2026-13-01/1", "x/1"] {
            assert_eq!(Begin::parse(wrong), None, "{wrong}");
        }
    }
}
