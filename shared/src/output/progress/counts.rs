//! The numbers that progress shows.

/// What one piece of work has counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub done: u64,
    pub total: Option<u64>,
    /// Counts steps of known number rather than objects.
    pub steps: bool,
}

/// Sums up the counts of all work: how much is done, and of how much if that is known. None where nothing was
/// counted.
///
/// The first steps that were announced win: they are those of the outermost work, and their number is known. Work of no steps
/// tells nothing.
pub(super) fn sum(counts: &[Count]) -> Option<(u64, Option<u64>)> {
    if let Some(steps) = counts.iter().find(|count| count.steps && count.total != Some(0)) {
        return Some((steps.done, steps.total));
    }
    let counted = || counts.iter().filter(|count| count.done > 0);
    counted().next()?;
    Some((counted().map(|count| count.done).sum(), counted().map(|count| count.total).sum()))
}
