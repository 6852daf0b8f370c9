//! How annotations are written: shown, confirmed, recorded, tried by the server, applied.

mod annotation_write;
mod carry_out;
mod conflicts;
mod flags;
mod journal;
mod managers;
mod print;
mod send;

pub use annotation_write::AnnotationWrite;
pub use carry_out::{CarryOut, carry_out};
pub use conflicts::{conflicts, refuse as refuse_conflicts};
pub use flags::WriteFlags;
pub use journal::{Entry, Journal};
pub use print::print_local;
