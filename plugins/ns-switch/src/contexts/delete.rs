//! `contexts -d NAME…`.

use std::collections::HashSet;

use shared::{
    Error, Result,
    kubeconfig::edit::Edit,
    output::{Printer, sanitize_line},
    prompt::{Prompter, Question, TerminalPrompter},
};

use crate::{
    outline::{Outline, OutlineContext},
    switching::Switcher,
};

/// What will go, and what will be left over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct DeletePlan {
    /// The contexts, each once, in the order given.
    contexts: Vec<String>,
    /// The current one is among them.
    current: Option<String>,
    /// Clusters and users, by kind and name, that no other context uses.
    orphans: Vec<(&'static str, String)>,
}

impl DeletePlan {
    /// Works out what deleting these contexts leads to; `.` is the current one.
    fn of(names: &[String], outline: &Outline) -> Result<Self> {
        let mut contexts: Vec<String> = Vec::new();
        for name in names {
            let context = if name == "." { outline.chosen(None)? } else { outline.existing(name)? };
            if !contexts.contains(&context.name) {
                contexts.push(context.name.clone());
            }
        }
        let (gone, staying): (Vec<_>, Vec<_>) =
            outline.contexts.iter().partition(|context| contexts.contains(&context.name));
        let mut orphans = Vec::new();
        for (kind, of) in [("cluster", cluster as Reference), ("user", user)] {
            let used: HashSet<&str> = staying.iter().copied().filter_map(of).collect();
            for name in gone.iter().copied().filter_map(of).filter(|name| !used.contains(name)) {
                let orphan = (kind, name.to_owned());
                if !orphans.contains(&orphan) {
                    orphans.push(orphan);
                }
            }
        }
        let current = outline.current.clone().filter(|current| contexts.contains(current));
        Ok(Self { contexts, current, orphans })
    }

    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.contexts.iter().map(|name| format!("context \"{}\" goes", sanitize_line(name))).collect();
        if let Some(current) = &self.current {
            lines.push(format!("\"{current}\" is the current one: none will be"));
        }
        for (kind, name) in &self.orphans {
            lines.push(format!("{kind} \"{name}\" stays, and no other context uses it"));
        }
        lines
    }
}

/// What a context refers to by name.
type Reference = fn(&OutlineContext) -> Option<&str>;

fn cluster(context: &OutlineContext) -> Option<&str> {
    context.cluster.as_deref()
}

fn user(context: &OutlineContext) -> Option<&str> {
    context.user.as_deref()
}

/// Deletes contexts, all of them or none. Clusters and users stay.
///
/// # Errors
/// One does not exist, nobody agrees, or a file can't be written.
pub fn delete(switcher: &Switcher<'_>, names: &[String], printer: &mut Printer) -> Result<()> {
    let outline = Outline::read(switcher.kubeconfigs)?;
    let plan = DeletePlan::of(names, &outline)?;
    if !switcher.yes {
        plan.lines().iter().for_each(|line| printer.note(line));
        let text = match &plan.contexts[..] {
            [one] => format!("Delete context {one}"),
            several => format!("Delete {} contexts", several.len()),
        };
        let question = Question { text: &text, answered_by: "--yes" };
        if !TerminalPrompter::default().confirm(question, false)? {
            return Err(Error::cancelled());
        }
    }
    switcher.apply(outline, &[Edit::DeleteContexts(plan.contexts.clone())], printer)?;
    for name in &plan.contexts {
        switcher.deleted(name);
        printer.note(format!("✔ Context \"{}\" deleted", sanitize_line(name)));
    }
    if let Some(current) = &plan.current {
        printer.warning(format!(
            "\"{current}\" was the current context; choose another with `kubectl ns-switch use CONTEXT`"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline() -> Outline {
        let context = |name: &str, cluster: &str, user: &str| OutlineContext {
            name: name.into(),
            cluster: Some(cluster.into()),
            user: Some(user.into()),
            namespace: None,
        };
        Outline {
            current: Some("a".into()),
            contexts: vec![context("a", "c1", "u1"), context("b", "c1", "u2"), context("c", "c2", "u2")],
            ..Outline::default()
        }
    }

    fn plan(names: &[&str]) -> DeletePlan {
        DeletePlan::of(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), &outline()).unwrap()
    }

    #[test]
    fn what_others_still_use_is_no_orphan() {
        assert_eq!(
            plan(&["."]),
            DeletePlan {
                contexts: vec!["a".into()],
                current: Some("a".into()),
                orphans: vec![("user", "u1".into())]
            }
        );
        assert_eq!(plan(&["c", "b", "c"]).orphans, [("cluster", "c2".into()), ("user", "u2".into())]);
        assert_eq!(plan(&["c", "b", "c"]).contexts, ["c", "b"]);
    }

    #[test]
    fn one_that_does_not_exist_stops_all() {
        let error = DeletePlan::of(&["a".into(), "bb".into()], &outline()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "error: no context exists with the name \"bb\"\nhint: did you mean \"b\"?"
        );
    }

    #[test]
    fn the_plan_says_what_goes_and_what_is_left_over() {
        assert_eq!(
            plan(&["a"]).lines(),
            [
                "context \"a\" goes",
                "\"a\" is the current one: none will be",
                "user \"u1\" stays, and no other context uses it"
            ]
        );
    }
}
