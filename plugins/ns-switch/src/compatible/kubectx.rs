//! kubectx.

use shared::{
    Error, Result,
    cli::ConnectionFlags,
    kubeconfig::edit::Edit,
    output::{Printer, Style, sanitize_line},
};

use super::{call::Kubectx, common};
use crate::{
    kubeconfigs::Kubeconfigs, natural_order::natural, outline::Outline, pick::pick, switching::Switcher,
};

const HELP: &str = "\
kubectx: switch between Kubernetes contexts (answered by kubectl ns-switch)

  kubectx                 list the contexts, or choose one on a terminal
  kubectx NAME            switch to a context
  kubectx -               switch to the context before
  kubectx -c, --current   print the current context
  kubectx NEW=OLD         rename a context; NEW=. renames the current one
  kubectx -d NAME...      delete contexts, . for the current one; clusters and users stay
  kubectx -u, --unset     let no context be the current one
  kubectx -h, --help      print this
  kubectx -V, --version   print the version
";

/// Does what was asked.
///
/// # Errors
/// In kubectx's words.
pub fn run(
    call: Kubectx,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<()> {
    let switcher = Switcher::new(kubeconfigs, connection);
    match call {
        Kubectx::Help => printer.data(HELP),
        Kubectx::Version => common::version(printer),
        Kubectx::Unsupported(sentence) => Err(Error::new(sentence)),
        Kubectx::List => list(&switcher, printer),
        Kubectx::Current => {
            let current = Outline::read(kubeconfigs)?.current;
            let current = current.ok_or_else(|| Error::new("current-context is not set"))?;
            printer.data(&format!("{}\n", sanitize_line(&current)))
        }
        Kubectx::Unset => {
            let outline = Outline::read(kubeconfigs)?;
            switcher.apply(outline, &[Edit::UnsetCurrentContext], printer)?;
            printer.note("Active context unset for kubectl.");
            Ok(())
        }
        Kubectx::Delete(names) => names.iter().try_for_each(|name| delete(&switcher, name, printer)),
        Kubectx::Rename { new, old } => rename(&switcher, &new, &old, printer),
        Kubectx::Switch(name) => switch(&switcher, &name, printer),
    }
}

fn list(switcher: &Switcher<'_>, printer: &mut Printer) -> Result<()> {
    let outline = Outline::read(switcher.kubeconfigs)?;
    if outline.contexts.is_empty() {
        if outline.emptiness.is_some_and(|emptiness| emptiness.files_missing) {
            printer.note("warning: kubeconfig file not found");
        }
        return Ok(());
    }
    let mut names: Vec<String> = outline.contexts.iter().map(|context| context.name.clone()).collect();
    if common::wants_picker() {
        let name = pick("Context", "a context", names, outline.current.as_deref())?;
        return switch(switcher, &name, printer);
    }
    names.sort_by(|left, right| natural(left, right));
    let mut text = String::new();
    for name in names {
        let shown = sanitize_line(&name);
        let style = if outline.current.as_deref() == Some(name.as_str()) { Style::Ok } else { Style::Plain };
        text.push_str(&printer.styled(style, &shown));
        text.push('\n');
    }
    printer.data(&text)
}

fn switch(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<()> {
    let switch = match name {
        "-" if !switcher.has_previous_context() => return Err(Error::new("no previous context found")),
        "-" => switcher.previous_context(printer)?,
        name => {
            // In kubectx's words, with a colon.
            if Outline::read(switcher.kubeconfigs)?.context(name).is_none() {
                return Err(Error::new(format!("no context exists with the name: \"{name}\"")));
            }
            switcher.context(name, printer)?
        }
    };
    printer.note(format!("✔ Switched to context \"{}\".", switch.context));
    Ok(())
}

/// One at a time: what was deleted before one that does not exist stays deleted.
fn delete(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<()> {
    let outline = Outline::read(switcher.kubeconfigs)?;
    let name = match (name, outline.current.as_deref()) {
        (".", None) => return Err(Error::new("can't use '.' as the no active context is set")),
        (".", Some(current)) => current.to_owned(),
        (name, _) => name.to_owned(),
    };
    let name = name.as_str();
    if outline.context(name).is_none() {
        return Err(Error::new(format!("error deleting context \"{name}\": context does not exist")));
    }
    let was_current = outline.current.as_deref() == Some(name);
    switcher.apply(outline, &[Edit::DeleteContexts(vec![name.to_owned()])], printer)?;
    switcher.deleted(name);
    if was_current {
        printer.note("warning: You deleted the current context. Use \"kubectx\" to select a new context.");
    }
    printer.note(format!("✔ Deleted context {name}."));
    Ok(())
}

/// kubectx overwrites a context that has the new name already, and says so.
fn rename(switcher: &Switcher<'_>, new: &str, old: &str, printer: &mut Printer) -> Result<()> {
    let outline = Outline::read(switcher.kubeconfigs)?;
    let old = match old {
        "." => outline.current.clone().ok_or_else(|| Error::new("current-context is not set"))?,
        old => old.to_owned(),
    };
    if outline.context(&old).is_none() {
        return Err(Error::new(format!("context \"{old}\" not found, can't rename it")));
    }
    let mut edits = vec![Edit::RenameContext { from: old.clone(), to: new.to_owned() }];
    if old != new && outline.context(new).is_some() {
        printer.note(format!("warning: context \"{new}\" exists, overwriting it."));
        edits.insert(0, Edit::DeleteContexts(vec![new.to_owned()]));
        if outline.current.as_deref() == Some(new) {
            edits.push(Edit::SetCurrentContext(new.to_owned()));
        }
    }
    switcher.apply(outline, &edits, printer)?;
    switcher.renamed(&old, new);
    printer.note(format!("✔ Context \"{old}\" renamed to \"{new}\"."));
    Ok(())
}
