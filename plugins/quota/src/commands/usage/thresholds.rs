//! From which share of a quota a row is a warning or critical.

use shared::quantity::Percent;

/// The two thresholds that decide between [`super::state::State`]'s Ok, Warn and Crit.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// From here on a row is a warning.
    pub warn: Percent,
    /// From here on a row is critical.
    pub crit: Percent,
}
