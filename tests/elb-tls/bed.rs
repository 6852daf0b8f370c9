//! The bed of this test binary: the real controllers, which act on Services while tests look on.

use aws::{Bed, BedOptions};
use std::sync::OnceLock;

/// The bed, started by whoever asks first.
pub fn bed() -> &'static Bed {
    static BED: OnceLock<Bed> = OnceLock::new();
    BED.get_or_init(|| Bed::start(BedOptions::default()).expect("a bed to test on"))
}
