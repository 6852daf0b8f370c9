//! The place of a value in an object.

use std::fmt;

/// Where a value stands, from the inside out.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Field(Option<&'a Path<'a>>, &'a str),
    Item(&'a Path<'a>, &'a str),
}

impl Path<'_> {
    pub fn field<'b>(&'b self, name: &'b str) -> Path<'b> {
        Path::Field(Some(self), name)
    }

    pub fn item<'b>(&'b self, name: &'b str) -> Path<'b> {
        Path::Item(self, name)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(None, name) => f.write_str(name),
            Self::Field(Some(parent), name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, name) => write!(f, "{parent}[{name}]"),
        }
    }
}
