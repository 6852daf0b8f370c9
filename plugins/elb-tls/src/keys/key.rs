//! What is known of one key.

/// An annotation that configures load balancers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name without the prefix.
    pub short: &'static str,
    /// Whether the prefix is that of services, not that of AWS load balancers.
    pub of_services: bool,
    /// Whether a port or listener may follow its name after a dot.
    pub dotted: bool,
    /// What it is for.
    pub summary: &'static str,
    /// What its values are.
    pub value: ValueKind,
    /// What the cloud provider does with it on a Classic Load Balancer.
    pub classic: Usage,
    /// What the cloud provider does with it on a Network Load Balancer.
    pub nlb_in_tree: Usage,
    /// What the AWS Load Balancer Controller does with it.
    pub lbc: Usage,
}

impl Key {
    /// Returns whether this is the key of a short name.
    pub fn is_named(&self, short: &str) -> bool {
        short == self.short
            || (self.dotted && short.strip_prefix(self.short).is_some_and(|rest| rest.starts_with('.')))
    }

    /// Returns its full name.
    pub fn name(&self) -> String {
        let prefix = if self.of_services { super::SERVICE_PREFIX } else { super::PREFIX };
        format!("{prefix}{}", self.short)
    }
}

/// The values a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A boolean of Go.
    Boolean,
    /// A whole number.
    Number,
    /// A comma-separated list.
    List,
    /// Comma-separated `key=value` pairs.
    Map,
    /// A JSON document.
    Json,
}

impl ValueKind {
    /// Returns the values in words.
    pub fn words(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Word(words) => words.join(" | "),
            Self::Boolean => "true | false".to_owned(),
            Self::Number => "whole number".to_owned(),
            Self::List => "comma-separated list".to_owned(),
            Self::Map => "comma-separated key=value pairs".to_owned(),
            Self::Json => "JSON".to_owned(),
        }
    }
}

/// What one controller does with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Whether it has an effect.
    pub effect: Effect,
    /// What it means, and what becomes of wrong values.
    pub meaning: &'static str,
    /// What holds without it.
    pub default: &'static str,
}

/// Whether a key has an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// At every sync.
    Used,
    /// Only when the load balancer is created.
    CreateOnly,
    /// None.
    Ignored,
    /// The controller refuses a Service that has it.
    Refused,
}

/// The usage of a key that is read at every sync.
pub(super) const fn used(meaning: &'static str, default: &'static str) -> Usage {
    Usage { effect: Effect::Used, meaning, default }
}

/// The usage of a key that is read when the load balancer is created.
pub(super) const fn create_only(meaning: &'static str, default: &'static str) -> Usage {
    Usage { effect: Effect::CreateOnly, meaning, default }
}

/// The usage of a key that is not read.
pub(super) const IGNORED: Usage = ignored("ignored");

/// The usage of a key that is not read, with what to use instead.
pub(super) const fn ignored(meaning: &'static str) -> Usage {
    Usage { effect: Effect::Ignored, meaning, default: "" }
}

/// The usage of a key with which the controller gives up.
pub(super) const fn refused(meaning: &'static str) -> Usage {
    Usage { effect: Effect::Refused, meaning, default: "" }
}

/// Returns a key of AWS load balancers.
pub(super) const fn key(
    short: &'static str,
    summary: &'static str,
    value: ValueKind,
    (classic, nlb_in_tree, lbc): (Usage, Usage, Usage),
) -> Key {
    Key { short, of_services: false, dotted: false, summary, value, classic, nlb_in_tree, lbc }
}

/// Returns a key that may be followed by a port or listener.
pub(super) const fn dotted(key: Key) -> Key {
    Key { dotted: true, ..key }
}

/// Returns a key with the prefix of services.
pub(super) const fn of_services(key: Key) -> Key {
    Key { of_services: true, ..key }
}
