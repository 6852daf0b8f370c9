//! Parses `CONTEXT[/NAMESPACE]`.

use crate::kubeconfigs::ContextIndex;

/// A context, and optionally a namespace in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    /// The context's name, which need not exist.
    pub context: &'a str,
    /// The namespace.
    pub namespace: Option<&'a str>,
}

impl<'a> Target<'a> {
    /// Splits a text. If all of it is the name of a context it means that context, since names may have slashes
    /// (`arn:aws:eks:eu-west-1:1:cluster/shop`). Else the part after the last slash is the namespace, if the part
    /// before it is a context: names of namespaces have no slash.
    pub fn parse(text: &'a str, index: &ContextIndex) -> Self {
        let whole = Self { context: text, namespace: None };
        if index.context(text).is_some() {
            return whole;
        }
        match text.rsplit_once('/') {
            Some((context, namespace)) if index.context(context).is_some() => {
                Self { context, namespace: Some(namespace) }
            }
            _ => whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubeconfigs::IndexedContext;

    #[test]
    fn a_slash_belongs_to_the_name_where_there_is_such_a_name() {
        let context = |name: &str| IndexedContext { name: name.into(), ..IndexedContext::default() };
        let index = ContextIndex {
            contexts: vec![context("a"), context("a/b"), context("arn:1:cluster/shop"), context("")],
            ..ContextIndex::default()
        };
        let check = |text, context, namespace| {
            assert_eq!(Target::parse(text, &index), Target { context, namespace }, "{text}");
        };
        check("a", "a", None);
        check("a/b", "a/b", None);
        check("a/c", "a", Some("c"));
        check("a/b/c", "a/b", Some("c"));
        check("arn:1:cluster/shop", "arn:1:cluster/shop", None);
        check("arn:1:cluster/shop/x", "arn:1:cluster/shop", Some("x"));
        check("gone/x", "gone/x", None);
        check("a/", "a", Some(""));
    }
}
