//! The types of what stands in clusters and users, from the structs of `tools/clientcmd/api/v1/types.go`: nothing else of
//! them is read here, and whoever chooses a context only wants to know that the file is one that can be loaded.

use crate::yaml::{ScalarStyle, is_null, is_text};

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
        Some(match (self, name) {
            (Self::Cluster | Self::User | Self::Preferences, b"extensions") => Self::Extensions,
            (
                Self::Cluster,
                b"server"
                | b"tls-server-name"
                | b"certificate-authority"
                | b"certificate-authority-data"
                | b"proxy-url",
            ) => Self::Text,
            (Self::Cluster, b"insecure-skip-tls-verify" | b"disable-compression") => Self::Boolean,
            (
                Self::User,
                b"client-certificate"
                | b"client-certificate-data"
                | b"client-key"
                | b"client-key-data"
                | b"token"
                | b"tokenFile"
                | b"as"
                | b"as-uid"
                | b"username"
                | b"password",
            ) => Self::Text,
            (Self::User, b"as-groups") => Self::Texts,
            (Self::User, b"as-user-extra") => Self::ListsByName,
            (Self::User, b"auth-provider") => Self::AuthProvider,
            (Self::User, b"exec") => Self::Exec,
            (Self::Exec, b"apiVersion" | b"command" | b"installHint" | b"interactiveMode") => Self::Text,
            (Self::Exec, b"provideClusterInfo") | (Self::Preferences, b"colors") => Self::Boolean,
            (Self::Exec, b"args") => Self::Texts,
            (Self::Exec, b"env") => Self::Variables,
            (Self::AuthProvider, b"config") => Self::TextsByName,
            (Self::AuthProvider | Self::Extension, b"name") | (Self::Variable, b"name" | b"value") => {
                Self::Text
            }
            (Self::TextsByName, _) => Self::Text,
            (Self::ListsByName, _) => Self::Texts,
            _ if self.may_be_mapping() => Self::Anything,
            _ => return None,
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
