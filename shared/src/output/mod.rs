//! What users see: tables, formats, the printer, sanitizing, human time.
//!
//! Standard output carries data and nothing else; standard error carries messages. [`Printer`] and its
//! [`StderrSink`] are the only places that write to either.

mod align;
mod appearance;
mod capture;
mod color;
mod document;
mod emoji;
pub mod findings;
mod fitted;
mod format;
mod json;
mod natural_order;
mod printer;
mod progress;
mod prose;
mod sanitize;
mod shell_command;
mod shell_word;
mod stderr_sink;
mod table;
mod time;
mod truncate;
mod yaml;

pub use appearance::Appearance;
pub use capture::Capture;
pub use color::{ColorChoice, ColorEnvironment, Style};
pub use document::{Envelope, Items};
pub use findings::{Finding, FindingSource, Severity};
pub(crate) use format::format_parser;
pub use format::{Format, FormatSet};
pub use json::json;
pub use natural_order::natural_order;
pub use printer::Printer;
pub use progress::{LiveLines, Pause, Progress};
pub use prose::{Prose, folded};
pub use sanitize::{sanitize, sanitize_line};
pub use shell_command::ShellCommand;
pub use shell_word::shell_word;
pub use stderr_sink::StderrSink;
pub use table::{Cell, Column, Table, TableOptions};
pub use time::{age, human_duration, short_human_duration, spelled_duration};
pub use truncate::{fits, without_end, without_middle};
pub use yaml::{YamlComments, yaml, yaml_with_comments};
