//! Objects as files that can be applied again.

mod clean;

pub use clean::{clean, is_made_by_others};
