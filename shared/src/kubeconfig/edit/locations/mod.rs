//! Where in a file's bytes a change goes, found with the full parser. Block style, flow style and JSON alike.

mod add;
mod insert;
mod lines;
mod lookup;
mod remove;

use crate::yaml::ScalarStyle;

use super::{
    blocker::Blocker,
    change::{Change, List},
    scalar_text::{self, Surroundings},
    splice::Splice,
};
use crate::yaml::{Document, NodeContent, NodeId, Value};
use lookup::{Found, Path};

/// A document, what it means, and its text.
pub(super) struct Locations<'text> {
    text: &'text str,
    document: &'text Document<'text>,
    value: Option<&'text Value<'text>>,
}

impl<'text> Locations<'text> {
    pub fn new(
        text: &'text str,
        document: &'text Document<'text>,
        value: Option<&'text Value<'text>>,
    ) -> Self {
        Self { text, document, value }
    }

    /// Returns the splices that make `change`; none where the file already says so.
    pub fn splices(&self, change: &Change) -> Result<Vec<Splice>, Blocker> {
        match change {
            Change::Current(name) => self.set_current(name),
            Change::Namespace { context, namespace } => match namespace {
                Some(namespace) => self.set_namespace(context, namespace),
                None => self.remove_namespace(context),
            },
            Change::Rename { from, to } => self.rename(from, to),
            Change::Delete { list, names } => self.delete(*list, names),
            Change::Add(entries) => self.add(entries),
        }
    }

    fn set_current(&self, name: &str) -> Result<Vec<Splice>, Blocker> {
        let Some(root) = self.document.root() else { return self.first_content(name) };
        if matches!(self.document.node(root).content, NodeContent::Scalar(..)) {
            // `---` and nothing below it.
            if self.document.node(root).span.is_empty() {
                return self.first_content(name);
            }
            // An explicit null instead of a mapping.
            return Err(self.unusual(root));
        }
        let path = Path::root(root);
        match self.find(root, "current-context")? {
            Found::Direct { key, value } => self.set_scalar(path, key, value, name),
            Found::Nowhere | Found::Merged => {
                self.insert(root, "current-context", insert::Value::Text(name), insert::Where::End)
            }
        }
        .map(|splice| vec![splice])
    }

    /// Adds content to a document that has none: comments stay where they are.
    fn first_content(&self, name: &str) -> Result<Vec<Splice>, Blocker> {
        let name = scalar_text::write(name, ScalarStyle::Plain, Surroundings::Block);
        let lines =
            ["apiVersion: v1".to_string(), "kind: Config".to_string(), format!("current-context: {name}")];
        Ok(vec![self.append_lines(&lines, true)])
    }

    fn set_namespace(&self, context: &str, namespace: &str) -> Result<Vec<Splice>, Blocker> {
        let (path, item) = self.item(context)?;
        let splice = match self.find(item, "context")? {
            Found::Nowhere => {
                let value = insert::Value::MappingOf("namespace", namespace);
                self.check_own(&path)?;
                self.insert(item, "context", value, insert::Where::Sorted)?
            }
            Found::Merged => return Err(self.merged(item)),
            Found::Direct { key, value } => match &self.document.node(value).content {
                NodeContent::Mapping(_) => {
                    let path = path.with(value);
                    match self.find(value, "namespace")? {
                        Found::Direct { key, value } => self.set_scalar(path, key, value, namespace)?,
                        Found::Nowhere | Found::Merged => {
                            self.check_own(&path)?;
                            let value_text = insert::Value::Text(namespace);
                            self.insert(value, "namespace", value_text, insert::Where::Sorted)?
                        }
                    }
                }
                NodeContent::Scalar(..) => {
                    self.check_own(&path.with(value))?;
                    let surroundings = self.surroundings(item);
                    let text = insert::Value::MappingOf("namespace", namespace).write(surroundings, ": ");
                    self.put(key, value, &text)?
                }
                NodeContent::Alias(target) => return Err(self.shared(*target)),
                NodeContent::Sequence(_) => return Err(self.unusual(value)),
            },
        };
        Ok(vec![splice])
    }

