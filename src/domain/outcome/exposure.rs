//! Whether the same people are always named: among those who could have been, how
//! many were, and how unequally.

use chrono::{Datelike, NaiveDate};

/// Whole years, before the running one, of which it is kept who fitted which request:
/// so many the report offers.
pub const FITS_YEARS: i32 = 6;

/// The first day on which a request was opened of which it is still known who
/// fitted; exposure is told of no earlier period.
pub fn fits_kept_from(today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(today.year() - FITS_YEARS, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// Workers who fitted at least one request, and how often each was introduced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure {
    pub fitted: u32,
    pub introduced: u32,
    /// Gini coefficient of the introductions, per mille: 0 where all have as many;
    /// `None` where there are none.
    pub gini: Option<u32>,
}

impl Exposure {
    /// Of the introductions of each worker, in any order.
    pub fn of(mut introductions: Vec<u32>) -> Self {
        introductions.sort_unstable();
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let n = introductions.len() as u128;
        let mut all: u128 = 0;
        let mut ranked: u128 = 0;
        for (rank, number) in (1_u128..).zip(&introductions) {
            all += u128::from(*number);
            ranked += rank * u128::from(*number);
        }
        // G = 2·Σ(rank·x) / (n·Σx) − (n + 1) / n, rounded half up.
        let gini = (all > 0).then(|| {
            let (part, whole) = (2 * ranked - (n + 1) * all, n * all);
            u32::try_from((2000 * part + whole) / (2 * whole)).unwrap_or(1000)
        });
        Self {
            fitted: count(introductions.len()),
            introduced: count(introductions.iter().filter(|one| **one > 0).count()),
            gini,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half the mean difference between any two, over the mean: the definition.
    fn slow(numbers: &[u32]) -> f64 {
        let n = f64::from(u32::try_from(numbers.len()).unwrap());
        let all: f64 = numbers.iter().map(|one| f64::from(*one)).sum();
        let pairs = numbers.iter().flat_map(|a| {
            let differences = numbers.iter();
            differences.map(move |b| (f64::from(*a) - f64::from(*b)).abs())
        });
        pairs.sum::<f64>() / (2.0 * n * all)
    }

    #[test]
    fn equality_is_0_and_one_who_has_all_is_nearly_1() {
        assert_eq!(Exposure::of(vec![3, 3, 3]).gini, Some(0));
        assert_eq!(Exposure::of(vec![0, 0, 0, 8]).gini, Some(750));
        assert_eq!(Exposure::of(vec![0, 0]).gini, None);
        assert_eq!(Exposure::of(Vec::new()), Exposure::default());
        let some = Exposure::of(vec![0, 2, 1]);
        assert_eq!((some.fitted, some.introduced), (3, 2));
    }

    #[test]
    fn it_is_half_the_mean_difference_over_the_mean() {
        for seed in 1..300_u32 {
            let numbers: Vec<u32> = (0..=seed % 9)
                .map(|at| (seed.wrapping_mul(2_654_435_761) >> (3 * at)) % 7)
                .collect();
            if let Some(gini) = Exposure::of(numbers.clone()).gini {
                let difference = f64::from(gini) - 1000.0 * slow(&numbers);
                assert!(difference.abs() <= 0.51, "{numbers:?}");
            }
        }
    }
}
