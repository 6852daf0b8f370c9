//! `--dry-run`: what a command would change, file by file.

use std::path::Path;

use shared::{
    Result,
    cli::DryRun,
    kubeconfig::edit::FilePreview,
    output::{Printer, sanitize_line},
};

use super::{Difference, Switcher};
use crate::kubeconfigs::{ContextIndex, IndexedContext};

impl Switcher<'_> {
    /// Prints one line for each change.
    ///
    /// # Errors
    /// Standard output can't be written.
    pub fn show(&self, previews: Vec<FilePreview>, printer: &mut Printer) -> Result<()> {
        let text = previews.into_iter().flat_map(|preview| {
            let (before, after) =
                (ContextIndex::from_sources(preview.before), ContextIndex::from_sources(preview.after));
            lines(&preview.path, &before, &after, self.write.dry_run)
        });
        printer.data(&text.collect::<String>())
    }
}

/// Returns the lines about one file, marked as kubectl marks a dry run.
fn lines(path: &Path, before: &ContextIndex, after: &ContextIndex, how: DryRun) -> Vec<String> {
    let mark = if how == DryRun::Server { "server dry run" } else { "dry run" };
    let mut changes = changes(before, after);
    if changes.is_empty() {
        changes.push("only its formatting changes".to_owned());
    }
    let path = path.display().to_string();
    changes.iter().map(|change| format!("{}: {change} ({mark})\n", sanitize_line(&path))).collect()
}

/// Describes each difference.
fn changes(before: &ContextIndex, after: &ContextIndex) -> Vec<String> {
    let mut differences = Difference::between(before, after);
    let renamed = renamed(&differences, before, after);
    if let Some((old, new)) = renamed {
        let is_part = |difference: &Difference| match difference {
            Difference::Vanished(_, name) => name == old,
            Difference::Appeared(_, name) => name == new,
            _ => false,
        };
        differences.retain(|difference| !is_part(difference));
    }
    let renaming = renamed.map(|(old, new)| format!("context {} → {}", quoted(old), quoted(new)));
    renaming.into_iter().chain(differences.iter().map(words)).collect()
}

/// Returns the old and the new name, where only the name of one context differs.
fn renamed<'a>(
    differences: &[Difference],
    before: &'a ContextIndex,
    after: &'a ContextIndex,
) -> Option<(&'a str, &'a str)> {
    let mut names = (None, None);
    for difference in differences {
        let name = match difference {
            Difference::Vanished("Context", name) => names.0.replace(name),
            Difference::Appeared("Context", name) => names.1.replace(name),
            _ => None,
        };
        if name.is_some() {
            return None;
        }
    }
    let (old, new) = (before.context(names.0?)?, after.context(names.1?)?);
    let same = (&old.cluster, &old.user, &old.namespace) == (&new.cluster, &new.user, &new.namespace);
    same.then_some((&old.name, &new.name))
}

fn words(difference: &Difference) -> String {
    match difference {
        Difference::Current { before, after } => change("current-context", before, after),
        Difference::Namespace { context, before, after } => {
            format!("context {}: {}", quoted(context), change("namespace", before, after))
        }
        Difference::Changed(before, after) => {
            format!("context {}: {}", quoted(&after.name), parts(before, after).join(", "))
        }
        Difference::Appeared(word, name) => format!("{} {} added", word.to_lowercase(), quoted(name)),
        Difference::Vanished(word, name) => format!("{} {} deleted", word.to_lowercase(), quoted(name)),
    }
}

fn parts(before: &IndexedContext, after: &IndexedContext) -> Vec<String> {
    let parts = [
        ("cluster", &before.cluster, &after.cluster),
        ("user", &before.user, &after.user),
        ("namespace", &before.namespace, &after.namespace),
    ];
    let different = parts.into_iter().filter(|(_, before, after)| before != after);
    different.map(|(name, before, after)| change(name, before, after)).collect()
}

fn change(name: &str, before: &Option<String>, after: &Option<String>) -> String {
    let shown = |value: &Option<String>| value.as_deref().map_or_else(|| "none".to_owned(), quoted);
    format!("{name} {} → {}", shown(before), shown(after))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", sanitize_line(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(current: &str, contexts: &[(&str, &str, &str)]) -> ContextIndex {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let context = |(name, cluster, namespace): &(&str, &str, &str)| IndexedContext {
            name: (*name).into(),
            cluster: text(cluster),
            user: None,
            namespace: text(namespace),
        };
        ContextIndex {
            current: text(current),
            contexts: contexts.iter().map(context).collect(),
            ..ContextIndex::default()
        }
    }

    #[test]
    fn what_was_and_what_would_be() {
        let before = index("a", &[("a", "one", ""), ("b", "one", "x"), ("c", "", "")]);
        let after = index("", &[("a", "one", "shop"), ("b", "two", ""), ("\u{1b}d", "", "y")]);
        assert_eq!(
            changes(&before, &after),
            [
                "context \"a\": namespace none → \"shop\"",
                "context \"b\": cluster \"one\" → \"two\", namespace \"x\" → none",
                "context \"c\" deleted",
                "context \"\\u{1b}d\" added",
                "current-context \"a\" → none",
            ]
        );
    }

    #[test]
    fn another_name_alone_is_a_renaming() {
        let before = index("a", &[("a", "one", ""), ("b", "", "")]);
        let after = index("n", &[("n", "one", ""), ("b", "", "")]);
        assert_eq!(changes(&before, &after), ["context \"a\" → \"n\"", "current-context \"a\" → \"n\""]);
        let other = index("n", &[("n", "two", ""), ("b", "", "")]);
        assert_eq!(changes(&before, &other).len(), 3);
        let several = index("", &[("n", "one", ""), ("m", "one", "")]);
        assert_eq!(
            changes(&before, &several),
            [
                "context \"a\" deleted",
                "context \"b\" deleted",
                "context \"n\" added",
                "context \"m\" added",
                "current-context \"a\" → none"
            ]
        );
    }

    #[test]
    fn a_change_nobody_sees_is_told_too() {
        let same = index("a", &[("a", "", "")]);
        assert_eq!(
            lines(Path::new("/k"), &same, &same, DryRun::Server),
            ["/k: only its formatting changes (server dry run)\n"]
        );
    }
}
