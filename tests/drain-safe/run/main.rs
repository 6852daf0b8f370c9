//! `kubectl drain-safe NODE`, and what goes on with it, finishes it or takes it back: on a control plane of its own, since
//! tests that plan look at all nodes.
//!
//! | Behavior | File |
//! |---|---|
//! | what becomes of nodes and pods, lines, JSON, journal, annotations, Lease | `outcomes` |
//! | budgets: chains, refusals, budgets that change | `budgets` |
//! | a drain that is refused, and writes nothing | `refusals` |
//! | faults of the API server and the network (`DRAIN_KILLS`, `DRAIN_SEED`) | `faults` |
//! | a drain that is interrupted or killed, and goes on elsewhere | `interrupted` |
//! | `resume`, `status`, `finish`, `undo`, two drains of one node | `handling` |

mod budgets;
mod faults;
mod handling;
mod interrupted;
mod outcomes;
mod refusals;
mod setting;
