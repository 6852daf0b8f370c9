//! Switching the current context.

use serde::Serialize;
use shared::{Error, Result, output::Printer};

use super::{ContextSwitch, NamespaceSwitch, Switcher, Wanted, guard};
use crate::{
    edits::{self, Edit},
    outline::{Outline, OutlineContext},
    settings::Settings,
    state::{Place, PreviousContext},
};

impl Switcher<'_> {
    /// Makes a context the current one.
    ///
    /// # Errors
    /// There is no such context, it is protected and nobody agrees, or the file can't be written.
    pub fn context(&self, name: &str, printer: &mut Printer) -> Result<ContextSwitch> {
        let outline = Outline::read(self.kubeconfigs)?;
        let context = outline.existing(name)?;
        self.make_current(&outline, context, printer)
    }

    /// Makes the context current that was before.
    ///
    /// # Errors
    /// As [`Switcher::context`], and that none is remembered.
    pub fn previous_context(&self, printer: &mut Printer) -> Result<ContextSwitch> {
        let previous: Option<PreviousContext> = self.store.recall(PreviousContext::KIND, &self.place);
        let Some(PreviousContext { context }) = previous else {
            return Err(Error::new("no previous context is known")
                .with_hint("it is remembered from the first switch on"));
        };
        let outline = Outline::read(self.kubeconfigs)?;
        match outline.existing(&context) {
            Ok(context) => self.make_current(&outline, context, printer),
            Err(error) => {
                self.store.forget(PreviousContext::KIND, &self.place);
                Err(error)
            }
        }
    }

    /// Makes a context current and switches its namespace: the namespace first, so that nobody ends in the context
    /// with the wrong one.
    ///
    /// # Errors
    /// As [`Switcher::context`] and [`Switcher::namespace`].
    pub fn context_with_namespace(
        &self,
        name: &str,
        namespace: &str,
        printer: &mut Printer,
    ) -> Result<(ContextSwitch, NamespaceSwitch)> {
        let outline = Outline::read(self.kubeconfigs)?;
        let mut context = outline.existing(name)?.clone();
        if outline.current.as_deref() != Some(name) {
            guard::pass(&Settings::load()?, name, self.yes, printer)?;
        }
        let moved = self.namespace_of(&context, Wanted::Name(namespace.to_owned()), printer)?;
        context.namespace = moved.namespace.clone();
        let agreed = Self { yes: true, ..self.clone() };
        Ok((agreed.make_current(&outline, &context, printer)?, moved))
    }

    /// Lets no context be the current one.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn unset_context(&self, printer: &mut Printer) -> Result<()> {
        let Some(context) = Outline::read(self.kubeconfigs)?.current else {
            printer.note("No context is current already");
            return Ok(());
        };
        edits::apply(self.kubeconfigs, &[Edit::NoCurrent], printer)?;
        self.remember(
            PreviousContext::KIND,
            &self.place,
            &PreviousContext { context: context.clone() },
            printer,
        );
        match Outline::read(self.kubeconfigs)?.current {
            Some(next) => printer.note(format!(
                "✔ Context \"{context}\" is no longer current; a later file of KUBECONFIG makes \"{next}\" so"
            )),
            None => printer.note("✔ No context is current"),
        }
        Ok(())
    }

    fn make_current(
        &self,
        outline: &Outline,
        context: &OutlineContext,
        printer: &mut Printer,
    ) -> Result<ContextSwitch> {
        let mut switch = ContextSwitch {
            context: context.name.clone(),
            cluster: context.cluster.clone(),
            user: context.user.clone(),
            namespace: context.namespace.clone(),
            protected: false,
            unchanged: outline.current.as_deref() == Some(context.name.as_str()),
        };
        if switch.unchanged {
            return Ok(switch);
        }
        switch.protected = guard::pass(&Settings::load()?, &context.name, self.yes, printer)?;
        edits::apply(self.kubeconfigs, &[Edit::Current(context.name.clone())], printer)?;
        if let Some(context) = outline.current.clone() {
            self.remember(PreviousContext::KIND, &self.place, &PreviousContext { context }, printer);
        }
        Ok(switch)
    }

    /// Remembers something for the next time; where that fails, the switch has been made all the same.
    pub(super) fn remember<T: Serialize>(
        &self,
        kind: &str,
        place: &Place,
        remembered: &T,
        printer: &mut Printer,
    ) {
        if let Err(error) = self.store.remember(kind, place, remembered) {
            printer.warning(format!(
                "`-` will not lead back here: can't write in {}: {error}",
                self.store.folder().display()
            ));
        }
    }
}
