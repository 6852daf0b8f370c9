//! From changes that were shown to changes that were made.

use serde_json::Value;
use shared::{
    Error, Result,
    cli::DryRun,
    client::Client,
    output::Printer,
    prompt::{Prompter, Question, TerminalPrompter},
};

use super::{
    annotation_write::AnnotationWrite,
    flags::{Output, WriteFlags},
    journal::Journal,
    print::{print_for_others, print_objects, with_changes},
    send::{SendOptions, send},
};

/// How changes are made.
#[derive(Clone, Copy, Debug)]
pub struct CarryOut<'a> {
    /// The flags.
    pub flags: &'a WriteFlags,
    /// What is said of a Service that was written: `annotated`.
    pub verb: &'static str,
    /// Whether one refusal leaves the others alone.
    pub keep_going: bool,
}

/// Confirms, records, tries and makes changes that were shown, and prints what was done. Returns whether the server refused
/// some and others were made.
///
/// # Errors
/// No consent, and what the server refuses.
pub async fn carry_out(
    client: &Client,
    mut writes: Vec<AnnotationWrite>,
    how: CarryOut<'_>,
    printer: &mut Printer,
) -> Result<bool> {
    let flags = how.flags;
    if flags.is_for_others() {
        print_for_others(&writes, flags.output, printer)?;
        return Ok(false);
    }
    let mut report = Report { how, objects: Vec::new() };
    let is_changed = |write: &AnnotationWrite| !write.changes.is_empty();
    if flags.dry_run == DryRun::Client || !writes.iter().any(is_changed) {
        for write in &writes {
            let object = match flags.output {
                Some(_) => with_changes(client.get_json(&write.path()).await?, &write.changes),
                None => Value::Null,
            };
            report.add(write, object, printer)?;
        }
        report.print(printer)?;
        return Ok(false);
    }
    if !flags.dry_run.is_dry() && !flags.yes {
        confirm(&writes, &mut TerminalPrompter::default())?;
    }
    let mut journals = Vec::new();
    if !flags.dry_run.is_dry() {
        for write in writes.iter().filter(|write| is_changed(write)) {
            journals.push((write.live.metadata.uid.clone(), begin(client, write, printer)));
        }
    }
    let tried = try_all(client, &mut writes, how, &mut journals, printer).await;
    let (results, refused) = match tried {
        Ok(tried) => tried,
        Err(error) => {
            journals.iter_mut().for_each(|(_, journal)| drop(journal.withdraw()));
            return Err(error);
        }
    };
    for (write, tried) in writes.iter().zip(results) {
        if flags.dry_run.is_dry() || !is_changed(write) {
            report.add(write, tried, printer)?;
            continue;
        }
        let options = SendOptions { dry_run: false, force: flags.force_conflicts };
        let written = send(client, write, options).await?;
        if let Some((_, journal)) = journals.iter_mut().find(|(uid, _)| *uid == write.live.metadata.uid) {
            // What is on record already is enough to go back.
            drop(journal.confirm());
        }
        // Reported at once, since the next write may fail.
        report.add(write, written, printer)?;
        printer.flush()?;
    }
    report.print(printer)?;
    Ok(refused)
}

fn confirm(writes: &[AnnotationWrite], prompter: &mut dyn Prompter) -> Result<()> {
    let changed: Vec<&AnnotationWrite> = writes.iter().filter(|write| !write.changes.is_empty()).collect();
    let text = match changed.as_slice() {
        [write] => {
            format!("Write this to {} in namespace {}?", write.object(), write.live.metadata.namespace)
        }
        _ => format!("Write this to {} Services?", changed.len()),
    };
    match prompter.confirm(Question { text: &text, answered_by: "--yes" }, false)? {
        true => Ok(()),
        false => Err(Error::cancelled()),
    }
}

/// Records changes; where that is impossible, says how to go back without a record.
fn begin(client: &Client, write: &AnnotationWrite, printer: &mut Printer) -> Journal {
    let mut journal = Journal::open(client, &write.live);
    if let Err(error) = journal.begin(&write.changes) {
        printer.warning(format!(
            "{} can't be rolled back by `rollback`: the change can't be recorded: {error}. To go back:\n  {}",
            write.object(),
            write.way_back()
        ));
    }
    journal
}

/// Has the server try every change. Refused ones are taken out of `writes` where the others are to go on.
async fn try_all(
    client: &Client,
    writes: &mut Vec<AnnotationWrite>,
    how: CarryOut<'_>,
    journals: &mut [(String, Journal)],
    printer: &mut Printer,
) -> Result<(Vec<Value>, bool)> {
    let options = SendOptions { dry_run: true, force: how.flags.force_conflicts };
    let (mut results, mut accepted, mut refused) = (Vec::new(), Vec::new(), false);
    for write in std::mem::take(writes) {
        let tried = match write.changes.is_empty() {
            true => client.get_json(&write.path()).await,
            false => send(client, &write, options).await,
        };
        match tried {
            Ok(result) => {
                results.push(result);
                accepted.push(write);
            }
            Err(error) if how.keep_going => {
                printer.error(&error);
                refused = true;
                if let Some((_, journal)) =
                    journals.iter_mut().find(|(uid, _)| *uid == write.live.metadata.uid)
                {
                    drop(journal.withdraw());
                }
            }
            Err(error) => return Err(error),
        }
    }
    *writes = accepted;
    Ok((results, refused))
}

/// What is printed: a line for each Service at once, or all Services at the end.
struct Report<'a> {
    how: CarryOut<'a>,
    objects: Vec<Value>,
}

impl Report<'_> {
    fn add(&mut self, write: &AnnotationWrite, object: Value, printer: &mut Printer) -> Result<()> {
        if self.how.flags.output.is_some() {
            self.objects.push(object);
            return Ok(());
        }
        let verb = if write.changes.is_empty() { "unchanged" } else { self.how.verb };
        let dry = match self.how.flags.dry_run {
            DryRun::None => "",
            DryRun::Client => " (dry run)",
            DryRun::Server => " (server dry run)",
        };
        printer.data(&format!("{} {verb}{dry}\n", write.object()))
    }

    fn print(self, printer: &mut Printer) -> Result<()> {
        match self.how.flags.output {
            Some(output @ (Output::Yaml | Output::Json)) => print_objects(self.objects, output, printer),
            _ => Ok(()),
        }
    }
}
