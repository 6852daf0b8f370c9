//! The commands, one folder each. A command never imports another one: what two of them need is in a module beside
//! this one: `switching`, `namespaces`, `kubeconfigs`.

pub mod contexts;
pub mod create;
pub mod doctor;
pub mod env;
pub mod list;
pub mod rbac;
pub mod shell;
pub mod switch_namespace;
pub mod undo;
pub mod use_context;
pub mod user;
pub mod whoami;
