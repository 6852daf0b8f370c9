//! `kubectl quota verify`.

mod drift;
mod output;
mod pitfalls;
mod random;
