//! What the environment says of random tests: how many trials, and from which seed.

use std::{
    env,
    time::{SystemTime, UNIX_EPOCH},
};

/// The number in a variable; none if it is not set.
pub fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|error| panic!("{variable} is `{text}`: {error}")))
}

/// The seed in a variable; another one each time if it is not set.
pub fn seed(variable: &str) -> u64 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    number(variable).unwrap_or_else(|| clock().subsec_nanos().into())
}
