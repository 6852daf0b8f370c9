//! What lets one choose.

use std::env;

use serde::Deserialize;
use shared::{Error, Result};

use super::Settings;

/// The variable that says what lets one choose, whatever the settings say.
const VARIABLE: &str = "NS_SWITCH_PICKER";

/// What lets one choose from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Picker {
    /// The list of this program.
    Builtin,
    /// fzf, and a warning where there is none.
    Fzf,
    /// fzf where there is one, as kubectx and kubens have it.
    #[serde(skip)]
    FzfIfThere,
}

impl Picker {
    /// As `NS_SWITCH_PICKER` or else the settings say; where neither does, `otherwise`.
    ///
    /// # Errors
    /// Settings that can't be read, or a variable that says something else.
    pub fn configured(otherwise: Self) -> Result<Self> {
        Self::choose(env::var(VARIABLE).ok().as_deref(), Settings::load()?.picker, otherwise)
    }

    /// The pure part.
    fn choose(variable: Option<&str>, setting: Option<Self>, otherwise: Self) -> Result<Self> {
        match variable {
            None | Some("") => Ok(setting.unwrap_or(otherwise)),
            Some("builtin") => Ok(Self::Builtin),
            Some("fzf") => Ok(Self::Fzf),
            Some(other) => {
                Err(Error::usage(format!("{VARIABLE} is \"{other}\"")).with_hint("it can be fzf or builtin"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_comes_before_the_settings() {
        let check = |variable, setting, expected| {
            assert_eq!(Picker::choose(variable, setting, Picker::FzfIfThere).unwrap(), expected);
        };
        check(None, None, Picker::FzfIfThere);
        check(Some(""), None, Picker::FzfIfThere);
        check(None, Some(Picker::Builtin), Picker::Builtin);
        check(Some(""), Some(Picker::Fzf), Picker::Fzf);
        check(Some("builtin"), Some(Picker::Fzf), Picker::Builtin);
        check(Some("fzf"), Some(Picker::Builtin), Picker::Fzf);
        assert_eq!(
            Picker::choose(Some("peco"), None, Picker::Builtin).unwrap_err().to_string(),
            "error: NS_SWITCH_PICKER is \"peco\"\nhint: it can be fzf or builtin"
        );
    }
}
