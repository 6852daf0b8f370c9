//! What the real controllers make of Services.
//!
//! | Behavior | File |
//! |---|---|
//! | the textbook's Service, annotated by plain kubectl | `textbook` |
//! | listeners by certificate, TLS ports and backend protocol | `listeners` |
//! | changes of live Services that do harm | `changes` |
//! | who acts | `acting` |
//! | the words of refusals | `refusals` |
#![allow(clippy::unwrap_used)]

mod acting;
mod changes;
mod listeners;
mod refusals;
mod support;
mod textbook;
