//! Where we differ from kubectl on purpose, or in corners of YAML no kubeconfig has.

use crate::{Outcome, case::Case};

pub fn explain(_case: &Case, _theirs: &Outcome, _ours: &Outcome) -> bool {
    false
}
