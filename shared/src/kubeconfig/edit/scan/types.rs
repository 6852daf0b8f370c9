//! The types of what stands in clusters and users, from the structs of `tools/clientcmd/api/v1/types.go`: nothing else of
//! them is read here, and whoever chooses a context only wants to know that the file is one that can be loaded.

use crate::yaml::{ScalarStyle, is_null, is_surely_text, is_text};

/// What a value has to be. Null may stand for everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// No field of the structs: whatever stands there.
    Anything,
    Text,
    Boolean,
    Texts,
    /// Names with a text each.
    TextsByName,
    /// Names with a list of texts each.
    ListsByName,
    Cluster,
    User,
    Exec,
    Variables,
    Variable,
    AuthProvider,
    Preferences,
    Extensions,
    Extension,
}

impl Type {
    /// Returns the type of a field; none where there can be no field.
    pub fn field(self, name: &[u8]) -> Option<Self> {
        Some(match self {
            Self::Anything => Self::Anything,
            Self::Cluster => match name {
                b"server"
                | b"certificate-authority-data"
                | b"certificate-authority"
                | b"tls-server-name"
                | b"proxy-url" => Self::Text,
                b"insecure-skip-tls-verify" | b"disable-compression" => Self::Boolean,
                b"extensions" => Self::Extensions,
                _ => Self::Anything,
            },
            Self::User => match name {
                b"client-certificate-data"
                | b"client-key-data"
                | b"token"
                | b"client-certificate"
                | b"client-key"
                | b"tokenFile"
                | b"as"
                | b"as-uid"
                | b"username"
                | b"password" => Self::Text,
                b"exec" => Self::Exec,
                b"as-groups" => Self::Texts,
                b"as-user-extra" => Self::ListsByName,
                b"auth-provider" => Self::AuthProvider,
                b"extensions" => Self::Extensions,
                _ => Self::Anything,
            },
            Self::Exec => match name {
                b"apiVersion" | b"command" | b"interactiveMode" | b"installHint" => Self::Text,
                b"provideClusterInfo" => Self::Boolean,
                b"args" => Self::Texts,
                b"env" => Self::Variables,
                _ => Self::Anything,
            },
            Self::AuthProvider => match name {
                b"name" => Self::Text,
                b"config" => Self::TextsByName,
                _ => Self::Anything,
            },
            Self::Variable | Self::Extension => match name {
                b"name" => Self::Text,
                b"value" if self == Self::Variable => Self::Text,
                _ => Self::Anything,
            },
            Self::Preferences => match name {
                b"colors" => Self::Boolean,
                b"extensions" => Self::Extensions,
                _ => Self::Anything,
            },
            Self::TextsByName => Self::Text,
            Self::ListsByName => Self::Texts,
            Self::Text | Self::Boolean | Self::Texts | Self::Variables | Self::Extensions => return None,
        })
    }

    /// Returns the type of the items of a list; none where there can be no list.
    pub fn item(self) -> Option<Self> {
        match self {
            Self::Anything => Some(Self::Anything),
            Self::Texts => Some(Self::Text),
            Self::Variables => Some(Self::Variable),
            Self::Extensions => Some(Self::Extension),
            _ => None,
        }
    }

    /// Tells whether a mapping may stand there.
    pub fn may_be_mapping(self) -> bool {
        !matches!(self, Self::Text | Self::Boolean | Self::Texts | Self::Variables | Self::Extensions)
    }

    /// Tells whether a scalar as written is surely of this type.
    pub fn accepts(self, written: &[u8], style: ScalarStyle) -> bool {
        if self == Self::Anything || (self == Self::Text && style != ScalarStyle::Plain) {
            return true;
        }
        // Certificates and keys are long.
        if self == Self::Text && is_surely_text(written) {
            return true;
        }
        let Ok(text) = std::str::from_utf8(written) else { return false };
        let is_plain = style == ScalarStyle::Plain;
        is_plain
            && match self {
                Self::Text => is_text(text) || is_null(text),
                Self::Boolean => matches!(text, "true" | "false") || is_null(text),
                _ => is_null(text),
            }
    }
}
