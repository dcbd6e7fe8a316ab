//! Whether a choice passes over somebody of a better band who fits: then one coded
//! reason is asked for, once. Whoever was asked for this request already is not
//! passed over, and a reason that was given when asking is not asked for again.

use crate::domain::ids::WorkerCode;
use crate::matching::Ranked;
use crate::storage::proposals::ProposalLine;

/// `fits`: all who fit. `words`: the proposals of the request, the latest first.
pub(in crate::services) fn skips(
    fits: &[Ranked],
    chosen: &[WorkerCode],
    words: &[ProposalLine],
) -> bool {
    let is_chosen = |worker: &str| chosen.iter().any(|code| code.as_str() == worker);
    let was_asked = |worker: &str| words.iter().any(|line| line.worker == worker);
    let explained = words
        .iter()
        .any(|line| is_chosen(&line.worker) && line.proposal.value.skipped_reason.is_some());
    if explained {
        return false;
    }
    let worst = (fits.iter())
        .filter(|fit| is_chosen(fit.worker))
        .map(|fit| fit.band)
        .max();
    let all_fit = (chosen.iter()).all(|code| fits.iter().any(|fit| fit.worker == code.as_str()));
    let worst = if all_fit { worst } else { Some(u32::MAX) };
    fits.iter().any(|fit| {
        !is_chosen(fit.worker)
            && !was_asked(fit.worker)
            && worst.is_some_and(|worst| fit.band < worst)
    })
}
