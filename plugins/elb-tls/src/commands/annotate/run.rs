//! `kubectl elb-tls annotate` from flags to exit status.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    model::Service,
    output::Printer,
    prompt::TerminalPrompter,
};

use super::{afterward::afterward, args::AnnotateArgs, guided, refusals::refusal};
use crate::{
    inputs::{Collected, Options, collect},
    planning::{ServiceCase, annotation_changes},
    rules::Ignored,
    show::show_plan,
    writes::{AnnotationWrite, CarryOut, carry_out, print_local},
};

/// Runs the command.
///
/// # Errors
/// Everything that prevents the annotations from being written as they were shown.
pub fn run(
    mut args: AnnotateArgs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let ignored = Ignored::of_flags(&args.ignore, args.allow_plaintext)?;
    guided::complete(&mut args, connection, &ignored, &mut TerminalPrompter::default(), printer)?;
    let is_local =
        args.targets.local || !args.targets.filenames.is_empty() && !Client::is_server_named(connection)?;
    if is_local && !args.targets.local {
        printer.warning("no cluster is named: the Services are printed with the change, nothing is written");
    }
    let flags = args.targets.clone().into_service_flags();
    let mut options = Options::resolve(flags, args.changes.clone(), connection.namespace.clone())?;
    options.local = is_local;
    options.live_objects = !is_local;
    let collected = collect(&options, connection, printer)?;
    collected.cases.iter().try_for_each(ServiceCase::require_text)?;
    talk(&collected, printer);
    let (accepted, is_complete) = judge(&args, &collected, &ignored, printer)?;
    for (case, _) in accepted.iter().filter(|(_, write)| !write.changes.is_empty()) {
        show_plan(case, &collected.cluster, printer);
    }
    let mut after = ExitStatus::Success;
    let refused = if is_local {
        let manifest = |case: &ServiceCase| case.source.as_ref().map(|source| source.manifest.clone());
        let manifests = accepted.iter().map(|(case, _)| manifest(case).unwrap_or_default()).collect();
        let writes: Vec<AnnotationWrite> = accepted.into_iter().map(|(_, write)| write).collect();
        print_local(&writes, manifests, args.write.output, args.write.diff, printer)?;
        false
    } else {
        let cases: Vec<ServiceCase> = accepted.iter().map(|(case, _)| (*case).clone()).collect();
        let writes = accepted.into_iter().map(|(_, write)| write).collect();
        let how = CarryOut { flags: &args.write, verb: "annotated", keep_going: args.keep_going };
        block_on(async {
            let client = Client::connect(connection, printer).await?;
            let refused = carry_out(&client, writes, how, printer).await?;
            if args.wait.is_some() || args.verify {
                after = afterward(&client, &args, cases, &collected.cluster, printer).await?;
            }
            Ok(refused)
        })?
    };
    if after != ExitStatus::Success {
        return Ok(after);
    }
    Ok(if refused || !is_complete { ExitStatus::No } else { ExitStatus::Success })
}

/// Returns the changes that nothing speaks against, and whether those are all.
fn judge<'a>(
    args: &AnnotateArgs,
    collected: &'a Collected,
    ignored: &Ignored,
    printer: &mut Printer,
) -> Result<(Vec<(&'a ServiceCase, AnnotationWrite)>, bool)> {
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for case in &collected.cases {
        let write = write_of(case);
        let error = match write.changes.is_empty() {
            true => None,
            false => refusal(case, &collected.cluster, &write, ignored, &args.write, printer),
        };
        match error {
            None => accepted.push((case, write)),
            Some(error) => refused.push(error),
        }
    }
    let is_complete = refused.is_empty();
    // The last one ends the command where one is enough to end it.
    let last = if args.keep_going { None } else { refused.pop() };
    refused.iter().for_each(|error| printer.error(error));
    match last {
        Some(error) => Err(error),
        None => Ok((accepted, is_complete)),
    }
}

/// Returns what changes of a Service: of the live object, or of the file's where no cluster is asked.
fn write_of(case: &ServiceCase) -> AnnotationWrite {
    let live = case.live.clone().unwrap_or_else(|| {
        let manifest = case.source.as_ref().map(|source| &source.manifest["metadata"]["annotations"]);
        let annotations = manifest.and_then(Value::as_object).into_iter().flatten();
        let text = annotations.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
        Arc::new(Service { annotations: text.collect::<BTreeMap<_, _>>(), ..Service::clone(&case.wanted) })
    });
    let changes = annotation_changes(&live.annotations, &case.wanted.annotations);
    AnnotationWrite { live, changes }
}

fn talk(collected: &Collected, printer: &mut Printer) {
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    if collected.cluster.has_foreign_nodes {
        printer.warning("no node is a machine of AWS: the rules are those of AWS load balancers");
    }
    if collected.cases.is_empty() {
        printer.note("no Service with a load balancer");
    }
}
