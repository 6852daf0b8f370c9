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
//! | surges and restarts that can't work | `surge_refusals` |
//! | surges that were killed, and what else than `resume` gives them back | `surge_left` |
//! | guards that refuse a drain, each with and without its override | `guards` |
//! | kubectl drain's flags, which mean the same | `flags` |
//! | `rolling` (`DRAIN_ROLLING_KILLS`, `DRAIN_SEED`) | `rolling` |
//! | what `rolling` takes for the return of a node | `rolling_returns` |
//! | the ways to upgrade nodes that the README names | `strategies` |
//! | the roles that `rbac` prints | `roles` |
//! | words, folders and files that are not as they should be | `odd_input` |
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
mod kubelets;
mod lost;
mod objects;
mod odd_input;
mod outcomes;
mod recreate;
mod refusals;
mod restart;
mod roles;
mod rolling;
mod rolling_returns;
mod setting;
mod strategies;
mod surge;
mod surge_left;
mod surge_refusals;
mod terminal;
mod waits;
