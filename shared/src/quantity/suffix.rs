//! Suffixes: what they mean and how they are written (apimachinery's `suffix.go`).

use std::borrow::Cow;

/// The three ways to write the size of a number; a quantity remembers the one it was read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Powers of ten by letter: `n u m k M G T P E`, or no suffix.
    #[default]
    DecimalSi,
    /// Powers of 1024: `Ki Mi Gi Ti Pi Ei`.
    BinarySi,
    /// Powers of ten by number: `12e6`.
    DecimalExponent,
}

/// What a suffix multiplies by: ten or two to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suffix {
    pub(super) format: Format,
    pub(super) exponent: i32,
}

/// Reads a suffix; `None` where apimachinery knows no such suffix.
pub(super) fn interpret(suffix: &str) -> Option<Suffix> {
    let decimal = |exponent| Some(Suffix { format: Format::DecimalSi, exponent });
    let binary = |exponent| Some(Suffix { format: Format::BinarySi, exponent });
    match suffix {
        "n" => decimal(-9),
        "u" => decimal(-6),
        "m" => decimal(-3),
        "" => decimal(0),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(10),
        "Mi" => binary(20),
        "Gi" => binary(30),
        "Ti" => binary(40),
        "Pi" => binary(50),
        "Ei" => binary(60),
        _ => {
            let digits = suffix.strip_prefix(['e', 'E'])?;
            let exponent: i64 = digits.parse().ok()?;
            // Go converts with `int32(parsed)`, which wraps: `1e4294967296` is 1.
            #[expect(clippy::cast_possible_truncation, reason = "as apimachinery does")]
            Some(Suffix { format: Format::DecimalExponent, exponent: exponent as i32 })
        }
    }
}

/// Writes the suffix for ten to the power of `exponent`, a multiple of three.
///
/// Beyond `E` there is no letter; apimachinery then writes none, and so does this.
pub(super) fn decimal(exponent: i64, format: Format) -> Cow<'static, str> {
    if format == Format::DecimalExponent {
        return if exponent == 0 { "".into() } else { format!("e{exponent}").into() };
    }
    match exponent {
        -9 => "n",
        -6 => "u",
        -3 => "m",
        3 => "k",
        6 => "M",
        9 => "G",
        12 => "T",
        15 => "P",
        18 => "E",
        _ => "",
    }
    .into()
}

/// Writes the suffix for 1024 to the power of `exponent`; none beyond `Ei`, as in apimachinery.
pub(super) fn binary(exponent: u64) -> &'static str {
    match exponent {
        1 => "Ki",
        2 => "Mi",
        3 => "Gi",
        4 => "Ti",
        5 => "Pi",
        6 => "Ei",
        _ => "",
    }
}
