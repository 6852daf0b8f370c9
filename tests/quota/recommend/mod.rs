//! `recommend` on a real control plane: what it says, and that what it says holds.

mod four_rollouts;
mod output;
mod rollouts;
