//! What a reader may be told: no group so small that somebody could be meant, no
//! number of so few, and nothing from which either can be reckoned with the rest.

/// Fewer requests than these are told to the desks alone, and so are fewer cases of
/// what touches on health.
pub const LEAST: u32 = 5;
/// Numbers from 1 up to but not including it are told to the desks alone (rules for
/// official statistics, annex A.4, art. 5).
const LEAST_NUMBER: u32 = 3;

/// Whether so few are meant that they could be known.
pub fn is_small(number: u32) -> bool {
    (1..LEAST_NUMBER).contains(&number)
}

/// The same of what touches on health.
pub fn is_small_of_health(number: u32) -> bool {
    (1..LEAST).contains(&number)
}

/// Which numbers may be told of a chain in which each counts some of those before
/// it, when `first`, who all of them are, and `last`, whom each of them holds, are
/// told: those that differ from what is told around them by nobody or by enough.
pub fn told_of_chain<const N: usize>(first: u32, chain: [u32; N], last: u32) -> [bool; N] {
    let mut before = first;
    chain.map(|number| {
        let is_told = !is_small(before - number) && !is_small(number - last);
        if is_told {
            before = number;
        }
        is_told
    })
}

/// Which of the groups that make up a total are withheld, by how many requests
/// each has: those under [`LEAST`], and further ones, the smallest first, until
/// what is withheld is more than one group and together no small one.
pub fn withheld(requests: &[u32]) -> Vec<bool> {
    let small = |n: &u32| *n < LEAST;
    let first = requests.iter().map(small).collect();
    with_others(requests, first, |hidden| {
        hidden.iter().map(|at| requests[*at]).sum::<u32>() >= LEAST
    })
}

/// Of which groups it is withheld what became of their requests: of those of which
/// nothing is told (`none`), of those where it became the same of few, and of further
/// ones, the smallest first, until it can't be reckoned from the total, which is told.
/// `groups`: requests that are filled, that are not, and that are still open.
pub fn withheld_states(groups: &[[u32; 3]], none: &[bool]) -> Vec<bool> {
    let sizes: Vec<u32> = groups.iter().map(|parts| parts.iter().sum()).collect();
    let few = |parts: &[u32; 3]| parts.iter().any(|n| is_small(*n));
    let first = groups.iter().zip(none);
    let first = first.map(|(parts, none)| *none || few(parts)).collect();
    with_others(&sizes, first, |hidden| {
        (0..3).all(|part| !is_small(hidden.iter().map(|at| groups[*at][part]).sum()))
    })
}

/// Withholds further groups, the smallest first, until there are several and
/// together they are `enough`.
fn with_others(sizes: &[u32], mut out: Vec<bool>, enough: impl Fn(&[usize]) -> bool) -> Vec<bool> {
    if !out.contains(&true) {
        return out;
    }
    loop {
        let (hidden, told): (Vec<usize>, Vec<usize>) = (0..out.len()).partition(|at| out[*at]);
        if hidden.len() > 1 && enough(&hidden) {
            return out;
        }
        let Some(next) = told.into_iter().min_by_key(|at| sizes[*at]) else {
            return out;
        };
        out[next] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_group_is_withheld_with_another_so_that_it_cannot_be_subtracted() {
        assert_eq!(withheld(&[]), [] as [bool; 0]);
        assert_eq!(withheld(&[5, 9]), [false, false]);
        assert_eq!(withheld(&[4, 30, 9]), [true, false, true]);
        assert_eq!(withheld(&[1, 2, 30]), [true; 3], "together only three");
        assert_eq!(withheld(&[2, 3, 30]), [true, true, false]);
        assert_eq!(withheld(&[4]), [true]);
    }

    #[test]
    fn what_is_withheld_is_never_one_group_nor_few_requests() {
        for seed in 0..2000_u32 {
            let sizes: Vec<u32> = (0..seed % 6)
                .map(|at| (seed.wrapping_mul(2_654_435_761) >> (at * 4)) % 12)
                .collect();
            let out = withheld(&sizes);
            let hidden: Vec<u32> = (out.iter().zip(&sizes))
                .filter(|(out, _)| **out)
                .map(|(_, n)| *n)
                .collect();
            let all = hidden.len() == sizes.len();
            let enough = hidden.len() > 1 && hidden.iter().sum::<u32>() >= LEAST;
            assert!(hidden.is_empty() || all || enough, "{sizes:?}");
            let small = sizes.iter().zip(&out).filter(|(n, _)| **n < LEAST);
            assert!(small.into_iter().all(|(_, out)| *out), "{sizes:?}");
        }
    }

    #[test]
    fn of_a_chain_no_two_told_numbers_differ_by_few() {
        assert_eq!(told_of_chain(12, [12, 9, 6], 3), [true; 3]);
        assert_eq!(told_of_chain(12, [11, 9, 4], 3), [false, true, false]);
        assert_eq!(told_of_chain(12, [2], 0), [false]);
        assert_eq!(told_of_chain(12, [0], 0), [true], "nobody is nobody");
        assert_eq!(told_of_chain(12, [10], 0), [false], "two are not");
        for seed in 0..5000_u32 {
            let mut drawn =
                [0, 5, 10, 15, 20].map(|shift| (seed.wrapping_mul(2_654_435_761) >> shift) % 14);
            drawn.sort_unstable_by(|a, b| b.cmp(a));
            let [first, a, b, c, last] = drawn;
            let told = told_of_chain(first, [a, b, c], last);
            let kept = [a, b, c].into_iter().zip(told).filter(|(_, told)| *told);
            let mut line = vec![first];
            line.extend(kept.map(|(number, _)| number));
            line.push(last);
            // What the two ends themselves tell is not this chain's to withhold.
            let few = |pair: &[u32]| is_small(pair[0] - pair[1]);
            let ends_alone = line.len() == 2;
            assert!(
                ends_alone || !line.windows(2).any(few),
                "{drawn:?}: {told:?}"
            );
        }
    }

    /// What a clever reader knows of the withheld groups: how many requests of each
    /// sort they have together. No sort of one of them is few for certain.
    #[test]
    fn what_became_of_a_groups_requests_cannot_be_reckoned() {
        let mut withheld_some = 0;
        for seed in 0..4000_u32 {
            let mut state = seed;
            let mut draw = |below: u32| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) % below
            };
            let many = 1 + draw(4) as usize;
            let groups: Vec<[u32; 3]> = (0..many).map(|_| [draw(7), draw(7), draw(4)]).collect();
            let sizes: Vec<u32> = groups.iter().map(|parts| parts.iter().sum()).collect();
            let out = withheld_states(&groups, &withheld(&sizes));
            let hidden: Vec<&[u32; 3]> = groups
                .iter()
                .zip(&out)
                .filter(|(_, out)| **out)
                .map(|(parts, _)| parts)
                .collect();
            for (parts, out) in groups.iter().zip(&out) {
                assert!(*out || !parts.iter().any(|n| is_small(*n)), "{groups:?}");
            }
            withheld_some += usize::from(!hidden.is_empty());
            if hidden.is_empty() || hidden.len() == groups.len() {
                continue;
            }
            assert!(hidden.len() > 1, "{groups:?}");
            for part in 0..3 {
                let together: u32 = hidden.iter().map(|parts| parts[part]).sum();
                assert!(!is_small(together), "{groups:?}: {part}");
            }
        }
        assert!(withheld_some > 1000);
    }
}
