//! The values of annotations as the controllers read them: Go's numbers and booleans, and each controller's lists.

mod lists;
mod port_set;
mod scalars;
mod string_map;

pub use lists::{key_value_pairs, string_list};
pub use port_set::PortSet;
pub use scalars::{parse_bool, parse_int, parse_int32};
pub use string_map::string_map;
