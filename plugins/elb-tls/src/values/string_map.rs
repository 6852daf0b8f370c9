//! Maps, as the AWS Load Balancer Controller reads them.

use std::collections::BTreeMap;

/// Why a text is not a map: an entry without `=` or without a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringMapError {
    /// The entry.
    pub entry: String,
}

/// Returns a map of `key=value` pairs
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/annotations/parser.go>,
/// `ParseStringMapAnnotation`).
///
/// # Errors
/// An entry without `=` or without a key.
pub fn string_map(text: &str) -> Result<BTreeMap<String, String>, StringMapError> {
    let mut map = BTreeMap::new();
    for entry in pairs(text) {
        let Some((key, value)) = entry.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
            return Err(StringMapError { entry });
        };
        map.insert(key.trim().to_owned(), value.trim().to_owned());
    }
    Ok(map)
}

/// Cuts at commas that a pair follows. A backslash takes the meaning from what follows it.
fn pairs(text: &str) -> Vec<String> {
    let (mut found, mut current) = (Vec::new(), String::new());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' => match rest.next() {
                Some(escaped) => current.push(escaped),
                None => current.push('\\'),
            },
            ',' => {
                let remaining = rest.as_str().trim();
                if remaining.contains('=') {
                    found.push(std::mem::take(&mut current).trim().to_owned());
                } else if remaining.is_empty() {
                    // A comma at the end becomes part of the last value.
                    current.push(',');
                } else {
                    found.push(current.trim().to_owned());
                    found.push(remaining.to_owned());
                    return found;
                }
            }
            other => current.push(other),
        }
    }
    if !current.is_empty() {
        found.push(current.trim().to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Result<Vec<(String, String)>, String> {
        string_map(text).map(|map| map.into_iter().collect()).map_err(|error| error.entry)
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn pairs_are_trimmed_and_commas_can_be_escaped() {
        assert_eq!(map("a=b=c, x = y "), Ok(vec![pair("a", "b=c"), pair("x", "y")]));
        assert_eq!(map(r"a=1\,2,b=3"), Ok(vec![pair("a", "1,2"), pair("b", "3")]));
        assert_eq!(map("a=b,"), Ok(vec![pair("a", "b,")]));
        assert_eq!(map(""), Ok(vec![]));
    }

    #[test]
    fn a_key_alone_is_refused() {
        assert_eq!(map("K"), Err("K".to_owned()));
        assert_eq!(map("a=b,K"), Err("K".to_owned()));
        assert_eq!(map("K,a=b"), Err("K".to_owned()));
        assert_eq!(map("=b"), Err("=b".to_owned()));
    }
}
