//! Plans and makes switches of the current context.

use serde::Serialize;
use shared::{
    Error, Result,
    kubeconfig::edit::{Edit, Sources},
    output::{Printer, sanitize_line},
};

use super::{
    ContextSwitch, NamespaceSwitch, NamespaceTarget, ProtectedStep, Switcher,
    confirm_protected::{confirm_protected, use_yes},
};
use crate::{
    kubeconfigs::{ContextIndex, IndexedContext},
    settings::Settings,
    state::{Place, PreviousContext},
};

impl Switcher<'_> {
    /// Makes a context the current one.
    ///
    /// # Errors
    /// The context does not exist, it is protected and consent is missing, or the file can't be written.
    pub fn context(&self, name: &str, printer: &mut Printer) -> Result<ContextSwitch> {
        self.context_in(ContextIndex::read(self.kubeconfigs)?, name, printer)
    }

    /// Makes a context the current one in files that were read already.
    ///
    /// # Errors
    /// As [`Switcher::context`].
    pub fn context_in(
        &self,
        index: ContextIndex,
        name: &str,
        printer: &mut Printer,
    ) -> Result<ContextSwitch> {
        let switch = self.plan_context(&index, index.existing(name)?, printer)?;
        self.make_current(index, &switch, Vec::new(), printer)?;
        Ok(switch)
    }

    /// Makes the previous context the current one.
    ///
    /// # Errors
    /// As [`Switcher::context`], and where no previous context is remembered.
    pub fn previous_context(&self, printer: &mut Printer) -> Result<ContextSwitch> {
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        let Some(PreviousContext { context, .. }) = previous else {
            return Err(no_previous_context());
        };
        let index = ContextIndex::read(self.kubeconfigs)?;
        if let Err(error) = index.existing(&context) {
            self.store.forget(PreviousContext::KIND, &self.place);
            return Err(error);
        }
        self.context_in(index, &context, printer)
    }

    /// Makes a context current and switches its namespace, both or neither.
    ///
    /// # Errors
    /// As [`Switcher::context`] and [`Switcher::namespace`].
    pub fn context_with_namespace(
        &self,
        index: ContextIndex,
        name: &str,
        namespace: &str,
        printer: &mut Printer,
    ) -> Result<(ContextSwitch, NamespaceSwitch)> {
        let context = index.existing(name)?.clone();
        let mut switch = self.plan_context(&index, &context, printer)?;
        let moved =
            self.plan_namespace(&index, &context, NamespaceTarget::Name(namespace.to_owned()), printer)?;
        switch.namespace = moved.namespace.clone();
        let edits = if moved.unchanged { Vec::new() } else { moved.edits(index.pin(&context.name)) };
        self.make_current(index, &switch, edits, printer)?;
        if !moved.unchanged {
            self.remember_namespace(&context, printer);
        }
        Ok((switch, moved))
    }

    /// Unsets the current context.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn unset_context(&self, printer: &mut Printer) -> Result<()> {
        let index = ContextIndex::read(self.kubeconfigs)?;
        let Some(context) = index.current.clone() else {
            printer.note("No context is current already");
            return Ok(());
        };
        if !self.apply(index, &[Edit::UnsetCurrentContext], printer)?.written {
            return Ok(());
        }
        let earlier = self.known_previous_context().filter(|earlier| *earlier != context);
        let previous = PreviousContext { earlier, ..self.leaving(context.clone()) };
        self.remember(PreviousContext::KIND, &self.place, &previous, "-", printer);
        match ContextIndex::read(self.kubeconfigs)?.current {
            // Which one is, the plan has said.
            Some(_) => {
                printer.note(format!("✔ Context \"{}\" is no longer current", sanitize_line(&context)))
            }
            None => printer.note("✔ No context is current"),
        }
        Ok(())
    }

    /// Plans the switch, asks before one to a protected context, and writes nothing.
    fn plan_context(
        &self,
        index: &ContextIndex,
        context: &IndexedContext,
        printer: &mut Printer,
    ) -> Result<ContextSwitch> {
        let unchanged = index.current.as_deref() == Some(context.name.as_str());
        if !unchanged {
            let step = ProtectedStep::Switch { context: &context.name, command: use_yes(&context.name) };
            confirm_protected(&Settings::load()?, &step, self.consent(), printer)?;
        }
        Ok(ContextSwitch {
            context: context.name.clone(),
            cluster: context.cluster.clone(),
            user: context.user.clone(),
            namespace: context.namespace.clone(),
            problems: index.sources.as_ref().map_or_else(Vec::new, |sources| dangling(context, sources)),
            unchanged,
            dry_run: self.write.dry_run.is_dry(),
        })
    }

    /// Writes the switch and further edits, all or none.
    fn make_current(
        &self,
        index: ContextIndex,
        switch: &ContextSwitch,
        mut edits: Vec<Edit>,
        printer: &mut Printer,
    ) -> Result<()> {
        let before = index.current.clone();
        if !switch.unchanged {
            edits.push(Edit::SetCurrentContext(switch.context.clone()));
        }
        if edits.is_empty() {
            return Ok(());
        }
        self.apply(index, &edits, printer)?;
        if let Some(context) = before.filter(|_| !switch.unchanged) {
            let previous = self.leaving(context);
            self.remember(PreviousContext::KIND, &self.place, &previous, "-", printer);
        }
        Ok(())
    }

    /// Writes a record for `-` or `undo`, and returns whether that worked. A failure is only a warning, since the switch
    /// itself has been made.
    pub fn remember<T: Serialize>(
        &self,
        kind: &str,
        place: &Place,
        remembered: &T,
        command: &str,
        printer: &mut Printer,
    ) -> bool {
        let remembered = self.store.remember(kind, place, remembered);
        if let Err(error) = &remembered {
            let reason = match self.store.folder() {
                Some(folder) => format!("can't write in {}: {error}", folder.display()),
                None => error.to_string(),
            };
            printer.warning(format!("`{command}` will not lead back here: {reason}"));
        }
        remembered.is_ok()
    }
}

/// Returns the error for `-` where nothing came before.
pub fn no_previous_context() -> Error {
    Error::new("no previous context is known").with_hint("it is remembered from the first switch on")
}

/// Returns what a context refers to and does not exist, or can't be decoded. kubectl switches to a context without its
/// cluster all the same: it may be added later.
fn dangling(context: &IndexedContext, sources: &Sources) -> Vec<String> {
    let name = sanitize_line(&context.name);
    let mut problems = Vec::new();
    match context.cluster.as_deref() {
        None => problems.push(format!("context \"{name}\" names no cluster")),
        Some(cluster) if !sources.has_cluster(cluster) => {
            problems
                .push(format!("cluster \"{}\" of context \"{name}\" does not exist", sanitize_line(cluster)));
        }
        Some(_) => {}
    }
    if let Some(user) = context.user.as_deref().filter(|user| !sources.has_user(user)) {
        problems.push(format!("user \"{}\" of context \"{name}\" does not exist", sanitize_line(user)));
    }
    problems.extend(sources.undecodable(context.cluster.as_deref(), context.user.as_deref()));
    problems
}
