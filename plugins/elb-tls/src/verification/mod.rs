//! What clients of a load balancer get, and whether that is what the annotations say.

mod item;
mod judge;
mod probe;
mod survey;
mod targets;
mod text;

pub use item::{Item, Verdict};
pub use survey::{Survey, survey};
pub use text::show;

use shared::cli::ExitStatus;

/// Returns the exit status of some items.
pub fn exit_status(items: &[Item]) -> ExitStatus {
    let any = |verdicts: &[Verdict]| items.iter().any(|item| verdicts.contains(&item.verdict));
    match () {
        () if any(&[Verdict::Mismatch]) => ExitStatus::No,
        () if any(&[Verdict::TimedOut, Verdict::Unreachable]) => ExitStatus::Incomplete,
        () => ExitStatus::Success,
    }
}
