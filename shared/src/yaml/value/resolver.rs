//! From nodes to values: aliases and merge keys followed.

use super::{
    Entry, Value, ValueContent,
    keys::{key_text, last_of_each_key},
};
use crate::yaml::{Document, NodeContent, NodeId, YamlError, scalar};

/// One pass over a document.
pub(super) struct Resolver<'document, 'text> {
    document: &'document Document<'text>,
    /// Targets of the aliases being followed, to notice one that contains itself.
    following: Vec<NodeId>,
    steps: usize,
    alias_steps: usize,
}

impl<'document, 'text> Resolver<'document, 'text> {
    pub fn new(document: &'document Document<'text>) -> Self {
        // The library counts the document itself as one step.
        Self { document, following: Vec::new(), steps: 1, alias_steps: 0 }
    }

    pub fn value(&mut self, id: NodeId) -> Result<Value<'text>, YamlError> {
        let document = self.document;
        let node = document.node(id);
        self.count(node.line)?;
        let content = match &node.content {
            NodeContent::Alias(target) => return self.follow(*target, node.line, Self::value),
            NodeContent::Scalar(text, style) => {
                let content = scalar::resolve(text, *style, node.tag.as_deref())
                    .map_err(|message| YamlError::new(node.line, message))?;
                if matches!(content, ValueContent::Float(number) if !number.is_finite()) {
                    return Err(YamlError::new(
                        node.line,
                        format!("`{text}` is a number JSON does not have"),
                    ));
                }
                content
            }
            NodeContent::Sequence(items) => {
                ValueContent::Sequence(items.iter().map(|item| self.value(*item)).collect::<Result<_, _>>()?)
            }
            NodeContent::Mapping(_) => ValueContent::Mapping(last_of_each_key(self.entries(id)?)),
        };
        Ok(Value { content, node: id, line: node.line })
    }

    /// The entries of a mapping, merged ones in their place, duplicates included.
    fn entries(&mut self, mapping: NodeId) -> Result<Vec<Entry<'text>>, YamlError> {
        let document = self.document;
        let NodeContent::Mapping(pairs) = &document.node(mapping).content else { return Ok(Vec::new()) };
        let mut entries = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            if self.is_merge(*key) {
                self.merge(*value, &mut entries)?;
                continue;
            }
            let resolved = self.value(*key)?;
            let key_text = key_text(resolved)?;
            entries.push(Entry { key: key_text, key_node: *key, value: self.value(*value)? });
        }
        Ok(entries)
    }

    /// A plain `<<`, or one tagged `!!merge`.
    fn is_merge(&self, key: NodeId) -> bool {
        let node = self.document.node(key);
        let NodeContent::Scalar(text, style) = &node.content else { return false };
        let plain = match node.tag.as_deref() {
            None => *style == crate::yaml::ScalarStyle::Plain,
            Some(tag) => tag == "tag:yaml.org,2002:merge",
        };
        plain && text == "<<"
    }

    fn merge(&mut self, source: NodeId, entries: &mut Vec<Entry<'text>>) -> Result<(), YamlError> {
        let document = self.document;
        match &document.node(source).content {
            // Among several sources the earlier ones win, so they are written last.
            NodeContent::Sequence(sources) => {
                for source in sources.iter().rev() {
                    entries.extend(self.merged_mapping(*source)?);
                }
            }
            _ => entries.extend(self.merged_mapping(source)?),
        }
        Ok(())
    }

    fn merged_mapping(&mut self, source: NodeId) -> Result<Vec<Entry<'text>>, YamlError> {
        let document = self.document;
        let node = document.node(source);
        self.count(node.line)?;
        match &node.content {
            NodeContent::Mapping(_) => self.entries(source),
            NodeContent::Alias(target)
                if matches!(document.node(*target).content, NodeContent::Mapping(_)) =>
            {
                self.follow(*target, node.line, |resolver, target| {
                    resolver.count(node.line)?;
                    resolver.entries(target)
                })
            }
            _ => Err(YamlError::new(node.line, "map merge requires map or sequence of maps as the value")),
        }
    }

    fn follow<T>(
        &mut self,
        target: NodeId,
        line: usize,
        resolve: impl FnOnce(&mut Self, NodeId) -> Result<T, YamlError>,
    ) -> Result<T, YamlError> {
        if self.following.contains(&target) {
            return Err(YamlError::new(line, "an anchor's value contains itself"));
        }
        self.following.push(target);
        let result = resolve(self, target);
        self.following.pop();
        result
    }

    /// Refuses documents that are mostly aliases: the guard of the library against a billion laughs
    /// (`allowedAliasRatio`).
    fn count(&mut self, line: usize) -> Result<(), YamlError> {
        const LOW: usize = 400_000;
        const HIGH: usize = 4_000_000;
        self.steps += 1;
        if !self.following.is_empty() {
            self.alias_steps += 1;
        }
        if self.alias_steps <= 100 || self.steps <= 1000 {
            return Ok(());
        }
        let allowed = match self.steps {
            ..=LOW => 0.99,
            HIGH.. => 0.10,
            steps => 0.99 - 0.89 * ((steps - LOW) as f64 / (HIGH - LOW) as f64),
        };
        if self.alias_steps as f64 / self.steps as f64 > allowed {
            return Err(YamlError::new(line, "document contains excessive aliasing"));
        }
        Ok(())
    }
}
