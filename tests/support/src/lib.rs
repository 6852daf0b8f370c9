//! What the tests use: a control plane shared by a test binary, an environment of their own, a pseudo-terminal,
//! a server that misbehaves on order, and a wire to cut. Everything here panics where it fails, since that is how a test fails.

mod fault_server;
mod invocation;
mod output;
pub mod plugins;
mod program;
mod random;
pub mod schemas;
mod shared_cluster;
mod signals;
mod steady;
mod terminal;
mod test_env;
mod tools;
mod variables;
mod wire;

pub use fault_server::{FaultProxy, FaultServer, Reply, Request};
pub use invocation::{Invocation, Running};
pub use output::Output;
pub use program::{copy_program, executable, write_program};
pub use random::Random;
pub use shared_cluster::{cluster, complete_namespace, fresh_namespace};
pub use steady::steady;
pub use terminal::{Terminal, keys};
pub use test_env::TestEnv;
pub use tools::has_tool;
pub use variables::{number, seed};
pub use wire::Wire;
