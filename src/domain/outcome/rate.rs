//! Rates in whole per mille, the interval of Wilson, quartiles. Rounding is exact:
//! half up is floor(1000·x + 1/2), and a half is never lost to binary fractions.

use serde::Serialize;

/// Of 95 percent, two-sided.
const Z: f64 = 1.959_964;

/// `part` of `whole`, rounded down; nothing over nothing.
pub fn down(part: u32, whole: u32) -> Option<u32> {
    rounded(part, whole, |thousands, whole| thousands / whole)
}

/// `part` of `whole`, rounded up; nothing over nothing.
pub fn up(part: u32, whole: u32) -> Option<u32> {
    rounded(part, whole, u64::div_ceil)
}

/// `part` of `whole`, rounded half up; nothing over nothing.
pub fn half_up(part: u32, whole: u32) -> Option<u32> {
    rounded(part, whole, |thousands, whole| {
        (2 * thousands + whole) / (2 * whole)
    })
}

fn rounded(part: u32, whole: u32, divide: impl FnOnce(u64, u64) -> u64) -> Option<u32> {
    debug_assert!(part <= whole, "a part is no more than the whole");
    let thousands = u64::from(part) * 1000;
    (whole > 0).then(|| {
        u32::try_from(divide(thousands, u64::from(whole))).expect("a rate is at most 1000")
    })
}

/// The interval of Wilson (1927) for `part` of `whole`, both ends rounded half up.
pub fn wilson(part: u32, whole: u32) -> [Option<u32>; 2] {
    if whole == 0 {
        return [None, None];
    }
    let n = f64::from(whole);
    let p = f64::from(part) / n;
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    [(middle - half) / scale, (middle + half) / scale].map(|end| Some(per_mille(end)))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held between 0 and 1000"
)]
fn per_mille(share: f64) -> u32 {
    (1000.0 * share + 0.5).floor().clamp(0.0, 1000.0) as u32
}

/// A share between 0 and 1 in units of 2^-64 or 2^-96. Every step rounds up, so
/// that a share that is exactly a half of a per mille comes out as that half or a
/// hair above, and goes up as it must.
pub fn fixed_half_up(share: u128, one: u128) -> u32 {
    let rounded = (2000 * share + one) / (2 * one);
    u32::try_from(rounded.min(1000)).expect("a rate is at most 1000")
}

/// Cohen's kappa of a 2×2 table in per mille, rounded half up; nothing where no
/// disagreement could be expected.
pub fn kappa(both: u32, first: u32, second: u32, neither: u32) -> Option<i64> {
    let [both, first, second, neither] = [both, first, second, neither].map(i128::from);
    let pairs = both + first + second + neither;
    let both_by_chance = (both + first) * (both + second);
    let neither_by_chance = (second + neither) * (first + neither);
    let expected = both_by_chance + neither_by_chance;
    let scale = pairs * pairs - expected;
    (scale > 0).then(|| {
        let beyond_chance = pairs * (both + neither) - expected;
        let rounded = (2000 * beyond_chance + scale).div_euclid(2 * scale);
        i64::try_from(rounded).expect("kappa lies between -1000 and 1000")
    })
}

/// Quartiles by nearest rank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Quartiles {
    pub q1: Option<i64>,
    pub median: Option<i64>,
    pub q3: Option<i64>,
    /// Of how many values.
    #[serde(skip)]
    pub of: u32,
}

impl Quartiles {
    pub fn of(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        // Element ceil(p·n), counted from 1.
        let quarter = |quarters: usize| {
            let rank = (quarters * values.len()).div_ceil(4);
            values.get(rank.checked_sub(1)?).copied()
        };
        Self {
            q1: quarter(1),
            median: quarter(2),
            q3: quarter(3),
            of: u32::try_from(values.len()).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_bounds_go_outwards() {
        assert_eq!(half_up(1, 16), Some(63), "62.5");
        assert_eq!(half_up(1, 2000), Some(1), "0.5");
        assert_eq!(down(2, 3), Some(666));
        assert_eq!(up(2, 3), Some(667));
        assert_eq!(up(1, 2), Some(500));
        assert_eq!([down(0, 0), up(0, 0), half_up(0, 0)], [None; 3]);
    }

    #[test]
    fn wilson_gives_the_published_intervals() {
        // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (the
        // score without correction).
        for (part, whole, published) in [
            (81, 263, [0.2553, 0.3662]),
            (15, 148, [0.0624, 0.1605]),
            (0, 20, [0.0, 0.1611]),
            (1, 29, [0.0061, 0.1718]),
        ] {
            for (end, published) in wilson(part, whole).into_iter().zip(published) {
                let end = f64::from(end.unwrap());
                // Half of a per mille, and half of the last printed digit.
                assert!(
                    (end - 1000.0 * published).abs() <= 0.55,
                    "{part}/{whole}: {end}"
                );
            }
        }
        assert_eq!(wilson(20, 20), [Some(839), Some(1000)]);
    }

    #[test]
    fn kappa_gives_the_published_value_and_may_be_negative() {
        // Viera and Garrett, Family Medicine 37 (2005) 360-363: two residents on whether
        // 100 noon lectures were helpful, 0.85 agreed, 0.65 expected, kappa 0.57.
        assert_eq!(kappa(15, 5, 10, 70), Some(571));
        // Two readers of 50 grant proposals, the simple example of Wikipedia's article
        // on Cohen's kappa: 0.4.
        assert_eq!(kappa(20, 5, 10, 15), Some(400));
        assert_eq!(kappa(0, 5, 5, 0), Some(-1000));
        assert_eq!(kappa(7, 0, 0, 0), None, "agreement was certain");
        assert_eq!(kappa(0, 0, 0, 0), None);
        assert_eq!(kappa(0, 1, 1, 1), Some(-500));
        assert_eq!(kappa(1, 2, 2, 1), Some(-333));
    }

    #[test]
    fn quartiles_are_elements_of_the_list() {
        let of = |values: &[i64]| {
            let q = Quartiles::of(values.to_vec());
            [q.q1, q.median, q.q3]
        };
        assert_eq!(of(&[]), [None; 3]);
        assert_eq!(of(&[7]), [Some(7); 3]);
        assert_eq!(of(&[4, 1, 3, 2]), [Some(1), Some(2), Some(3)]);
        assert_eq!(of(&[5, 4, 3, 2, -1]), [Some(2), Some(3), Some(4)]);
    }
}
