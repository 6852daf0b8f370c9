//! What a change made different, in the terms of the user.

use crate::outline::{Outline, OutlineContext};

/// One difference between two readings of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Another context is current: the one before and the one after.
    Current { before: Option<String>, after: Option<String> },
    /// A context has another namespace.
    Namespace { context: String, before: Option<String>, after: Option<String> },
    /// A context is there again.
    Appeared(String),
    /// A context is not there any more.
    Vanished(String),
}

impl Difference {
    /// All differences, that of the current context last.
    pub fn between(before: &Outline, after: &Outline) -> Vec<Self> {
        let mut differences = Vec::new();
        for context in &before.contexts {
            match after.context(&context.name) {
                None => differences.push(Self::Vanished(context.name.clone())),
                Some(OutlineContext { namespace, .. }) if *namespace != context.namespace => {
                    differences.push(Self::Namespace {
                        context: context.name.clone(),
                        before: context.namespace.clone(),
                        after: namespace.clone(),
                    });
                }
                Some(_) => {}
            }
        }
        let new = after.contexts.iter().filter(|context| before.context(&context.name).is_none());
        differences.extend(new.map(|context| Self::Appeared(context.name.clone())));
        if before.current != after.current {
            differences.push(Self::Current { before: before.current.clone(), after: after.current.clone() });
        }
        differences
    }

    /// The line for standard error.
    pub fn line(&self) -> String {
        match self {
            Self::Current { after: Some(name), .. } => format!("✔ Context \"{name}\" again"),
            Self::Current { after: None, .. } => "✔ No context is current again".to_owned(),
            Self::Namespace { context, after: Some(name), .. } => {
                format!("✔ Namespace \"{name}\" again (context {context})")
            }
            Self::Namespace { context, after: None, .. } => {
                format!("✔ Namespace unset again, so \"default\" (context {context})")
            }
            Self::Appeared(name) => format!("✔ Context \"{name}\" is there again"),
            Self::Vanished(name) => format!("✔ Context \"{name}\" is gone again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(current: Option<&str>, contexts: &[(&str, Option<&str>)]) -> Outline {
        let context = |(name, namespace): &(&str, Option<&str>)| OutlineContext {
            name: (*name).into(),
            namespace: namespace.map(Into::into),
            ..OutlineContext::default()
        };
        Outline {
            current: current.map(Into::into),
            contexts: contexts.iter().map(context).collect(),
            ..Outline::default()
        }
    }

    #[test]
    fn each_difference_is_told() {
        let before = outline(Some("a"), &[("a", Some("x")), ("b", None), ("new", None)]);
        let after = outline(None, &[("a", None), ("b", Some("y")), ("old", None)]);
        let lines: Vec<_> = Difference::between(&before, &after).iter().map(Difference::line).collect();
        assert_eq!(
            lines,
            [
                "✔ Namespace unset again, so \"default\" (context a)",
                "✔ Namespace \"y\" again (context b)",
                "✔ Context \"new\" is gone again",
                "✔ Context \"old\" is there again",
                "✔ No context is current again",
            ]
        );
        assert_eq!(Difference::between(&before, &before), []);
    }
}
