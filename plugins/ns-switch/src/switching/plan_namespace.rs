//! Plans a switch of a context's namespace: which one, and whether it exists.

use std::time::Duration;

use shared::{
    Error, Result,
    cli::{ConnectionFlags, DryRun, ExitStatus, block_on},
    client::{Client, Environment, OTHER_SERVER},
    output::{Printer, sanitize_line},
};

use super::{NamespaceError, NamespaceSwitch, Switcher, Verification, check_name};
use crate::{
    kubeconfigs::{ContextIndex, IndexedContext},
    namespaces::{
        KnownNamespaces,
        existence::{self, Existence},
    },
    state::{Place, PreviousNamespace},
};

/// How long a cluster may take to answer, unless `--request-timeout` says otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

/// The namespace to switch to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamespaceTarget {
    /// The one of this name.
    Name(String),
    /// The previous one.
    Previous,
    /// None, so that kubectl uses `default`.
    Unset,
}

impl Switcher<'_> {
    /// Switches the namespace of `--context`, or of the current context.
    ///
    /// # Errors
    /// The namespace does not exist or that can't be verified, the cluster can't be asked, or the file can't be written.
    pub fn namespace(
        &self,
        wanted: NamespaceTarget,
        printer: &mut Printer,
    ) -> Result<NamespaceSwitch, NamespaceError> {
        let index = ContextIndex::read(self.kubeconfigs)?;
        let shown = self.pin.as_ref().map(|pin| pin.context.as_str());
        let context = index.chosen(shown.or(self.connection.context.as_deref()))?.clone();
        let switch = self.plan_namespace(&index, &context, wanted, printer)?;
        if !switch.unchanged {
            let edits = switch.edits(self.pin.clone().or_else(|| index.pin(&context.name)));
            let current = index.current.clone();
            self.apply(index, &edits, printer)?;
            self.remember_namespace(&context, printer);
            if let Some(current) = current.filter(|current| shown.is_some() && *current != context.name) {
                let (name, current) = (sanitize_line(&context.name), sanitize_line(&current));
                printer.warning(format!(
                    "context \"{current}\" is current now; the namespace is that of \"{name}\", whose list was shown"
                ));
            }
        }
        Ok(switch)
    }

    /// Plans the switch of a context's namespace and writes nothing.
    pub(super) fn plan_namespace(
        &self,
        index: &ContextIndex,
        context: &IndexedContext,
        wanted: NamespaceTarget,
        printer: &mut Printer,
    ) -> Result<NamespaceSwitch, NamespaceError> {
        let place = self.place.for_context(&context.name);
        let going_back = wanted == NamespaceTarget::Previous;
        let target = self.target(&place, &context.name, wanted)?;
        let unchanged = target == context.namespace
            || (target.as_deref() == Some("default") && context.namespace.is_none());
        let mut switch = NamespaceSwitch {
            context: context.name.clone(),
            namespace: target,
            server: None,
            verification: None,
            unchanged,
            dry_run: self.write.dry_run.is_dry(),
        };
        if let Some(name) = switch.namespace.clone().filter(|_| !unchanged) {
            let verified = self.verify(index, &name, context, printer);
            if going_back && matches!(verified, Err(NamespaceError::Missing { .. })) {
                // What is gone is nothing to go back to the next time either.
                self.store.forget(PreviousNamespace::KIND, &place);
            }
            (switch.verification, switch.server) = verified?;
        }
        Ok(switch)
    }

    /// Remembers the namespace a context had, for `-`.
    pub(super) fn remember_namespace(&self, context: &IndexedContext, printer: &mut Printer) {
        let place = self.place.for_context(&context.name);
        let before = self.store.recall::<_, PreviousNamespace>(PreviousNamespace::KIND, &place);
        let previous = before.unwrap_or_default().followed_by(context.namespace.clone());
        self.remember(PreviousNamespace::KIND, &place, &previous, "-", printer);
    }

    /// Returns the name of the target; `None` unsets the namespace.
    fn target(
        &self,
        place: &Place,
        context: &str,
        wanted: NamespaceTarget,
    ) -> Result<Option<String>, NamespaceError> {
        match wanted {
            NamespaceTarget::Name(name) => Ok(check_name(&name).map(|()| Some(name))?),
            NamespaceTarget::Unset => Ok(None),
            NamespaceTarget::Previous => {
                match self.store.recall::<_, PreviousNamespace>(PreviousNamespace::KIND, place) {
                    Some(previous) => Ok(previous.namespace),
                    None => Err(NamespaceError::NoPrevious { context: context.to_owned() }),
                }
            }
        }
    }

    /// Asks the cluster whether the namespace exists. Returns how that is known, and the server.
    fn verify(
        &self,
        index: &ContextIndex,
        name: &str,
        context: &IndexedContext,
        printer: &mut Printer,
    ) -> Result<(Option<Verification>, Option<String>), NamespaceError> {
        if self.force || self.write.dry_run == DryRun::Client {
            return Ok((Some(Verification::Skipped), None));
        }
        let kubeconfig = index.decode(self.kubeconfigs)?;
        let flags = ConnectionFlags {
            context: Some(context.name.clone()),
            namespace: None,
            ..self.connection.clone()
        };
        let known = KnownNamespaces::read(self.kubeconfigs, &kubeconfig, Some(&context.name))?;
        let patience = self.connection.request_timeout.map_or(Some(PATIENCE), |timeout| timeout.0);
        let (existence, server) = block_on(async {
            let client = Client::connect_with(
                &flags,
                &kubeconfig,
                &Environment::from_process(),
                printer.stderr_sink(),
            )?;
            let asked = existence::ask(&client, name, &known);
            let answer = match patience {
                None => asked.await,
                Some(patience) => {
                    client.within(patience, asked, || too_slow(client.server(), patience)).await
                }
            };
            answer.map(|existence| (existence, client.server().to_owned()))
        })
        .map_err(unasked)?;
        match existence {
            Existence::Exists { evidence, terminating } => {
                if terminating {
                    printer.warning(format!(
                        "namespace \"{name}\" is being deleted: nothing new can be created in it"
                    ));
                }
                Ok((Some(Verification::Found(evidence)), Some(server)))
            }
            Existence::Missing { nearest } => Err(NamespaceError::Missing {
                name: name.to_owned(),
                context: context.name.clone(),
                server,
                nearest,
            }),
            Existence::Unknown { reason } => {
                Err(Error::new(format!("can't tell whether namespace \"{name}\" exists: {reason}"))
                    .with_hint(
                        "you may neither read nor list it, and have no access to it; --force switches without checking",
                    )
                    .with_status(ExitStatus::NotPermitted)
                    .into())
            }
        }
    }
}

fn too_slow(server: &str, patience: Duration) -> Error {
    Error::new(format!("{server} did not answer within {}s", patience.as_secs_f32()))
}

/// Adds a hint on how to switch without asking the cluster.
fn unasked(error: Error) -> Error {
    let has_hint = error.hint().is_some_and(|hint| hint != OTHER_SERVER);
    if has_hint || error.status() == ExitStatus::Cancelled {
        return error;
    }
    error.with_hint("--force switches without asking the cluster")
}
