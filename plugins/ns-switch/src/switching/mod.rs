//! Switching namespaces and contexts: plan, ask for consent, change the kubeconfig, remember for `-` and `undo`, report.

mod add_entries;
mod apply;
mod confirm_protected;
mod difference;
mod dry_run;
mod failure;
mod history;
mod namespace_name;
mod outcome;
mod plan_context;
mod plan_namespace;
mod read_only;
mod switcher;
mod target;
mod write_flags;

pub use apply::{Applied, UNDO};
pub use confirm_protected::{ProtectedStep, confirm_protected};
pub use difference::Difference;
pub use failure::NamespaceError;
pub use namespace_name::check_name;
pub use outcome::{ContextSwitch, NamespaceSwitch, Verification};
pub use plan_context::no_previous_context;
pub use plan_namespace::NamespaceTarget;
use read_only::ReadOnly;
pub use switcher::Switcher;
pub use target::Target;
pub use write_flags::{WriteFlags, without_server};
