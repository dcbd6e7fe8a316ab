//! Which groups of requests a reader may be told of: none so small that somebody
//! could be meant, and none that can be reckoned from the others and the total.

/// Fewer requests than these are told to the desks alone.
pub const LEAST: u32 = 5;

/// Which of the groups that make up a total are withheld, by how many requests
/// each has: those under [`LEAST`], and further ones, the smallest first, until
/// what is withheld is more than one group and together no small one.
pub fn withheld(requests: &[u32]) -> Vec<bool> {
    let mut out: Vec<bool> = requests.iter().map(|one| *one < LEAST).collect();
    if !out.contains(&true) {
        return out;
    }
    loop {
        let kept = || out.iter().zip(requests);
        let groups = kept().filter(|(out, _)| **out).count();
        let together: u32 = kept().filter(|(out, _)| **out).map(|(_, n)| n).sum();
        if groups > 1 && together >= LEAST {
            return out;
        }
        let next = (0..out.len())
            .filter(|at| !out[*at])
            .min_by_key(|at| requests[*at]);
        let Some(next) = next else { return out };
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
}
