//! `contexts -d NAME…`: deletes contexts, with `--orphans` also clusters and users.

use shared::{
    Error, Result,
    kubeconfig::edit::{Edit, Unused, plan},
    output::{Printer, sanitize_line},
    prompt::{Consent, Prompter, Question, TerminalPrompter},
};

use crate::{kubeconfigs::ContextIndex, settings::Settings, switching::Switcher};

/// What will be deleted, and what will be left over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DeletePlan {
    /// The contexts to delete, each once, in the order given.
    contexts: Vec<String>,
    /// The current context, if it is among them.
    current: Option<String>,
    /// The context that is current then, set by a later file.
    successor: Option<String>,
    /// The clusters and users that no context uses then.
    orphans: Unused,
    /// Whether those are deleted, too.
    with_orphans: bool,
}

impl DeletePlan {
    /// Plans the deletion of these contexts; `.` is the current one. `left_over` returns what no context uses then.
    fn new(
        names: &[String],
        index: &ContextIndex,
        with_orphans: bool,
        left_over: impl FnOnce(&[String]) -> Unused,
    ) -> Result<Self> {
        let mut contexts: Vec<String> = Vec::new();
        for name in names {
            let context = if name == "." { index.chosen(None)? } else { index.existing(name)? };
            if !contexts.contains(&context.name) {
                contexts.push(context.name.clone());
            }
        }
        let current = index.current.clone().filter(|current| contexts.contains(current));
        let orphans = left_over(&contexts);
        let mut found = Self { contexts, current, successor: None, orphans, with_orphans };
        // What hinders the deletion is told when it is made.
        if let Some(sources) = index.sources.as_ref().filter(|_| found.current.is_some()) {
            let after = plan(sources.clone(), &found.edits()).ok();
            found.successor = after.and_then(|after| after.current_context().map(ToOwned::to_owned));
        }
        Ok(found)
    }

    /// Returns the lines shown before the question.
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .contexts
            .iter()
            .map(|name| format!("context \"{}\" will be deleted", sanitize_line(name)))
            .collect();
        if let Some(current) = &self.current {
            let next = self.successor.as_deref().map(sanitize_line);
            let next = next.map_or_else(|| "no context".to_owned(), |name| format!("\"{name}\""));
            lines.push(format!(
                "\"{}\" is the current context: {next} will be current",
                sanitize_line(current)
            ));
        }
        let other = if self.contexts.is_empty() { "no context" } else { "no other context" };
        for (kind, name) in self.orphans.entries().filter(|_| self.with_orphans) {
            lines.push(format!("{kind} \"{}\" will be deleted: {other} uses it", sanitize_line(name)));
        }
        lines.extend(self.left_over());
        if !self.with_orphans && !self.orphans.is_empty() {
            lines.push("--orphans deletes them too".to_owned());
        }
        lines
    }

    /// Returns the lines about what is left over.
    fn left_over(&self) -> Vec<String> {
        let stays = |(kind, name): (_, &str)| {
            format!("{kind} \"{}\" stays, although no other context uses it", sanitize_line(name))
        };
        self.orphans.entries().filter(|_| !self.with_orphans).map(stays).collect()
    }

    /// Returns the question.
    fn question(&self) -> String {
        let counted = |count: usize, word: &str| match count {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{count} {word}s")),
        };
        let contexts = match &self.contexts[..] {
            [one] => Some(format!("context {one}")),
            several => counted(several.len(), "context"),
        };
        let orphans = Some(&self.orphans).filter(|_| self.with_orphans);
        let clusters = orphans.and_then(|unused| counted(unused.clusters.len(), "cluster"));
        let users = orphans.and_then(|unused| counted(unused.users.len(), "user"));
        let parts: Vec<String> = [contexts, clusters, users].into_iter().flatten().collect();
        match &parts[..] {
            [rest @ .., last] if !rest.is_empty() => format!("Delete {} and {last}", rest.join(", ")),
            _ => format!("Delete {}", parts.concat()),
        }
    }

    fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        if !self.contexts.is_empty() {
            edits.push(Edit::DeleteContexts(self.contexts.clone()));
        }
        if self.with_orphans && !self.orphans.is_empty() {
            edits.push(Edit::DeleteUnused(self.orphans.clone()));
        }
        edits
    }
}

/// Deletes contexts, all of them or none; `with_orphans` also deletes the clusters and users that no context uses then,
/// or, without names, that no context uses now.
///
/// # Errors
/// A context does not exist, consent is missing, or a file can't be written.
pub fn delete(
    switcher: &Switcher<'_>,
    names: &[String],
    with_orphans: bool,
    printer: &mut Printer,
) -> Result<()> {
    let index = ContextIndex::read(switcher.kubeconfigs)?;
    let sources = index.sources.as_ref();
    let plan = DeletePlan::new(names, &index, with_orphans, |contexts| match contexts {
        [] => sources.map(|sources| sources.unused()).unwrap_or_default(),
        contexts => sources.map(|sources| sources.unused_without(contexts)).unwrap_or_default(),
    })?;
    let edits = plan.edits();
    if edits.is_empty() {
        match &index.emptiness {
            Some(emptiness) => printer.note(&emptiness.sentence),
            None => printer.note("every cluster and every user is used by a context"),
        }
        return Ok(());
    }
    let was_asked = switcher.consent() == Consent::Missing;
    let mut switcher = switcher.clone();
    if was_asked {
        plan.lines().iter().for_each(|line| printer.note(line));
        let settings = Settings::load()?;
        for name in plan.contexts.iter().chain(&plan.successor).filter(|name| settings.protects(name)) {
            printer.warning(format!("context \"{}\" is protected", sanitize_line(name)));
        }
        let question = Question { text: &plan.question(), answered_by: "--yes" };
        if !TerminalPrompter::default().confirm(question, false)? {
            return Err(Error::cancelled());
        }
        switcher.agreed = true;
    }
    let applied = switcher.apply(index, &edits, printer)?;
    if !applied.written {
        plan.left_over().iter().for_each(|line| printer.note(line));
        return Ok(());
    }
    for name in &plan.contexts {
        switcher.deleted(name);
        printer.note(format!("✔ Context \"{}\" deleted", sanitize_line(name)));
    }
    if with_orphans {
        for (kind, name) in plan.orphans.entries() {
            let kind = if kind == "user" { "User" } else { "Cluster" };
            printer.note(format!("✔ {kind} \"{}\" deleted", sanitize_line(name)));
        }
        let folder = switcher.store.folder().filter(|_| applied.undoable);
        if let Some(folder) = folder.filter(|_| !plan.orphans.users.is_empty()) {
            let folder = folder.display();
            printer.note(format!(
                "`kubectl ns-switch undo` restores everything; until the next change the deleted credentials are kept in {folder}"
            ));
        }
    } else if !plan.orphans.is_empty() {
        if !was_asked {
            plan.left_over().iter().for_each(|line| printer.note(line));
        }
        printer.note("`kubectl ns-switch contexts -d --orphans` deletes what no context uses");
    }
    if let Some(current) = &plan.current {
        let choose = match plan.successor {
            Some(_) => "",
            None => "; choose another with `kubectl ns-switch use CONTEXT`",
        };
        printer.warning(format!("\"{}\" was the current context{choose}", sanitize_line(current)));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
