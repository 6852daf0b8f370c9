//! What a document means: aliases and merge keys followed, duplicate keys settled, scalars typed.

use std::{borrow::Cow, collections::HashMap};

use super::{Document, NodeContent, NodeId, YamlError, scalar};

/// A value of a document, and the node it is written at.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'text> {
    /// What it is.
    pub content: ValueContent<'text>,
    /// Where it is written; behind an alias, the node the alias names.
    pub node: NodeId,
    /// The line it starts on, counted from 1.
    pub line: usize,
}

/// The kinds of values JSON knows, numbers told apart as Go tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueContent<'text> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean of YAML 1.1: `yes` and `off` too.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A whole number above the range of [`ValueContent::Integer`].
    Unsigned(u64),
    /// A number with a fraction or an exponent, always finite.
    Float(f64),
    /// Text.
    Text(Cow<'text, str>),
    /// A list.
    Sequence(Vec<Value<'text>>),
    /// A mapping: every key once, the last one written wins.
    Mapping(Vec<Entry<'text>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'text> {
    /// The key as JSON has it: numbers and booleans become text.
    pub key: Cow<'text, str>,
    /// Where the key is written.
    pub key_node: NodeId,
    /// The value.
    pub value: Value<'text>,
}

impl<'text> Value<'text> {
    /// The meaning of a document's root; `None` for a document without content.
    ///
    /// The rules are those of `go.yaml.in/yaml/v2` (`decode.go`) and the conversion to JSON in
    /// `sigs.k8s.io/yaml`: later keys win over earlier ones, and a merge key `<<` is a key like the others, so one
    /// that stands after an explicit key overrides it.
    pub fn resolve(document: &Document<'text>) -> Result<Option<Self>, YamlError> {
        let Some(root) = document.root() else { return Ok(None) };
        // The library counts the document itself as one step.
        let mut resolver = Resolver { document, following: Vec::new(), steps: 1, alias_steps: 0 };
        resolver.value(root).map(Some)
    }

    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Value<'text>> {
        match &self.content {
            ValueContent::Mapping(entries) => {
                entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
            }
            _ => None,
        }
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        self.content == ValueContent::Null
    }

    /// The value as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.content {
            ValueContent::Null => Json::Null,
            ValueContent::Boolean(boolean) => Json::from(*boolean),
            ValueContent::Integer(number) => Json::from(*number),
            ValueContent::Unsigned(number) => Json::from(*number),
            // Go prints whole floats without a point, which makes them integers again.
            ValueContent::Float(number) if number.fract() == 0.0 && number.abs() < 1e18 => {
                Json::from(*number as i64)
            }
            ValueContent::Float(number) => Json::from(*number),
            ValueContent::Text(text) => Json::from(text.as_ref()),
            ValueContent::Sequence(items) => Json::Array(items.iter().map(Value::to_json).collect()),
            ValueContent::Mapping(entries) => Json::Object(
                entries.iter().map(|entry| (entry.key.to_string(), entry.value.to_json())).collect(),
            ),
        }
    }
}

/// One pass over a document.
struct Resolver<'document, 'text> {
    document: &'document Document<'text>,
    /// Targets of the aliases being followed, to notice one that contains itself.
    following: Vec<NodeId>,
    steps: usize,
    alias_steps: usize,
}

impl<'text> Resolver<'_, 'text> {
    fn value(&mut self, id: NodeId) -> Result<Value<'text>, YamlError> {
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
            None => *style == granit_parser::ScalarStyle::Plain,
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

