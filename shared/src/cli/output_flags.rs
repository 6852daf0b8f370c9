//! `-o` and `--no-headers`.

use std::marker::PhantomData;

use clap::Args;

use crate::output::{Format, FormatSet, TableOptions, format_parser};

/// How a reading command prints: `-o` with the formats of the set `S`, and `--no-headers`.
#[derive(Args, Clone, Debug)]
pub struct OutputFlags<S: FormatSet> {
    /// Output format
    #[arg(
        short = 'o',
        long = "output",
        value_name = "FORMAT",
        value_parser = format_parser::<S>(),
        default_value = S::FORMATS[0].as_str(),
        ignore_case = true,
        help_heading = "Output"
    )]
    pub format: Format,

    /// Leave the header line out
    #[arg(long, help = no_headers_help::<S>(), help_heading = "Output")]
    pub no_headers: bool,

    #[arg(skip)]
    set: PhantomData<S>,
}

fn no_headers_help<S: FormatSet>() -> &'static str {
    match S::FORMATS.contains(&Format::Csv) {
        true => "Leave the header line out of tables and CSV",
        false => "Leave the header line out of tables",
    }
}

impl<S: FormatSet> OutputFlags<S> {
    /// What a table shows under these flags.
    pub fn table_options(&self) -> TableOptions {
        TableOptions { wide: self.format == Format::Wide, no_headers: self.no_headers }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Clone, Debug)]
    struct Few;

    impl FormatSet for Few {
        const FORMATS: &'static [Format] = &[Format::Table, Format::Wide, Format::Prom];
    }

    #[derive(Parser, Debug)]
    struct Arguments {
        #[command(flatten)]
        output: OutputFlags<Few>,
    }

    fn format(arguments: &[&str]) -> Result<Format, String> {
        let parsed = Arguments::try_parse_from(["x"].iter().chain(arguments));
        parsed.map(|arguments| arguments.output.format).map_err(|error| error.to_string())
    }

    #[test]
    fn the_first_format_is_the_default_and_case_does_not_matter() {
        assert_eq!(format(&[]), Ok(Format::Table));
        assert_eq!(format(&["-o", "prom"]), Ok(Format::Prom));
        assert_eq!(format(&["-oWIDE"]), Ok(Format::Wide));
        assert_eq!(format(&["--output=wide"]), Ok(Format::Wide));
    }

    #[test]
    fn formats_of_other_commands_are_refused_with_the_list() {
        let refusal = format(&["-o", "json"]).unwrap_err();
        assert!(refusal.contains("invalid value 'json' for '--output <FORMAT>'"), "{refusal}");
        assert!(refusal.contains("[possible values: table, wide, prom]"), "{refusal}");
    }
}
