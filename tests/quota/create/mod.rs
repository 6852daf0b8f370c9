//! `create` on a real control plane: by flags and by questions.

mod by_flags;
mod by_questions;
mod textbook;
