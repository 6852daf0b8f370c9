//! Which picker is used for lists.

use std::env;

use serde::Deserialize;
use shared::{Error, Result};

use super::Settings;

/// The variable that chooses the picker, whatever the settings say.
const VARIABLE: &str = "NS_SWITCH_PICKER";

/// A picker for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Picker {
    /// The built-in picker.
    Builtin,
    /// fzf, with a warning where it is not installed.
    Fzf,
    /// fzf where it is installed, as for kubectx and kubens.
    #[serde(skip)]
    FzfIfThere,
}

impl Picker {
    /// Returns the picker of `NS_SWITCH_PICKER` or else of the settings; without either, `otherwise`.
    ///
    /// # Errors
    /// The settings can't be read, or the variable has another value.
    pub fn configured(otherwise: Self) -> Result<Self> {
        Self::choose(env::var(VARIABLE).ok().as_deref(), Settings::load()?.picker, otherwise)
    }

    /// Chooses between the values of the variable and the setting.
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
