//! `kubectl ns-switch contexts` from flags to exit status.

use jiff::Timestamp;
use shared::{
    Result,
    cli::{ConnectionFlags, ExitStatus, block_on, leak_until_exit},
    output::{Envelope, Format, Items, Printer, natural_order, sanitize_line},
};

use super::{
    action::{self, Action},
    add,
    args::{ContextsArgs, ContextsCommand},
    check::check_all,
    delete::delete,
    export,
    rename::rename,
    table::{fitted, table},
};
use crate::{
    api_version::API_VERSION,
    kubeconfigs::{ContextIndex, ContextSummary, Kubeconfigs, nothing_loaded, summarize},
    kubectl_flags::refuse_target,
    settings::Settings,
    switching::Switcher,
};

/// Runs the command.
///
/// # Errors
/// The arguments contradict one another, or a kubeconfig file can't be read or written.
pub fn run(args: &ContextsArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    match &args.command {
        Some(ContextsCommand::Add(args)) => return add::run(args, connection, printer),
        Some(ContextsCommand::Export(args)) => return export::run(args, connection, printer),
        None => {}
    }
    let action = Action::from_args(args)?;
    if matches!(action, Action::Switch(_) | Action::Previous) {
        refuse_target(connection)?;
    }
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let switcher = Switcher::new(&kubeconfigs, connection).yes(args.yes).write(args.write);
    match action {
        Action::List => return list(&kubeconfigs, args, connection, printer),
        Action::Current => return current(&kubeconfigs, printer),
        Action::Switch(name) => {
            let index = ContextIndex::read(&kubeconfigs)?;
            match new_name_with_a_dash(&name, &index) {
                Some((new, old)) => rename(&switcher, &new, old.as_deref(), args.overwrite, printer)?,
                None => switcher.context_in(index, &name, printer)?.report(printer),
            }
        }
        Action::Previous => {
            switcher.previous_context(printer)?.report(printer);
        }
        Action::Rename { new, old, overwrite } => {
            rename(&switcher, &new, old.as_deref(), overwrite, printer)?;
        }
        Action::Delete { names, orphans } => delete(&switcher, &names, orphans, printer)?,
        Action::Unset => switcher.unset_context(printer)?,
    }
    Ok(ExitStatus::Success)
}

/// Splits `-NEW=OLD` where it is no name: behind `--`, which such a word needs, it can only be meant as a renaming.
fn new_name_with_a_dash(word: &str, index: &ContextIndex) -> Option<(String, Option<String>)> {
    let (new, old) = action::rename(word).filter(|_| index.context(word).is_none())?;
    let exists = old.as_deref().is_none_or(|old| index.context(old).is_some());
    (new.starts_with('-') && exists).then_some((new, old))
}

/// Prints the current context. One that does not exist is printed, too, with a warning and [`ExitStatus::No`].
fn current(kubeconfigs: &Kubeconfigs, printer: &mut Printer) -> Result<ExitStatus> {
    let index = ContextIndex::read(kubeconfigs)?;
    let Some(current) = &index.current else { return Err(index.no_current()) };
    let line = format!("{}\n", printer.name(current));
    printer.data(&line)?;
    if index.context(current).is_some() {
        return Ok(ExitStatus::Success);
    }
    printer.warning(missing_current(current));
    Ok(ExitStatus::No)
}

/// Prints the names alone, for which neither clusters nor users are decoded.
fn names(kubeconfigs: &Kubeconfigs, printer: &mut Printer) -> Result<ExitStatus> {
    let index = ContextIndex::read(kubeconfigs)?;
    // As kubectl lists names: in the order of bytes, whatever the terminal.
    let mut names: Vec<&str> = index.contexts.iter().map(|context| context.name.as_str()).collect();
    names.sort_unstable();
    let text: String = names.iter().map(|name| format!("{}\n", printer.name(name))).collect();
    printer.data(&text)?;
    if let Some(emptiness) = &index.emptiness {
        printer.note(&emptiness.sentence);
    }
    Ok(ExitStatus::Success)
}

