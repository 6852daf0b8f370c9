//! `kubectl drain-safe backup`: the objects of the cluster, and a snapshot of etcd that was verified.

mod args;
mod etcd;
mod restore_steps;
mod run;
mod same_cluster;

pub use args::BackupArgs;
pub use run::run;
