//! What people see of a plan: in `plan`, and before `annotate` and `rollback` write.

mod plan_text;
mod preview;

pub use plan_text::plan_text;
pub use preview::show_plan;
