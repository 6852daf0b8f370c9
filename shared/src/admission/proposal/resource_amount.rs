//! `requests.cpu=4`: a resource and its quantity on the command line.

use std::{fmt, str::FromStr};

use crate::quantity::Quantity;

/// A resource with its quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceAmount {
    /// The resource, as typed.
    pub resource: String,
    /// The quantity, its text as typed.
    pub amount: Quantity,
}

impl FromStr for ResourceAmount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (resource, amount) = text.split_once('=').unwrap_or((text, ""));
        if resource.is_empty() || amount.is_empty() {
            return Err(format!("`{text}` is not RESOURCE=QUANTITY"));
        }
        // The server's message about the quantity.
        let amount = Quantity::parse(amount).map_err(|error| format!("{resource}: {error}"))?;
        Ok(Self { resource: resource.to_owned(), amount })
    }
}

impl fmt::Display for ResourceAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.resource, self.amount.text())
    }
}

#[cfg(test)]
mod tests {
    use super::ResourceAmount;

    #[test]
    fn names_and_quantities() {
        let read = |text: &str| text.parse::<ResourceAmount>().map(|pair| pair.to_string());
        assert_eq!(read("requests.cpu=1.5"), Ok("requests.cpu=1500m".to_owned()));
        assert_eq!(read("count/deployments.apps=+5"), Ok("count/deployments.apps=+5".to_owned()));
        assert_eq!(read("pods"), Err("`pods` is not RESOURCE=QUANTITY".to_owned()));
        assert_eq!(read("=5"), Err("`=5` is not RESOURCE=QUANTITY".to_owned()));
        assert!(
            read("pods=five").unwrap_err().starts_with("pods: quantities must match the regular expression")
        );
    }
}