fn list(
    kubeconfigs: &Kubeconfigs,
    args: &ContextsArgs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let format = args.output.format;
    if format == Format::Name && !args.check && !args.skip_bad {
        return names(kubeconfigs, printer);
    }
    let kubeconfig = match args.check {
        true => kubeconfigs.load(args.skip_bad),
        false => kubeconfigs.look(args.skip_bad),
    }?;
    let now = Timestamp::now();
    let mut rows = summarize(&kubeconfig, now);
    mark_protected(&mut rows, printer);
    if args.check && !rows.is_empty() {
        block_on(async {
            check_all(&mut rows, &kubeconfig, connection, printer).await;
            Ok(())
        })?;
    }
    rows.extend(beside(kubeconfigs, now));
    match format {
        Format::Name => {
            rows.retain(|row| !row.beside);
            rows.sort_by(|left, right| left.name.cmp(&right.name));
            let names: String = rows.iter().map(|row| format!("{}\n", printer.name(&row.name))).collect();
            printer.data(&names)?;
        }
        Format::Table | Format::Wide => {
            sort(&mut rows);
            let width = printer.width().filter(|_| format == Format::Table);
            let (table, left_out) = match width {
                Some(width) => fitted(&rows, now, args.output.table_options(), width),
                None => (table(&rows, now), &[][..]),
            };
            printer.table(&table, args.output.table_options())?;
            if !left_out.is_empty() {
                printer
                    .note(format!("left out on this terminal: {} (-o wide shows all)", left_out.join(", ")));
            }
        }
        format => {
            sort(&mut rows);
            printer.document(format, &Envelope::new(API_VERSION, "ContextList", Items::new(&rows)))?;
        }
    }
    for problem in &kubeconfig.problems {
        if args.skip_bad && rows.iter().all(|row| !row.problems.contains(&problem.message)) {
            printer.warning(problem.to_string());
        }
    }
    let is_table = matches!(format, Format::Table | Format::Wide);
    if let Some(current) = kubeconfig.current_context.as_ref().filter(|_| is_table)
        && !rows.iter().any(|row| row.current)
    {
        printer.warning(missing_current(&current.name));
    }
    if rows.is_empty() {
        printer.note(nothing_loaded(&kubeconfig));
    } else if let Some(note) = problem_note(&rows, format) {
        printer.note(note);
    }
    let unanswered = rows.iter().filter_map(|row| row.check.as_ref()).any(|check| check.error.is_some());
    leak_until_exit(kubeconfig);
    Ok(if unanswered { ExitStatus::Incomplete } else { ExitStatus::Success })
}

/// Returns the contexts of the files beside ours that the settings name.
fn beside(kubeconfigs: &Kubeconfigs, now: Timestamp) -> Vec<ContextSummary> {
    let mut rows = Vec::new();
    // Of settings that can't be read a warning has told.
    for other in kubeconfigs.others().unwrap_or_default() {
        // What is no kubeconfig has no contexts.
        let Ok(kubeconfig) = other.look(false) else { continue };
        let found = summarize(&kubeconfig, now).into_iter();
        rows.extend(found.map(|row| ContextSummary { beside: true, current: false, ..row }));
        leak_until_exit(kubeconfig);
    }
    rows
}

/// Marks what the settings protect. Settings that can't be read stand in the way of a switch, not of a list.
fn mark_protected(rows: &mut [ContextSummary], printer: &mut Printer) {
    match Settings::load() {
        Ok(settings) => rows.iter_mut().for_each(|row| row.protected = settings.protects(&row.name)),
        Err(error) => {
            let sentence = error.to_string();
            printer.warning(sentence.trim_start_matches("error: "));
        }
    }
}

fn missing_current(name: &str) -> String {
    format!("the current context \"{}\" does not exist", sanitize_line(name))
}

fn sort(rows: &mut [ContextSummary]) {
    rows.sort_by(|left, right| natural_order(&left.name, &right.name));
}

/// Points to the problems, which the narrow table does not show.
fn problem_note(rows: &[ContextSummary], format: Format) -> Option<String> {
    let count = rows.iter().filter(|row| !row.problems.is_empty()).count();
    let contexts =
        if count == 1 { "1 context has problems" } else { &format!("{count} contexts have problems") };
    (count > 0 && format == Format::Table).then(|| {
        format!("{contexts}: see them with -o wide, and how to fix them with `kubectl ns-switch doctor`")
    })
}
