//! What everybody of the pool fails, near or far: the one search that leaves nobody out.
//! Comune by comune, so that how far away somebody lives is worked out once for all who
//! live there.

use super::criteria::{Criterion, Failures, Notes};
use super::question::Question;

/// Sets of failures, each with how many of the pool fail just these; those `aside` take no
/// part.
pub(super) fn census(
    question: &Question,
    aside: &[usize],
) -> impl Iterator<Item = (Failures, u32)> {
    let pool = question.pool;
    let mut counts = vec![0_u32; Failures::SETS];
    for (_, region) in pool.regions() {
        region.each(question.need.fields().comune, |ground, rows| {
            for i in rows {
                let (key, hot) = pool.row(i);
                let out_of_reach = !(question.goes_anywhere(hot) || ground.within(hot.reach_km));
                let noted = Failures::default().with(Criterion::Area, out_of_reach);
                let noted = question.asked.first(key, hot, noted);
                let counted = u32::from(hot.authorised_on <= question.short_today);
                counts[question.asked_last(i, noted).number()] += counted;
            }
        });
    }
    // Who named the comune is within reach wherever they live.
    for (_, row) in pool.who_named(question.need.fields().comune) {
        let i = *row as usize;
        let failures = question.failures(i);
        let ground = question.ground(i);
        let hot = pool.hot(i);
        if question.authorised(i) && !(question.goes_anywhere(hot) || ground.within(hot.reach_km)) {
            counts[failures.with(Criterion::Area, true).number()] -= 1;
            counts[failures.number()] += 1;
        }
    }
    for i in pool.newcomers().filter(|i| question.authorised(*i)) {
        counts[question.failures(i).number()] += 1;
    }
    let gone = pool.gone().filter(|i| question.authorised(*i));
    for i in gone.chain(aside.iter().copied()) {
        counts[question.failures(i).number()] -= 1;
    }
    let counts = counts.into_iter().enumerate();
    counts
        .filter(|(_, count)| *count > 0)
        .map(|(set, count)| (Failures::numbered(set), count))
}
