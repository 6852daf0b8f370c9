//! `create` on a real control plane: by flags and by questions.

mod flags;
mod tutorial;
mod wizard;
