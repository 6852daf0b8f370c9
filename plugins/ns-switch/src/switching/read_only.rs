//! Kubeconfigs that can't be written: home-manager's, mounted Secrets, files of root.

use std::{fs, path::PathBuf};

use shared::{
    Error, Result,
    kubeconfig::{
        KubeconfigFiles,
        edit::{Edit, Sources, plan},
        write::NOT_WRITABLE,
    },
    output::{Printer, ShellCommand, sanitize_line},
    regular_file::open_private,
};

use super::Switcher;

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
                // What the switch was about says nothing of how it is made.
                Edit::Require(_) => {}
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

impl Switcher<'_> {
    /// Makes the switch in a file that is listed first in KUBECONFIG and does not exist yet, where the first one that
    /// does can't be written. kubectl never makes such a file; whoever lists one before files that they can't write wants
    /// it. Returns whether the switch can be undone.
    ///
    /// # Errors
    /// `error`, with the way that works, where there is no such file or it can't be made.
    pub(super) fn write_first_file(
        &self,
        change: &ReadOnly<'_>,
        error: Error,
        printer: &mut Printer,
    ) -> Result<bool> {
        let Some(path) = self.first_file(change, &error) else { return Err(change.hint(error)) };
        if open_private(&path).is_err() {
            return Err(change.hint(error));
        }
        let sources = Sources::read(&self.kubeconfigs.files, &self.kubeconfigs.environment);
        let written = sources
            .and_then(|sources| plan(sources, change.edits))
            .and_then(|plan| plan.execute(&self.write_options(printer)));
        match written {
            Ok(written) => {
                printer.note(format!("made {}, since the file after it can't be written", path.display()));
                Ok(self.written(&written, printer))
            }
            Err(failure) => {
                // It is as empty as it was made.
                drop(fs::remove_file(&path));
                Err(change.hint(failure))
            }
        }
    }

    /// Shows what [`Self::write_first_file`] would do.
    ///
    /// # Errors
    /// As there.
    pub(super) fn show_in_first_file(
        &self,
        change: &ReadOnly<'_>,
        error: Error,
        printer: &mut Printer,
    ) -> Result<()> {
        match (self.first_file(change, &error), change.edits) {
            (Some(path), [Edit::SetCurrentContext(name)]) => printer.data(&format!(
                "{}: current-context none → \"{}\" (dry run)\n",
                sanitize_line(&path.display().to_string()),
                sanitize_line(name)
            )),
            _ => Err(change.hint(error)),
        }
    }

    /// Returns the file that does not exist and is listed before all that do, if a switch to a context failed because a
    /// file can't be written.
    fn first_file(&self, change: &ReadOnly<'_>, error: &Error) -> Option<PathBuf> {
        let KubeconfigFiles::Listed(paths) = &self.kubeconfigs.files else { return None };
        let is_switch = matches!(change.edits, [Edit::SetCurrentContext(_)]);
        let first = self.kubeconfigs.environment.current_directory.join(paths.first()?);
        let folder_exists = first.parent().is_some_and(|folder| folder.is_dir());
        let is_missing = fs::symlink_metadata(&first).is_err();
        (is_switch && error.hint() == Some(NOT_WRITABLE) && is_missing && folder_exists).then_some(first)
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
