//! A context for one shell: the kubeconfig files stay as they are, and a small file of the shell's own goes first.
//!
//! That file, the overlay, has the current context and every context's cluster, user and namespace, and no credentials.
//! kubectl and everything built on client-go take each value from the first file that has it, and write it there: so
//! what is switched in the shell stays in the shell, and a refreshed token still goes to the file it came from.

mod files;
mod folder;
mod leading_to;
mod open;
mod overlay;
mod run;
mod start_files;
mod sweep;

pub use leading_to::leading_to;
pub use open::{Session, SessionTarget};
pub use run::{parent_name, user_shell_name};
pub use sweep::{remove_current, sweep};
