//! XML as AWS answers it: elements and texts, no attributes but the namespace of the outermost.

use std::fmt::{self, Display, Write};

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), text: String::new(), children: Vec::new() }
    }

    /// An element with a text.
    pub fn of(name: &str, value: impl Display) -> Self {
        Self { text: value.to_string(), ..Self::new(name) }
    }

    /// Adds an element with a text.
    pub fn text(self, name: &str, value: impl Display) -> Self {
        self.child(Self::of(name, value))
    }

    /// Adds an element with a text if there is one.
    pub fn maybe(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Adds an element.
    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// A list. Each of its elements is renamed to what the protocol calls them: `member` or `item`.
    pub fn list_of(name: &str, member: &str, elements: impl IntoIterator<Item = Self>) -> Self {
        let renamed = |element| Self { name: member.to_owned(), ..element };
        Self { children: elements.into_iter().map(renamed).collect(), ..Self::new(name) }
    }

    /// Adds a list, see [`Element::list_of`].
    pub fn list(self, name: &str, member: &str, elements: impl IntoIterator<Item = Self>) -> Self {
        self.child(Self::list_of(name, member, elements))
    }

    /// Adds a list of texts.
    pub fn texts(self, name: &str, member: &str, texts: impl IntoIterator<Item = impl Display>) -> Self {
        self.list(name, member, texts.into_iter().map(|text| Self::of(member, text)))
    }

    /// Adds elements.
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }
}

impl Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>", self.name)?;
        for character in self.text.chars() {
            match character {
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '&' => formatter.write_str("&amp;")?,
                '\r' => formatter.write_str("&#xD;")?,
                _ => formatter.write_char(character)?,
            }
        }
        for child in &self.children {
            write!(formatter, "{child}")?;
        }
        write!(formatter, "</{}>", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_lists_named() {
        let element = Element::new("A")
            .text("B", "<&>")
            .maybe("None", None::<u8>)
            .texts("C", "member", [1, 2])
            .list("D", "item", [Element::new("X").text("E", "e")]);
        let expected = "<A><B>&lt;&amp;&gt;</B><C><member>1</member><member>2</member></C><D><item><E>e</E></item></D></A>";
        assert_eq!(element.to_string(), expected);
    }
}
