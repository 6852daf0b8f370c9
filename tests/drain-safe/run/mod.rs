//! `kubectl drain-safe NODE`, and what goes on with it, finishes it or takes it back.

mod budgets;
mod faults;
mod handling;
mod interrupted;
mod outcomes;
mod refusals;
mod setting;
