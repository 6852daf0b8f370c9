//! What README.md and the other documents say, held against what is there. The guides in `docs` are run by tests of their
//! plugins (`guides.rs`); this is about everything else.
//!
//! | file | what |
//! |---|---|
//! | `lines.rs` | finds the command lines of a document |
//! | `readme.rs` | runs those of the README, on the example cluster |
//! | `elsewhere.rs` | those that would take too long or need other machines, and where they are run instead |
//! | `mentions.rs` | command lines within sentences: commands and flags that exist |
//! | `tests.rs` | `cargo test` lines, and the table of the random tests: packages, tests and variables that exist |
//! | `places.rs` | files, folders, types and links that exist |
//! | `repository.rs` | the documents and sources of this repository |
#![allow(clippy::unwrap_used)]

mod elsewhere;
mod lines;
mod mentions;
mod places;
mod readme;
mod repository;
mod tests;
