//! `kubectl drain-safe NODE`, and what goes on with it, finishes it or takes it back: on a control plane of its own, since
//! tests that plan look at all nodes.
//!
//! | Behavior | File |
//! |---|---|
//! | what becomes of nodes and pods, lines, JSON, journal, annotations, Lease | `outcomes` |
//! | budgets: chains, refusals, budgets that change | `budgets` |
//! | `backup`: the snapshot of etcd, the drill that restores it, and what goes wrong with etcd | `backup` |
//! | a drain that is refused, and writes nothing | `refusals` |
//! | pods that nothing recreates | `bare` |
//! | `--recreate-bare`, `restore` (`DRAIN_BARE_KILLS`, `DRAIN_SEED`) | `recreate` |
//! | `--single-replica=surge` and `restart` (`DRAIN_SURGE_KILLS`, `DRAIN_SEED`) | `surge` |
//! | guards that refuse a drain, each with and without its override | `guards` |
//! | kubectl drain's flags, which mean the same | `flags` |
//! | `rolling` (`DRAIN_ROLLING_KILLS`, `DRAIN_SEED`) | `rolling` |
//! | the ways to upgrade nodes that the README names | `strategies` |
//! | the roles that `rbac` prints | `roles` |
//! | a terminal: questions, the live table, Ctrl-C twice | `terminal` |
//! | faults of the API server and the network | `faults` |
//! | an API server that is killed and comes back | `restart` |
//! | a clock that is an hour off | `clock` |
//! | a lock, rights or credentials that are lost midway; clocks that disagree | `lost` |
//! | `--wait-replacements`, `--wait-volumes`, nodes that are not Ready | `waits` |
//! | a drain that is interrupted or killed, and goes on elsewhere (`DRAIN_KILLS`, `DRAIN_SEED`) | `interrupted` |
//! | `resume`, `status`, `finish`, `undo`, two drains of one node | `handling` |

mod backup;
mod bare;
mod budgets;
mod clock;
mod faults;
mod flags;
mod guards;
mod handling;
mod interrupted;
mod lost;
mod objects;
mod outcomes;
mod recreate;
mod refusals;
mod restart;
mod roles;
mod rolling;
mod setting;
mod strategies;
mod surge;
mod terminal;
mod waits;
