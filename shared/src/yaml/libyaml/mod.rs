//! The grammar of `go.yaml.in/yaml/v2`, by which kubectl reads: libyaml's for YAML 1.1, with its quirks.
//!
//! The scanner and the parser follow `scannerc.go` and `parserc.go` of that library step by step, so that what kubectl
//! takes is taken and what it refuses is refused, on a line and in its words. Both files come from libyaml; the license
//! beside this file is theirs. Differences, on purpose:
//!
//! - Spans count bytes of the text, and a node's leaves out its anchor and tag.
//! - Texts nested deeper than five hundred levels are refused; the library stops at ten thousand.
//! - A byte order mark that starts a line is refused: what the library makes of one depends on where its buffer begins.
//! - Quotes and brackets that never end are reported where they begin.

mod block_scalar;
mod collections;
mod cursor;
mod parser;
mod plain;
mod properties;
mod quoted;
mod scalar_text;
mod scanner;
mod token;

pub(super) use parser::{parse, parse_lines};
