//! What kubectx does.

use shared::{
    Error, Result,
    cli::{ConnectionFlags, ExitStatus},
    kubeconfig::edit::Edit,
    output::{Printer, Style, natural_order, sanitize_line},
};

use super::{call::Kubectx, picker, version, wants_picker};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    picker::{Offer, pick_context},
    sessions::{Session, SessionTarget},
    settings::Settings,
    switching::Switcher,
};

const HELP: &str = "\
kubectx: switch between Kubernetes contexts (answered by kubectl ns-switch)

  kubectx                 list the contexts, or choose one on a terminal, with fzf if it is there
  kubectx NAME            switch to a context
  kubectx -               switch to the context before
  kubectx -c, --current   print the current context
  kubectx NEW=OLD         rename a context; NEW=. renames the current one
  kubectx -d NAME...      delete contexts, . for the current one; clusters and users stay; without
                          names one is chosen on a terminal
  kubectx -s, --shell [NAME]
                          open a shell that stays in one context
  kubectx -u, --unset     let no context be the current one
  kubectx -h, --help      print this
  kubectx -V, --version   print the version
";

/// Performs an action of kubectx.
///
/// # Errors
/// As kubectx fails, in its words.
pub fn run(
    call: Kubectx,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<ExitStatus> {
    let switcher = Switcher::new(kubeconfigs, connection);
    if !matches!(call, Kubectx::Help | Kubectx::Version | Kubectx::Unsupported(_)) {
        stay_in_shell(kubeconfigs)?;
    }
    match call {
        Kubectx::Help => printer.data(HELP),
        Kubectx::Version => version(printer),
        Kubectx::Unsupported(sentence) => Err(Error::new(sentence)),
        Kubectx::List => list(&switcher, printer),
        Kubectx::Current => {
            let current = ContextIndex::read(kubeconfigs)?.current;
            let current = current.ok_or_else(|| Error::new("current-context is not set"))?;
            let line = format!("{}\n", printer.name(&current));
            printer.data(&line)
        }
        Kubectx::Unset => {
            let index = ContextIndex::read(kubeconfigs)?;
            switcher.apply(index, &[Edit::UnsetCurrentContext], printer)?;
            printer.note("Active context unset for kubectl.");
            Ok(())
        }
        Kubectx::DeleteChosen if wants_picker() => {
            let index = ContextIndex::read(kubeconfigs)?;
            let name = choose(&switcher, &index, printer)?;
            delete(&switcher, &name, printer)
        }
        Kubectx::DeleteChosen => Err(Error::new("'-d' needs arguments")),
        Kubectx::Delete(names) => names.iter().try_for_each(|name| delete(&switcher, name, printer)),
        Kubectx::Rename { new, old } => rename(&switcher, &new, &old, printer),
        Kubectx::Switch(name) => switch(&switcher, &name, printer),
        Kubectx::Shell(name) => return shell(&switcher, &name, printer),
        Kubectx::ShellOfChosen if wants_picker() => {
            let name = choose(&switcher, &ContextIndex::read(kubeconfigs)?, printer)?;
            return shell(&switcher, &name, printer);
        }
        Kubectx::ShellOfChosen => {
            Err(Error::new("'-s' requires a context name argument (or fzf for interactive mode)"))
        }
    }
    .map(|()| ExitStatus::Success)
}

/// Opens a shell in one context, which kubectx does not leave in it. Returns how the shell ended.
fn shell(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<ExitStatus> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    if index.context(name).is_none() {
        return Err(Error::new(format!("no context exists with the name: \"{name}\"")));
    }
    let target = SessionTarget { target: Some(name), ..SessionTarget::default() };
    let with_prompt = Settings::load()?.prompt != Some(false);
    let session = Session::open(switcher.kubeconfigs, switcher.connection, target, printer)?;
    printer.flush()?;
    session.run(&[], with_prompt, &[(ISOLATED, "1")])
}

/// kubectx sets this in the shells that it opens.
const ISOLATED: &str = "KUBECTX_ISOLATED_SHELL";

fn list(switcher: &Switcher<'_>, printer: &mut Printer) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    if index.contexts.is_empty() {
        if index.emptiness.is_some_and(|emptiness| emptiness.files_missing) {
            printer.note("warning: kubeconfig file not found");
        }
        return Ok(());
    }
    if wants_picker() {
        let name = choose(switcher, &index, printer)?;
        return switch(switcher, &name, printer);
    }
    let mut names: Vec<&str> = index.contexts.iter().map(|context| context.name.as_str()).collect();
    names.sort_by(|left, right| natural_order(left, right));
    let mut text = String::new();
    for name in names {
        let shown = printer.name(name);
        let style = if index.current.as_deref() == Some(name) { Style::Ok } else { Style::Plain };
        text.push_str(&printer.styled(style, &shown));
        text.push('\n');
    }
    printer.data(&text)
}

