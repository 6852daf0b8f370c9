//! `check`.

mod cluster;
mod output;
