//! What is shown before anything is written.

use shared::output::{Printer, TableOptions};

use super::plan_text;
use crate::planning::{Cluster, ServiceCase, plan};

/// Shows what changes, the listeners before and after, and what that hurts.
pub fn show_plan(case: &ServiceCase, cluster: &Cluster, printer: &mut Printer) {
    let text = plan_text(&plan(case, cluster), TableOptions::default(), false);
    text.lines().for_each(|line| printer.note(line.trim_end()));
}
