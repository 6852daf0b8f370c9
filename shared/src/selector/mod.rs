//! Selectors applied locally: where a dump takes the place of a server, `-l` and `--field-selector` mean the same.

mod field;
mod label;
pub mod labels;
pub mod object;

pub use field::FieldSelector;
pub use label::LabelSelector;
