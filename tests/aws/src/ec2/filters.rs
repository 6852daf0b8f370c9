//! Filters of the Describe calls.

use crate::tags::Tags;
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;

/// Returns whether a resource passes all filters of a call. `attributes` are those that filters can name.
pub fn pass(parameters: &Parameters, attributes: &[(&str, &str)], tags: &Tags) -> Outcome<bool> {
    for filter in parameters.items("Filter") {
        let name = filter.required("Name")?;
        let wanted = filter.texts("Value");
        let passes = if let Some(key) = name.strip_prefix("tag:") {
            tags.get(key).is_some_and(|value| wanted.contains(value))
        } else if name == "tag-key" {
            wanted.iter().any(|key| tags.contains_key(key))
        } else {
            if !attributes.iter().any(|(known, _)| *known == name) {
                let message = format!("The filter '{name}' is invalid");
                return Err(Failure::new("InvalidParameterValue", message));
            }
            attributes.iter().any(|(known, value)| *known == name && wanted.iter().any(|text| text == value))
        };
        if !passes {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_filters_have_to_pass_and_one_value_of_each() {
        let tags = Tags::from([("role".to_owned(), "1".to_owned())]);
        let attributes = [("vpc-id", "vpc-1")];
        let passes = |form: &str| pass(&Parameters::parse(form), &attributes, &tags);
        assert_eq!(passes(""), Ok(true));
        assert_eq!(passes("Filter.1.Name=vpc-id&Filter.1.Value.1=x&Filter.1.Value.2=vpc-1"), Ok(true));
        assert_eq!(passes("Filter.1.Name=tag:role&Filter.1.Value.1=&Filter.1.Value.2=1"), Ok(true));
        assert_eq!(passes("Filter.1.Name=tag-key&Filter.1.Value.1=role"), Ok(true));
        let both = "Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.2.Name=tag:role&Filter.2.Value.1=2";
        assert_eq!(passes(both), Ok(false));
        assert_eq!(passes("Filter.1.Name=odd&Filter.1.Value.1=x").unwrap_err().code, "InvalidParameterValue");
    }
}
