//! The keys of a mapping: as JSON spells them, each once.

use std::{borrow::Cow, collections::HashMap};

use super::{Entry, Value, ValueContent};
use crate::yaml::YamlError;

/// The key as `sigs.k8s.io/yaml` spells it in JSON.
pub(super) fn key_text(key: Value<'_>) -> Result<Cow<'_, str>, YamlError> {
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
pub(super) fn last_of_each_key(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    const FEW: usize = 16;
    let differs =
        |(place, entry): (usize, &Entry<'_>)| entries[..place].iter().all(|earlier| earlier.key != entry.key);
    if entries.len() <= FEW && entries.iter().enumerate().all(differs) {
        return entries;
    }
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
