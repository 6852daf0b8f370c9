//! Names of quotas on the command line.

use std::convert::Infallible;

/// Returns the name of a quota as commands show it: `-o name` writes `resourcequota/compute`, as kubectl does, and what is
/// written so can be given again.
///
/// # Errors
/// None: whether there is such a quota is known later.
pub fn parse(text: &str) -> Result<String, Infallible> {
    Ok(match text.split_once('/') {
        Some(("resourcequota" | "resourcequotas" | "quota", name)) => name.to_owned(),
        _ => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_left_out() {
        for (text, name) in [
            ("compute", "compute"),
            ("a.b", "a.b"),
            ("resourcequota/compute", "compute"),
            ("quota/a.b", "a.b"),
            ("project/p-1", "project/p-1"),
        ] {
            assert_eq!(parse(text), Ok(name.to_owned()));
        }
    }
}
