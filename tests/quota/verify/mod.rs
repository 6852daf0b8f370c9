//! `kubectl quota verify`.

mod drift;
mod output;
mod random;
