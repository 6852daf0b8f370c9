//! What kubens does.

use shared::{
    Error, Result,
    cli::ConnectionFlags,
    output::{Printer, Style, natural_order, sanitize_line},
};

use super::{call::Kubens, picker, version, wants_picker};
use crate::{
    kubeconfigs::{ContextIndex, Kubeconfigs},
    namespaces,
    picker::{NAMESPACE, Offer, pick},
    switching::{NamespaceError, NamespaceTarget, Switcher},
};

const HELP: &str = "\
kubens: switch between Kubernetes namespaces (answered by kubectl ns-switch)

  kubens                  list the namespaces, or choose one on a terminal, with fzf if it is there
  kubens NAME             switch to a namespace
  kubens NAME -f          switch without asking the cluster whether it exists
  kubens -                switch to the namespace before
  kubens -c, --current    print the current namespace
  kubens -u, --unset      switch to the namespace \"default\"
  kubens -h, --help       print this
  kubens -V, --version    print the version
";

/// Performs an action of kubens.
///
/// # Errors
/// As kubens fails, in its words.
pub fn run(
    call: Kubens,
    kubeconfigs: &Kubeconfigs,
    connection: &ConnectionFlags,
    printer: &mut Printer,
) -> Result<()> {
    let switcher = Switcher::new(kubeconfigs, connection);
    match call {
        Kubens::Help => return printer.data(HELP),
        Kubens::Version => return version(printer),
        Kubens::Unsupported(sentence) => return Err(Error::new(sentence)),
        _ => {}
    }
    let index = ContextIndex::read(kubeconfigs)?;
    if index.current.is_none() {
        return Err(Error::new("current-context is not set"));
    }
    match call {
        Kubens::Current => {
            let context = index.chosen(None)?;
            let name = context.namespace.as_deref().unwrap_or("default");
            let line = format!("{}\n", printer.name(name));
            printer.data(&line)
        }
        Kubens::Unset => switch(&switcher.force(true), "default", printer),
        Kubens::Switch { name, force } => switch(&switcher.force(force), &name, printer),
        _ => show(&switcher, printer),
    }
}

fn switch(switcher: &Switcher<'_>, name: &str, printer: &mut Printer) -> Result<()> {
    let wanted = if name == "-" { NamespaceTarget::Previous } else { NamespaceTarget::Name(name.to_owned()) };
    let switch = switcher.namespace(wanted, printer).map_err(|failure| match failure {
        NamespaceError::Missing { name, .. } => {
            Error::new(format!("no namespace exists with name \"{}\"", sanitize_line(&name)))
        }
        NamespaceError::NoPrevious { context } => Error::new(format!(
            "No previous namespace found for current context ({})",
            sanitize_line(&context)
        )),
        NamespaceError::Other(error) => error,
    })?;
    let name = switch.namespace.as_deref().unwrap_or("default");
    printer.note(format!("✔ Active namespace is \"{name}\""));
    Ok(())
}

fn show(switcher: &Switcher<'_>, printer: &mut Printer) -> Result<()> {
    let namespaces = namespaces::list(switcher.kubeconfigs, switcher.connection, printer)?;
    if let Some(refusal) = namespaces.refused.filter(|_| namespaces.rows.is_empty()) {
        return Err(refusal);
    }
    let mut names: Vec<String> = namespaces.rows.into_iter().map(|row| row.name).collect();
    if wants_picker() {
        let context = namespaces.context.as_deref();
        let recent = context.map(|context| switcher.recent_namespaces(context)).unwrap_or_default();
        let offer = Offer { names, current: Some(&namespaces.current), recent, ..Offer::default() };
        let name = pick(NAMESPACE, offer, picker()?, printer)?;
        return switch(&switcher.clone().force(true).pinned(namespaces.pin), &name, printer);
    }
    names.sort_by(|left, right| natural_order(left, right));
    let mut text = String::new();
    for name in names {
        let style = if name == namespaces.current { Style::Ok } else { Style::Plain };
        text.push_str(&printer.styled(style, &printer.name(&name)));
        text.push('\n');
    }
    printer.data(&text)
}
