//! The parameters of a call: a flat form whose keys are paths, such as `Listeners.member.1.Protocol` (ELB) and
//! `Filter.1.Value.2` (EC2).
//! <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>

use super::failure::{Failure, Outcome};
use std::collections::BTreeMap;

/// The parameters of a call, or of one structure in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    values: BTreeMap<String, String>,
}

impl Parameters {
    /// Reads a form, as it is sent in the body of a call.
    pub fn parse(form: &str) -> Self {
        let pairs = form.split('&').filter(|pair| !pair.is_empty());
        let values = pairs.map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        });
        Self { values: values.collect() }
    }

    /// Returns a value; none if it was not sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Removes a value and returns it.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.values.remove(name)
    }

    /// Returns a value that has to be there.
    pub fn required(&self, name: &str) -> Outcome<&str> {
        self.get(name).ok_or_else(|| {
            Failure::new("MissingParameter", format!("The request must contain the parameter {name}"))
        })
    }

    /// Returns a number.
    pub fn number(&self, name: &str) -> Outcome<Option<i64>> {
        let parse = |text: &str| {
            text.parse().map_err(|_| Failure::new("MalformedInput", format!("{name} is no number: {text}")))
        };
        self.get(name).map(parse).transpose()
    }

    /// Returns a number that has to be there.
    pub fn required_number(&self, name: &str) -> Outcome<i64> {
        self.required(name)?;
        Ok(self.number(name)?.unwrap_or_default())
    }

    /// Returns whether a flag is set; none if it was not sent.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).map(|value| value == "true")
    }

    /// Returns the structures of a list in their order.
    pub fn items(&self, name: &str) -> Vec<Self> {
        let mut items: BTreeMap<u32, Self> = BTreeMap::new();
        for (key, value) in &self.values {
            let Some(rest) = key.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else { continue };
            let rest = rest.strip_prefix("member.").unwrap_or(rest);
            let (number, field) = rest.split_once('.').unwrap_or((rest, ""));
            if let Ok(number) = number.parse() {
                items.entry(number).or_default().values.insert(field.to_owned(), value.clone());
            }
        }
        items.into_values().collect()
    }

    /// Returns the texts of a list in their order.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.items(name).into_iter().filter_map(|item| item.values.get("").cloned()).collect()
    }

    /// Returns a structure; it is empty if it was not sent.
    pub fn structure(&self, name: &str) -> Self {
        let inside = |(key, value): (&String, &String)| {
            let rest = key.strip_prefix(name)?.strip_prefix('.')?;
            Some((rest.to_owned(), value.clone()))
        };
        Self { values: self.values.iter().filter_map(inside).collect() }
    }

    /// Returns the key-value pairs of a list of tags or attributes.
    pub fn pairs(&self, name: &str) -> Outcome<Vec<(String, String)>> {
        let pair = |item: Self| {
            let value = item.get("Value").unwrap_or_default().to_owned();
            item.required("Key").map(|key| (key.to_owned(), value))
        };
        self.items(name).into_iter().map(pair).collect()
    }

    /// Returns all keys and values.
    pub fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }
}

/// Decodes `%41` and `+`.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, hex) {
            (b'%', Some(value)) => {
                decoded.push(value);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_structures_in_both_spellings() {
        let form = "Listeners.member.2.Protocol=tcp&Listeners.member.10.Protocol=http&Listeners.member.1.Protocol=ssl\
                    &Filter.1.Name=vpc-id&Filter.1.Value.1=a%2Fb&Filter.1.Value.2=c+d&HealthCheck.Target=TCP%3A1&Flag=true";
        let parameters = Parameters::parse(form);
        let protocols: Vec<_> = parameters
            .items("Listeners")
            .iter()
            .map(|item| item.get("Protocol").unwrap().to_owned())
            .collect();
        assert_eq!(protocols, ["ssl", "tcp", "http"]);
        assert_eq!(parameters.items("Filter")[0].texts("Value"), ["a/b", "c d"]);
        assert_eq!(parameters.structure("HealthCheck").get("Target"), Some("TCP:1"));
        assert_eq!(parameters.flag("Flag"), Some(true));
        assert_eq!(parameters.number("Target"), Ok(None));
        assert_eq!(parameters.required("Name").unwrap_err().code, "MissingParameter");
        assert!(parameters.items("Listener").is_empty());
    }
}
