//! What is odd about the amounts and numbers of objects in a dump: texts that are no quantity, and values that no API server
//! stores. Here it is decided once for every command.

mod path;
#[cfg(test)]
mod tests;
mod visit;

use std::fmt;

use serde_json::Value;

use self::path::Path;
use self::visit::each_number;
use super::remarks::impossible;
use crate::quantity::Quantity;
use crate::{Error, Result};

/// More remarks would hide what a command answers.
const MOST: usize = 20;

/// Remarks on the amounts of the objects of a dump, one for each odd amount.
#[derive(Clone, Debug, Default)]
pub struct AmountRemarks {
    remarks: Vec<String>,
    more: usize,
}

impl AmountRemarks {
    /// Looks at the amounts of an object, and returns whether there is nothing odd.
    pub fn look_at(&mut self, object: &Value) -> bool {
        let mut is_fine = true;
        each_number(object, &mut |number| {
            let Some(why) = number.oddity() else { return };
            is_fine = false;
            match self.remarks.len() {
                MOST.. => self.more += 1,
                _ => self.remarks.push(format!("{number}, which {why}")),
            }
        });
        is_fine
    }

    /// Returns the remarks. Of many, the first are written out and the others counted.
    pub fn into_remarks(self) -> Vec<String> {
        let Self { mut remarks, more } = self;
        match more {
            0 => {}
            1 => remarks.push("the dump holds 1 more such amount".to_owned()),
            _ => remarks.push(format!("the dump holds {more} more such amounts")),
        }
        remarks
    }
}

/// Checks that every amount of an object is a quantity, for commands whose sum would be wrong without it.
///
/// # Errors
/// The first that is not, with its place.
pub fn require_quantities(object: &Value) -> Result<()> {
    let mut wrong = None;
    each_number(object, &mut |number| {
        let why = match number.what {
            What::Quantity { .. } => quantity(number.value).err(),
            What::Shape(expected) => Some(not_a(expected)),
            What::Count(_) => None,
        };
        if let (None, Some(why)) = (&wrong, why) {
            wrong = Some(Error::new(format!("{number}: {why}")));
        }
    });
    wrong.map_or(Ok(()), Err)
}

/// What a field is to hold.
#[derive(Clone, Copy)]
enum What {
    /// A quantity, which is written by a server or by a kubelet.
    Quantity { writer: &'static str, may_be_negative: bool },
    /// A whole number, no greater than this.
    Count(i64),
    /// Something else than what is there, which is no number to calculate with: `list`, `map`.
    Shape(&'static str),
}

/// A number of an object and where it stands. Displayed as `pod shop/web: spec.overhead[cpu] is -5`.
struct Number<'a> {
    object: &'a Value,
    path: Path<'a>,
    value: &'a Value,
    what: What,
}

impl Number<'_> {
    /// Returns what is the matter with it, to be continued from "which".
    fn oddity(&self) -> Option<String> {
        match self.what {
            What::Shape(expected) => Some(format!("no API server stores: {}", not_a(expected))),
            What::Quantity { writer, may_be_negative } => match quantity(self.value) {
                Err(why) => Some(format!("no {writer}: {why}")),
                Ok(amount) if amount.is_negative() && may_be_negative => None,
                Ok(amount) => impossible(&amount, writer),
            },
            What::Count(most) => {
                let number =
                    self.value.as_i64().filter(|number| (0..=most).contains(number)).map(drop).or_else(
                        || {
                            // A whole number with a point reaches the server without.
                            let number = self.value.as_f64()?;
                            (number.fract() == 0.0 && (0.0..=2_147_483_647.0).contains(&number)).then_some(())
                        },
                    );
                number
                    .is_none()
                    .then(|| format!("no API server stores: it is not a whole number from 0 to {most}"))
            }
        }
    }
}

impl fmt::Display for Number<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |field: &str| self.object["metadata"][field].as_str().unwrap_or_default();
        let kind = self.object["kind"].as_str().unwrap_or_default().to_lowercase();
        write!(f, "{kind} ")?;
        if !text("namespace").is_empty() {
            write!(f, "{}/", text("namespace"))?;
        }
        write!(f, "{}: {} is ", text("name"), self.path)?;
        match self.value {
            Value::String(text) if matches!(self.what, What::Shape(_)) || quantity(self.value).is_err() => {
                write!(f, "`{text}`")
            }
            Value::String(text) => f.write_str(text),
            other => write!(f, "{other}"),
        }
    }
}

fn not_a(expected: &str) -> String {
    match expected {
        "true or false" => format!("it is not {expected}"),
        _ => format!("it is not a {expected}"),
    }
}

/// Reads a quantity as it is written, in a text or as a number.
fn quantity(value: &Value) -> Result<Quantity, String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(float)) => float.to_string(),
            _ => number.to_string(),
        },
        _ => return Err("a quantity is a text or a number".to_owned()),
    };
    Quantity::parse(&text).map_err(|error| error.to_string())
}
