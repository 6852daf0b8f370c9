//! Resources by number, so that sums are additions of slices.

use std::collections::HashMap;

use crate::quantity::Quantity;
use crate::resources::ResourceList;

/// The resources that the scheduler counts; the first three are always there.
#[derive(Clone, Debug)]
pub(super) struct ResourceNames {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl ResourceNames {
    pub(super) fn new() -> Self {
        let mut names = Self { names: Vec::new(), numbers: HashMap::new() };
        for name in ["cpu", "memory", "ephemeral-storage"] {
            names.number(name);
        }
        names
    }

    pub(super) fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", String::as_str)
    }

    /// Returns the number of a resource, a new one if need be.
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len();
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Returns amounts by number: cpu in thousandths, everything else in whole units, rounded up (`Resource.Add` in
    /// `pkg/scheduler/framework/types.go`). `pods` and what the scheduler does not count are left out.
    pub(super) fn amounts(&mut self, list: &ResourceList) -> Vec<i64> {
        let mut amounts = vec![0; 3];
        for (name, quantity) in list {
            let amount = match name.as_str() {
                "cpu" => quantity.milli_value_ceil(),
                "memory" | "ephemeral-storage" => quantity.value_ceil(),
                name if is_scalar(name) => quantity.value_ceil(),
                _ => continue,
            };
            let number = self.number(name);
            if amounts.len() <= number {
                amounts.resize(number + 1, 0);
            }
            amounts[number] = amount.unwrap_or(i64::MAX);
        }
        amounts
    }
}

/// Returns whether the scheduler counts a resource beside cpu, memory and ephemeral storage (`IsScalarResourceName`).
fn is_scalar(name: &str) -> bool {
    name.contains('/') || name.starts_with("hugepages-") || name.starts_with("attachable-volumes-")
}

/// Returns how many pods a node takes.
pub(super) fn allowed_pods(allocatable: &ResourceList) -> i64 {
    allocatable.get("pods").and_then(Quantity::value_ceil).unwrap_or(0)
}
