//! Kubeconfigs that can't be written: home-manager's, mounted Secrets, files of root.

use shared::{
    Error,
    kubeconfig::{edit::Edit, write::NOT_WRITABLE},
    output::ShellCommand,
};

/// A change that may fail for that, and the context that was current before.
#[derive(Clone, Debug)]
pub struct ReadOnly<'a> {
    pub current: Option<String>,
    pub edits: &'a [Edit],
    /// Whether `--force` and `--yes` were given.
    pub force: bool,
    pub yes: bool,
}

impl ReadOnly<'_> {
    /// Adds the way that works to the failure of a switch in files that can't be written: a shell of its own needs none
    /// of them to be writable. For other changes and failures there is none.
    pub fn hint(&self, error: Error) -> Error {
        if error.hint() != Some(NOT_WRITABLE) {
            return error;
        }
        match self.shell() {
            Some(command) => error.with_hint(format!(
                "`{command}` switches in a shell of its own, and writes no kubeconfig file"
            )),
            None => error,
        }
    }

    /// Returns the command that makes the same switch in a shell.
    fn shell(&self) -> Option<ShellCommand> {
        let mut context = self.current.as_deref();
        let mut target = None;
        let mut is_switch = false;
        for edit in self.edits {
            match edit {
                Edit::SetCurrentContext(name) => (context, is_switch) = (Some(name.as_str()), true),
                Edit::SetNamespace { context, namespace } => target = Some((context.as_str(), namespace)),
                _ => return None,
            }
        }
        let text = match (context, target) {
            (Some(context), Some((of, namespace))) if context == of => format!("{context}/{namespace}"),
            (Some(context), None) if is_switch => context.to_owned(),
            _ => return None,
        };
        // A name that begins with a dash can't be told from a flag there.
        let mut command = ShellCommand::new(["kubectl", "ns-switch", "shell"]).name(&text);
        if self.force && target.is_some() {
            command = command.flag("--force");
        }
        if self.yes {
            command = command.flag("--yes");
        }
        (!text.starts_with('-')).then_some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_shell_can_do_is_proposed() {
        let namespace =
            |context: &str| Edit::SetNamespace { context: context.into(), namespace: "web".into() };
        let current = |context: &str| Edit::SetCurrentContext(context.into());
        let check = |edits: &[Edit], expected: Option<&str>| {
            let found = ReadOnly { current: Some("a".into()), edits, force: true, yes: false }.shell();
            assert_eq!(found.map(|command| command.to_string()).as_deref(), expected, "{edits:?}");
        };
        check(&[current("b")], Some("kubectl ns-switch shell b"));
        check(&[namespace("a")], Some("kubectl ns-switch shell a/web --force"));
        check(&[namespace("b"), current("b")], Some("kubectl ns-switch shell b/web --force"));
        check(&[namespace("b")], None);
        check(&[Edit::UnsetCurrentContext], None);
        check(&[Edit::UnsetNamespace { context: "a".into() }], None);
        check(&[Edit::DeleteContexts(vec!["a".into()])], None);
        check(&[current("-b")], None);
        check(&[current("b c")], Some("kubectl ns-switch shell 'b c'"));
    }
}
