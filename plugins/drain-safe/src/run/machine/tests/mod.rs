//! Orders of events that a cluster brings rarely, one at a time.

mod answers;
pub mod bench;
mod budgets;
mod end;
mod moves;
mod nodes;
mod order;
mod recreations;
mod watch;
