//! Called as `kubectx` or `kubens` (or `kubectl-ctx`, `kubectl-ns`), the plugin answers as they do: same words, same
//! exit status, 1 for every failure. How it reads and writes kubeconfig files stays its own.

mod call;
mod common;
mod contexts;
mod namespaces;
mod run;

pub use run::run;
