//! What users see: tables, formats, the printer, sanitizing, human time.
//!
//! Standard output carries data and nothing else; standard error carries messages. [`Printer`] and its
//! [`StderrSink`] are the only places that write to either.

mod align;
mod appearance;
mod capture;
mod color;
mod format;
mod json;
mod printer;
mod progress;
mod sanitize;
mod shell_command;
mod shell_word;
mod stderr_sink;
mod table;
mod time;
mod yaml;

pub use appearance::Appearance;
pub use capture::Capture;
pub use color::{ColorChoice, ColorEnvironment, Style};
pub(crate) use format::format_parser;
pub use format::{Format, FormatSet};
pub use json::json;
pub use printer::Printer;
pub use progress::{Pause, Progress};
pub use sanitize::{sanitize, sanitize_line};
pub use shell_command::ShellCommand;
pub use stderr_sink::StderrSink;
pub use table::{Cell, Column, Table, TableOptions};
pub use time::{age, human_duration, short_human_duration};
pub use yaml::{YamlComments, yaml, yaml_with_comments};
