//! The manners of the suite: what every command of all four plugins has in common. Who knows one command knows the others.
//!
//! | file | what |
//! |---|---|
//! | `pages.rs` | every command's flags, read from its help |
//! | `flags.rs` | the same flag has the same letter, value and words; their order |
//! | `formats.rs` | the values of `-o`; `--from` where a command reads |
//! | `help.rs` | help and the version, wherever they are asked for in a line |
//! | `errors.rs` | colors, and what an error says to do next |
#![allow(clippy::unwrap_used)]

mod errors;
mod flags;
mod formats;
mod help;
mod pages;
