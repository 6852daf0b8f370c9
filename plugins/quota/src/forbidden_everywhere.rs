//! What is said to whom neither all namespaces nor the one in effect may be read.

use shared::Error;

/// Returns the refusal about the namespace in effect with why it is named, which was not asked for.
pub fn forbidden_everywhere(error: Error) -> Error {
    match error.is_api(403) {
        true => error.with_hint(
            "nor may you list those of all namespaces: name a namespace that you may read with -n",
        ),
        false => error,
    }
}