/// Refuses to switch in a shell that kubectx opened for a single context.
fn stay_in_shell(kubeconfigs: &Kubeconfigs) -> Result<()> {
    if std::env::var_os(ISOLATED).is_none_or(|value| value != "1") {
        return Ok(());
    }
    let current = ContextIndex::read(kubeconfigs).ok().and_then(|index| index.current);
    let name = current.map_or_else(String::new, |name| format!(" (\"{}\")", sanitize_line(&name)));
    Err(Error::new(format!("you are in a locked single-context shell{name}, use 'exit' to leave")))
}

fn choose(switcher: &Switcher<'_>, index: &ContextIndex, printer: &mut Printer) -> Result<String> {
    if index.contexts.is_empty() {
        return Err(Error::new("no contexts found in the kubeconfig file"));
    }
    let names = index.contexts.iter().map(|context| context.name.clone()).collect();
    let recent = switcher.recent_contexts();
    let offer = Offer { names, current: index.current.as_deref(), recent, ..Offer::default() };
    pick_context(offer, picker()?, printer)
}

fn switch(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<()> {
    let switch = match name {
        "-" if !switcher.has_previous_context() => return Err(Error::new("no previous context found")),
        "-" => switcher.previous_context(printer)?,
        name => {
            // In kubectx's words, with a colon.
            let index = ContextIndex::read(switcher.kubeconfigs)?;
            if index.context(name).is_none() {
                return Err(Error::new(format!(
                    "no context exists with the name: \"{}\"",
                    sanitize_line(name)
                )));
            }
            switcher.context_in(index, name, printer)?
        }
    };
    printer.note(format!("✔ Switched to context \"{}\".", sanitize_line(&switch.context)));
    Ok(())
}

/// Deletes one context. Those deleted before one that does not exist stay deleted, as for kubectx.
fn delete(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    let name = match (name, index.current.as_deref()) {
        (".", None) => return Err(Error::new("can't use '.' as the no active context is set")),
        (".", Some(current)) => current.to_owned(),
        (name, _) => name.to_owned(),
    };
    let name = name.as_str();
    if index.context(name).is_none() {
        let shown = sanitize_line(name);
        return Err(Error::new(format!("error deleting context \"{shown}\": context does not exist")));
    }
    let was_current = index.current.as_deref() == Some(name);
    switcher.apply(index, &[Edit::DeleteContexts(vec![name.to_owned()])], printer)?;
    switcher.deleted(name);
    if was_current {
        printer.note("warning: You deleted the current context. Use \"kubectx\" to select a new context.");
    }
    printer.note(format!("✔ Deleted context {}.", sanitize_line(name)));
    Ok(())
}

/// Renames a context. As kubectx does, replaces one that has the new name, and says so.
fn rename(switcher: &Switcher<'_>, new: &str, old: &str, printer: &mut Printer) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    let old = match old {
        "." => index.current.clone().ok_or_else(|| Error::new("current-context is not set"))?,
        old => old.to_owned(),
    };
    if index.context(&old).is_none() {
        return Err(Error::new(format!("context \"{}\" not found, can't rename it", sanitize_line(&old))));
    }
    let overwrites = old != new && index.context(new).is_some();
    if overwrites {
        printer.note(format!("warning: context \"{}\" exists, overwriting it.", sanitize_line(new)));
    }
    let edit = Edit::ReplaceContext { from: old.clone(), to: new.to_owned() };
    switcher.apply(index, &[edit], printer)?;
    if overwrites {
        switcher.deleted(new);
    }
    switcher.renamed(&old, new);
    let (old, new) = (sanitize_line(&old), sanitize_line(new));
    printer.note(format!("✔ Context \"{old}\" renamed to \"{new}\"."));
    Ok(())
}
