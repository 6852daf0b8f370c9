//! `kubectl elb-tls rollback` from flags to exit status.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus, block_on},
    client::Client,
    output::{Column, Printer, Table, TableOptions},
};

use super::{
    args::RollbackArgs,
    list,
    restore::{Restored, changed_since, undo},
};
use crate::{
    inputs::{Options, ServiceFlags, collect},
    key_changes::KeyFlags,
    planning::annotation_changes,
    show::show_plan,
    writes::{AnnotationWrite, CarryOut, Journal, carry_out, conflicts, refuse_conflicts},
};

/// Runs the command.
///
/// # Errors
/// Nothing is recorded, somebody else has changed the annotations since, and everything that prevents them from being
/// written.
pub fn run(args: &RollbackArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    let services = ServiceFlags { names: vec![args.name.clone()], ..ServiceFlags::default() };
    let options = Options::resolve(services, KeyFlags::default(), connection.namespace.clone())?;
    let mut collected = collect(&options, connection, printer)?;
    collected.cluster.skipped.iter().for_each(|one| printer.warning(one.sentence()));
    let Some(case) = collected.cases.first_mut() else {
        return Err(Error::new(format!("there is no Service {}", args.name)));
    };
    let live = case.live.clone().unwrap_or_default();
    block_on(async {
        let client = Client::connect(connection, printer).await?;
        let entries = Journal::open(&client, &live).entries;
        if entries.is_empty() {
            return Err(Error::new(format!("no change of service/{} is recorded", args.name)).with_hint(
                "changes are recorded for the user and on the machine where annotate makes them",
            ));
        }
        if args.list {
            printer.table(&list::table(&entries), TableOptions::default())?;
            return Ok(ExitStatus::Success);
        }
        let number = args.to.or(entries.last().map(|entry| entry.number)).unwrap_or_default();
        let Some(first) = entries.iter().position(|entry| entry.number == number) else {
            return Err(Error::new(format!("no change {number} of service/{} is recorded", args.name))
                .with_hint(format!(
                    "list the recorded changes with: kubectl elb-tls rollback {} --list",
                    args.name
                )));
        };
        let restored = undo(&entries[first..]);
        let changed = changed_since(&restored, &live.annotations);
        if !changed.is_empty() && !args.write.force_conflicts {
            return Err(refuse_changed(&args.name, &changed, &live.annotations, printer));
        }
        for one in &restored {
            match &one.was {
                Some(value) => case.wanted_mut().annotations.insert(one.key.clone(), value.clone()),
                None => case.wanted_mut().annotations.remove(&one.key),
            };
        }
        let changes = annotation_changes(&live.annotations, &case.wanted.annotations);
        let write = AnnotationWrite { live, changes };
        let found = if args.write.force_conflicts { Vec::new() } else { conflicts(&write) };
        if !found.is_empty() && !args.write.is_for_others() {
            return Err(refuse_conflicts(&write, &found, printer));
        }
        if !write.changes.is_empty() {
            show_plan(case, &collected.cluster, printer);
        }
        let how = CarryOut { flags: &args.write, verb: "rolled back", keep_going: false };
        carry_out(&client, vec![write], how, printer).await?;
        Ok(ExitStatus::Success)
    })
}

/// Shows what somebody else has changed and returns the refusal.
fn refuse_changed(
    name: &str,
    changed: &[&Restored],
    now: &std::collections::BTreeMap<String, String>,
    printer: &mut Printer,
) -> Error {
    let mut table = Table::new(["KEY", "WAS", "OURS", "NOW"].map(Column::new));
    for one in changed {
        let value = |value: Option<&String>| value.cloned().unwrap_or_else(|| "-".to_owned());
        table.push([
            one.key.clone().into(),
            value(one.was.as_ref()).into(),
            value(one.ours.as_ref()).into(),
            value(now.get(&one.key)).into(),
        ]);
    }
    printer.note(table.render(TableOptions::default(), false).trim_end());
    Error::new(format!("service/{name} was not rolled back: annotations have been changed since"))
        .with_status(ExitStatus::Guarded)
        .with_hint("put the old values back all the same with --force-conflicts")
}
