//! `contexts add` from flags to exit status.

use std::{
    io::{self, Read},
    path::Path,
};

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::RawEntries,
    output::{Column, Printer, ShellCommand, Table, TableOptions, sanitize_line},
    regular_file,
};

use super::{
    args::AddArgs,
    arrivals::{Arrivals, Clash, Source},
};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    kubectl_flags::refuse_namespace,
    switching::Switcher,
};

/// Runs the command.
///
/// # Errors
/// A file can't be read or is not valid, a name is taken, or our file can't be written.
pub fn run(args: &AddArgs, connection: &ConnectionFlags, printer: &mut Printer) -> Result<ExitStatus> {
    refuse_namespace(connection, "a context that is added keeps its namespace")?;
    let kubeconfigs = Kubeconfigs::locate(connection)?;
    let mut sources = Vec::new();
    for file in &args.files {
        let mut source = read(file, &kubeconfigs.environment.current_directory)?;
        if let Some(rule) = &args.rename {
            source.rename(rule);
        }
        sources.push(source);
    }
    let arrivals = Arrivals::decide(&sources, &ours(&kubeconfigs)?);
    if !arrivals.clashes.is_empty() {
        return Err(refuse(&arrivals.clashes, args, printer));
    }
    for (word, name, context) in &arrivals.dangling {
        let (name, context) = (sanitize_line(name), sanitize_line(context));
        printer.warning(format!("{word} \"{name}\" of context \"{context}\" does not exist"));
    }
    let switch_to = arrivals.switch_to.clone().filter(|_| args.switch);
    if args.switch && switch_to.is_none() {
        let sentence = "the first file has several contexts and no current one to switch to";
        return Err(Error::usage(sentence).with_hint("leave out --switch, and choose one afterwards"));
    }
    let switcher = Switcher::new(&kubeconfigs, connection).yes(args.yes).write(args.write);
    for name in &arrivals.known {
        printer.note(format!("Context \"{}\" is there already", sanitize_line(name)));
    }
    if arrivals.new.is_empty() {
        if let Some(name) = &switch_to {
            switcher.context(name, printer)?.report(printer);
        } else if arrivals.known.is_empty() {
            printer.note("the files have no contexts, clusters or users");
        }
        return Ok(ExitStatus::Success);
    }
    let names: Vec<String> = arrivals.new.contexts.iter().map(|context| context.name.clone()).collect();
    let others = arrivals.new.clusters.len() + arrivals.new.users.len();
    let applied = switcher.add_entries(arrivals.new, switch_to.as_deref(), &command(args), printer)?;
    if !applied.written {
        return Ok(ExitStatus::Success);
    }
    for name in &names {
        let current = if switch_to.as_ref() == Some(name) { ", and current now" } else { "" };
        printer.note(format!("✔ Context \"{}\" added{current}", sanitize_line(name)));
    }
    if names.is_empty() {
        printer.note(format!("✔ {others} clusters and users added"));
    }
    if let Some(name) = switch_to.filter(|name| !names.contains(name)) {
        printer.note(format!("✔ Context \"{}\"", sanitize_line(&name)));
    }
    Ok(ExitStatus::Success)
}

/// Returns the command without `--yes`.
fn command(args: &AddArgs) -> String {
    let command = ShellCommand::new(["kubectl", "ns-switch", "contexts", "add"]);
    let command = args.files.iter().fold(command, |command, file| command.name(file.display().to_string()));
    command.flag("--switch").to_string()
}

fn read(file: &Path, directory: &Path) -> Result<Source> {
    let failed = |error: io::Error| {
        let reason = error.to_string();
        let reason = reason.split(" (os error").next().unwrap_or_default().to_lowercase();
        Error::kubeconfig(format!("can't read {}: {reason}", file.display()))
            .with_hint("name kubeconfig files that are there, or - for standard input")
    };
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(failed)?;
        if bytes.trim_ascii().is_empty() {
            return Err(Error::kubeconfig("standard input is empty: there is no kubeconfig to take over")
                .with_hint("run what writes into the pipe by itself, and see what it prints"));
        }
        let entries = RawEntries::parse(&bytes, Path::new("standard input"), directory)?;
        return Ok(Source { shown: "standard input".to_owned(), stem: "stdin".to_owned(), entries });
    }
    let absolute = directory.join(file);
    let bytes = regular_file::read(&absolute).map_err(failed)?;
    let folder = absolute.parent().unwrap_or(directory);
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entries = RawEntries::parse(&bytes, file, folder)?;
    Ok(Source { shown: file.display().to_string(), stem, entries })
}

/// Reads our own files; where there are none, there are no entries.
fn ours(kubeconfigs: &Kubeconfigs) -> Result<RawEntries> {
    let directory = &kubeconfigs.environment.current_directory;
    if kubeconfigs.files.paths().iter().all(|path| !directory.join(path).exists()) {
        return Ok(RawEntries::default());
    }
    ContextIndex::read(kubeconfigs)?.into_sources(kubeconfigs)?.raw_entries()
}

/// Shows the clashes and returns the refusal.
fn refuse(clashes: &[Clash], args: &AddArgs, printer: &mut Printer) -> Error {
    let mut table = Table::new(["KIND", "NAME", "FILE"].map(Column::new));
    for clash in clashes {
        table.push([clash.word.into(), clash.name.clone().into(), clash.file.clone().into()]);
    }
    printer.note(table.render(TableOptions::default(), false).trim_end());
    let hint = match args.rename {
        None => "give them names of their own: --rename '{file}-{name}'",
        Some(_) => "give them other names with --rename",
    };
    Error::new("entries of these names exist and say something else; nothing was added")
        .with_status(ExitStatus::Guarded)
        .with_hint(hint)
}
