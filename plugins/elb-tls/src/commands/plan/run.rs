//! `kubectl elb-tls plan` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    output::{Format, Printer},
};

use super::{args::PlanArgs, json};
use crate::{
    inputs::{Options, collect},
    planning::{Plan, ServiceCase, plan},
    show::plan_text,
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents an answer.
pub fn run(args: PlanArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let services = &args.services;
    if services.names.is_empty()
        && services.filenames.is_empty()
        && services.selector.is_none()
        && !services.all_namespaces
        && services.dump.from.is_none()
    {
        return Err(
            Error::usage("no Service given").with_hint("name one, or choose some with -l, -A, -f or --from")
        );
    }
    let format = args.output.format;
    let table_options = args.output.table_options();
    let options = Options::resolve(args.services, args.changes, connection.namespace.clone())?;
    let collected = collect(&options, connection, printer)?;
    collected.cases.iter().try_for_each(ServiceCase::require_text)?;
    let plans: Vec<Plan> = collected.cases.iter().map(|case| plan(case, &collected.cluster)).collect();
    let skipped = &collected.cluster.skipped;
    match (format, plans.as_slice()) {
        (Format::Table | Format::Wide, plans) => {
            let color = printer.appearance().color;
            let texts: Vec<String> = plans.iter().map(|plan| plan_text(plan, table_options, color)).collect();
            printer.data(&texts.join("\n"))?;
            skipped.iter().for_each(|one| printer.warning(one.sentence()));
        }
        (format, [plan]) => printer.document(format, &json::one(plan))?,
        (format, plans) => printer.document(format, &json::list(plans, skipped))?,
    }
    if plans.is_empty() {
        printer.note("no Service with a load balancer");
    }
    Ok(match (plans.iter().any(Plan::stops), collected.cluster.incomplete) {
        (true, _) => ExitStatus::No,
        (false, true) => ExitStatus::Incomplete,
        (false, false) => ExitStatus::Success,
    })
}