/// The key as `sigs.k8s.io/yaml` spells it in JSON.
fn key_text(key: Value<'_>) -> Result<Cow<'_, str>, YamlError> {
    let refuse = |kind: &str| Err(YamlError::new(key.line, format!("a mapping's key can't be {kind}")));
    Ok(match key.content {
        ValueContent::Text(text) => text,
        ValueContent::Integer(number) => Cow::Owned(number.to_string()),
        ValueContent::Boolean(boolean) => Cow::Borrowed(if boolean { "true" } else { "false" }),
        ValueContent::Float(number) => Cow::Owned(shortest_float(number as f32)),
        ValueContent::Null => return refuse("null"),
        ValueContent::Unsigned(_) => return refuse("a number this large"),
        ValueContent::Sequence(_) => return refuse("a list"),
        ValueContent::Mapping(_) => return refuse("a mapping"),
    })
}

/// Go's `strconv.FormatFloat(number, 'g', -1, 32)`: the shortest digits, with an exponent below -4 and from 6 on.
fn shortest_float(number: f32) -> String {
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.into();
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return format!("{number}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// Keeps the last entry of each key, where the first one stood.
fn last_of_each_key(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    const FEW: usize = 16;
    let mut kept: Vec<Entry<'_>> = Vec::with_capacity(entries.len());
    let mut places: HashMap<String, usize> = HashMap::new();
    let many = entries.len() > FEW;
    for entry in entries {
        let place = match many {
            true => places.get(entry.key.as_ref()).copied(),
            false => kept.iter().position(|earlier| earlier.key == entry.key),
        };
        match place {
            Some(place) => kept[place] = entry,
            None => {
                if many {
                    places.insert(entry.key.to_string(), kept.len());
                }
                kept.push(entry);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Result<serde_json::Value, String> {
        let document = Document::parse(text).map_err(|error| error.to_string())?;
        let value = Value::resolve(&document).map_err(|error| error.to_string())?;
        Ok(value.map_or(serde_json::Value::Null, |value| value.to_json()))
    }

    #[test]
    fn a_merge_key_counts_where_it_stands() {
        let base = "base: &base {namespace: shared, user: u}\n";
        assert_eq!(
            read(&format!("{base}a: {{namespace: mine, <<: *base}}")).unwrap()["a"],
            json!({"namespace": "shared", "user": "u"})
        );
        assert_eq!(
            read(&format!("{base}a: {{<<: *base, namespace: mine}}")).unwrap()["a"],
            json!({"namespace": "mine", "user": "u"})
        );
    }

    #[test]
    fn earlier_sources_of_a_merge_list_win() {
        let text = "a: &a {x: 1, v: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*a, *b, {x: 3, w: 3}]}";
        assert_eq!(read(text).unwrap()["c"], json!({"x": 1, "v": 1, "z": 2, "w": 3}));
    }

    #[test]
    fn a_quoted_merge_key_is_a_key() {
        assert_eq!(read("a: {\"<<\": {x: 1}}").unwrap(), json!({"a": {"<<": {"x": 1}}}));
    }

    #[test]
    fn a_merge_of_anything_else_is_refused() {
        for source in ["1", "[1]", "", "*x", "[[{a: 1}]]"] {
            let error = read(&format!("x: &x [1]\nb:\n  <<: {source}\n")).unwrap_err();
            assert_eq!(
                error, "yaml: line 3: map merge requires map or sequence of maps as the value",
                "{source}"
            );
        }
    }

    #[test]
    fn the_last_of_duplicate_keys_wins() {
        assert_eq!(read("a: 1\nb: 2\na: 3\n").unwrap(), json!({"a": 3, "b": 2}));
        let many: String = (0..40).map(|number| format!("k{}: {number}\n", number % 30)).collect();
        let read = read(&many).unwrap();
        assert_eq!(
            (read["k5"].clone(), read["k15"].clone(), read.as_object().unwrap().len()),
            (json!(35), json!(15), 30)
        );
    }

    #[test]
    fn keys_become_text_as_in_json() {
        assert_eq!(
            read("{1: a, 1.5: b, yes: c, 1e6: d, 1e-5: e, 1234567.0: f, 2024-01-01: g}").unwrap(),
            json!({"1": "a", "1.5": "b", "true": "c", "1e+06": "d", "1e-05": "e", "1.234567e+06": "f", "2024-01-01": "g"})
        );
        assert_eq!(read("a: 1\n~: x").unwrap_err(), "yaml: line 2: a mapping's key can't be null");
        assert_eq!(read("? [a]\n: x").unwrap_err(), "yaml: line 1: a mapping's key can't be a list");
    }

    #[test]
    fn aliases_repeat_the_latest_anchor_and_never_themselves() {
        assert_eq!(read("a: &x 1\nb: &x 2\nc: *x").unwrap()["c"], json!(2));
        assert_eq!(read("a: &x {b: *x}").unwrap_err(), "yaml: line 1: an anchor's value contains itself");
    }

    #[test]
    fn a_billion_laughs_are_refused() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert!(read(&text).unwrap_err().ends_with("document contains excessive aliasing"));
    }

    #[test]
    fn only_the_first_document_counts() {
        assert_eq!(read("a: 1\n---\na: 2\n").unwrap(), json!({"a": 1}));
        assert_eq!(read("a: 1\n---\n\t{[broken").unwrap(), json!({"a": 1}));
        assert_eq!(read("a: 1\n...\n%YAML 9\n---\nb: [").unwrap(), json!({"a": 1}));
        assert_eq!(read("---\n---\na: 1").unwrap(), json!(null));
        let document = Document::parse("a: 1\n# end\n---\na: 2\n").unwrap();
        assert!(document.has_more_documents());
        assert!(document.end() <= "a: 1\n# end\n".len() && document.end() >= "a: 1".len());
    }

    #[test]
    fn texts_without_content_are_null() {
        for text in ["", "  \n", "# only a comment\n", "---\n", "\r\n"] {
            assert_eq!(read(text).unwrap(), json!(null), "{text:?}");
        }
    }

    #[test]
    fn spans_cover_the_scalar_as_written() {
        let text = "a: &x 'it''s' # c\nb: {c: \"d\\n\", e: *x}\n";
        let document = Document::parse(text).unwrap();
        let value = Value::resolve(&document).unwrap().unwrap();
        let slice = |value: &Value<'_>| &text[document.node(value.node).span.clone()];
        assert_eq!(slice(value.get("a").unwrap()), "'it''s'");
        assert_eq!(slice(value.get("b").unwrap()), "{c: \"d\\n\", e: *x}");
        assert_eq!(slice(value.get("b").unwrap().get("c").unwrap()), "\"d\\n\"");
        assert_eq!(slice(value.get("b").unwrap().get("e").unwrap()), "'it''s'");
        assert_eq!(value.get("b").unwrap().line, 2);
    }
}