    fn remove_namespace(&self, context: &str) -> Result<Vec<Splice>, Blocker> {
        let (path, item) = self.item(context)?;
        let Found::Direct { value: body, .. } = self.find(item, "context")? else { return Ok(Vec::new()) };
        match &self.document.node(body).content {
            NodeContent::Mapping(_) => {}
            NodeContent::Alias(target) => return Err(self.shared(*target)),
            _ => return Ok(Vec::new()),
        }
        let path = path.with(body);
        match self.find(body, "namespace")? {
            Found::Nowhere => Ok(Vec::new()),
            Found::Merged => {
                // A merged namespace can't be removed here, only overridden: empty is as good as none.
                self.check_own(&path)?;
                self.insert(body, "namespace", insert::Value::Text(""), insert::Where::End)
                    .map(|splice| vec![splice])
            }
            Found::Direct { .. } => {
                self.check_own(&path)?;
                self.remove_pairs(body, "namespace")
            }
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<Vec<Splice>, Blocker> {
        let (path, item) = self.item(from)?;
        match self.find(item, "name")? {
            Found::Direct { key, value } => self.set_scalar(path, key, value, to).map(|splice| vec![splice]),
            Found::Merged => Err(self.merged(item)),
            Found::Nowhere => Err(self.unusual(item)),
        }
    }

    fn delete(&self, list: List, names: &[String]) -> Result<Vec<Splice>, Blocker> {
        let item_names = self.item_names(list);
        let (path, key, list) = self.list(list)?;
        self.check_own(&path)?;
        let doomed: Vec<usize> = item_names
            .enumerate()
            .filter(|(_, name)| names.iter().any(|wanted| wanted == name))
            .map(|(index, _)| index)
            .collect();
        self.remove_items(key, list, &doomed)
    }

    /// Replaces a scalar, or writes one where nothing stands.
    fn set_scalar(&self, path: Path, key: NodeId, value: NodeId, text: &str) -> Result<Splice, Blocker> {
        let node = self.document.node(value);
        let style = match &node.content {
            NodeContent::Scalar(_, style) => {
                self.check_own(&path.with(value))?;
                *style
            }
            // An alias gives way to a value of its own; what it named stays.
            NodeContent::Alias(_) => {
                self.check_own(&path)?;
                ScalarStyle::Plain
            }
            _ => return Err(self.unusual(value)),
        };
        let written = scalar_text::write(text, style, self.surroundings(path.last()));
        self.put(key, value, &written)
    }

    /// Puts written text where a value stands, or behind the colon of its key where none does.
    fn put(&self, key: NodeId, value: NodeId, written: &str) -> Result<Splice, Blocker> {
        let node = self.document.node(value);
        let span = &node.span;
        if let NodeContent::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded) = &node.content {
            // The last line end stays.
            let end = span.start + self.text[span.clone()].trim_end().len();
            return Ok(Splice::new(span.start..end, written));
        }
        if !span.is_empty() {
            return Ok(Splice::new(span.clone(), written));
        }
        match self.colon_after(key) {
            Some(colon) => Ok(Splice::new(colon..colon, format!(" {written}"))),
            None => Err(self.unusual(key)),
        }
    }

    fn surroundings(&self, mapping: NodeId) -> Surroundings {
        let node = self.document.node(mapping);
        if !self.text[node.span.start..].starts_with(['{', '[']) {
            return Surroundings::Block;
        }
        let quoted = |id: &NodeId| self.text[self.document.node(*id).span.start..].starts_with('"');
        let json = match (&node.content, self.document.root()) {
            (NodeContent::Mapping(pairs), _) if !pairs.is_empty() => pairs.iter().all(|(key, _)| quoted(key)),
            (_, Some(root)) if root != mapping => self.surroundings(root) == Surroundings::Json,
            _ => true,
        };
        if json { Surroundings::Json } else { Surroundings::Flow }
    }
}
