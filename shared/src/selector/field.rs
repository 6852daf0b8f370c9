//! Field selectors applied locally, where a dump takes the place of a server.

use crate::{Error, Result};

/// A field selector over `metadata.name` and `metadata.namespace`, the fields that every kind supports
/// (`k8s.io/apimachinery/pkg/fields/selector.go`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector(Vec<Term>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    field: Field,
    value: String,
    equal: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name,
    Namespace,
}

impl FieldSelector {
    /// What to do about a selector that can't be read.
    pub const SYNTAX: &str = "write metadata.name=x or metadata.namespace!=y, joined by commas";

    /// Reads `field=value`, `field==value` and `field!=value`, joined by commas.
    ///
    /// # Errors
    /// A usage error that quotes the term, for other fields too.
    pub fn parse(text: &str) -> Result<Self> {
        let terms = text.split(',').map(str::trim).filter(|term| !term.is_empty());
        terms.map(|term| Term::parse(text, term)).collect::<Result<Vec<_>>>().map(Self)
    }

    /// Returns whether an object of this name and namespace satisfies every term.
    pub fn matches(&self, namespace: &str, name: &str) -> bool {
        self.0.iter().all(|term| {
            let actual = match term.field {
                Field::Name => name,
                Field::Namespace => namespace,
            };
            (actual == term.value) == term.equal
        })
    }
}

impl Term {
    fn parse(selector: &str, term: &str) -> Result<Self> {
        let (field, value, equal) = if let Some((field, value)) = term.split_once("!=") {
            (field, value, false)
        } else if let Some((field, value)) = term.split_once("==").or_else(|| term.split_once('=')) {
            (field, value, true)
        } else {
            return Err(Error::usage(format!("field selector `{selector}`: `{term}` can't be read"))
                .with_hint(FieldSelector::SYNTAX));
        };
        let field = match field.trim() {
            "metadata.name" => Field::Name,
            "metadata.namespace" => Field::Namespace,
            other => {
                return Err(Error::usage(format!(
                    "field selector `{selector}`: the field `{other}` is not supported"
                ))
                .with_hint("the supported fields are metadata.name and metadata.namespace"));
            }
        };
        Ok(Self { field, value: value.trim().to_owned(), equal })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_joined_by_and() {
        let selector = FieldSelector::parse("metadata.name=a,metadata.namespace!=kube-system").unwrap();
        assert!(selector.matches("default", "a"));
        assert!(!selector.matches("kube-system", "a"));
        assert!(!selector.matches("default", "b"));
        assert!(FieldSelector::parse("").unwrap().matches("any", "thing"));
    }

    #[test]
    fn other_fields_and_shapes_are_refused() {
        assert!(FieldSelector::parse("spec.hard=1").is_err());
        assert!(FieldSelector::parse("metadata.name").is_err());
    }
}
