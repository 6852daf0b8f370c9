//! The outcome of a switch, and the line that reports it.

use shared::{
    kubeconfig::edit::{ContextPin, Edit},
    output::{Printer, sanitize_line},
};

use crate::namespaces::existence::Evidence;

/// How it is known that a namespace exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// It was found, by this evidence.
    Found(Evidence),
    /// Verification was skipped: `--force`, or a dry run on the client.
    Skipped,
}

/// A switch of the namespace of a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceSwitch {
    /// The context.
    pub context: String,
    /// Its new namespace; none means `default`.
    pub namespace: Option<String>,
    /// The server, where it is known.
    pub server: Option<String>,
    /// How it is known that the namespace exists; none where that did not have to be known.
    pub verification: Option<Verification>,
    /// Whether it was so already.
    pub unchanged: bool,
    /// Whether it was only shown.
    pub dry_run: bool,
}

/// A switch of the current context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextSwitch {
    /// The context.
    pub context: String,
    /// Its cluster.
    pub cluster: Option<String>,
    /// Its user.
    pub user: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// What is wrong with the context, in sentences.
    pub problems: Vec<String>,
    /// Whether it was so already.
    pub unchanged: bool,
    /// Whether it was only shown.
    pub dry_run: bool,
}

impl NamespaceSwitch {
    /// Returns the edits of the kubeconfig, for the context as it was when the namespace was chosen or checked.
    pub fn edits(&self, pin: Option<ContextPin>) -> Vec<Edit> {
        let context = self.context.clone();
        let edit = match self.namespace.clone() {
            Some(namespace) => Edit::SetNamespace { context, namespace },
            None => Edit::UnsetNamespace { context },
        };
        pin.map(Edit::Require).into_iter().chain([edit]).collect()
    }

    /// Marks the namespace as found: it was chosen from the server's list.
    pub fn chosen(self) -> Self {
        Self { verification: self.verification.map(|_| Verification::Found(Evidence::List)), ..self }
    }

    /// Prints the report to standard error.
    pub fn report(&self, printer: &mut Printer) {
        printer.note(self.line());
    }

    /// Returns the report in one line.
    pub fn line(&self) -> String {
        // On one line, whatever the name.
        let context = sanitize_line(&self.context);
        let name = match &self.namespace {
            Some(name) => format!("\"{name}\""),
            None => "unset, so \"default\"".to_owned(),
        };
        if self.unchanged {
            return match &self.namespace {
                Some(name) => format!("Namespace \"{name}\" already (context {context})"),
                None => format!("Namespace unset already, so \"default\" (context {context})"),
            };
        }
        let server = self.server.as_ref().map_or_else(String::new, |server| format!(", cluster {server}"));
        let check = match self.verification {
            Some(Verification::Found(evidence)) => format!("; {evidence}"),
            Some(Verification::Skipped) => "; not checked".to_owned(),
            None => String::new(),
        };
        let mark = if self.dry_run { "" } else { "✔ " };
        format!("{mark}Namespace {name} (context {context}{server}{check})")
    }
}

impl ContextSwitch {
    /// Prints the report to standard error.
    pub fn report(&self, printer: &mut Printer) {
        self.problems.iter().for_each(|problem| printer.warning(problem));
        // What a dry run shows says it all.
        if self.unchanged || !self.dry_run {
            printer.note(self.line());
        }
    }

    /// Returns the report in one line.
    pub fn line(&self) -> String {
        let context = sanitize_line(&self.context);
        if self.unchanged {
            return format!("Context \"{context}\" already");
        }
        let part = |name: &str, value: &Option<String>| {
            value.as_ref().map_or_else(String::new, |value| format!("{name} {}, ", sanitize_line(value)))
        };
        let namespace = sanitize_line(self.namespace.as_deref().unwrap_or("default"));
        format!(
            "✔ Context \"{context}\" ({}{}namespace {namespace})",
            part("cluster", &self.cluster),
            part("user", &self.user)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_now_and_how_it_is_known() {
        let switched = NamespaceSwitch {
            context: "prod".into(),
            namespace: Some("shop".into()),
            server: Some("https://h:6443".into()),
            verification: Some(Verification::Found(Evidence::Get)),
            unchanged: false,
            dry_run: false,
        };
        let line = |switch: &NamespaceSwitch| switch.line();
        assert_eq!(
            line(&switched),
            "✔ Namespace \"shop\" (context prod, cluster https://h:6443; found on the server)"
        );
        let forced =
            NamespaceSwitch { verification: Some(Verification::Skipped), server: None, ..switched.clone() };
        assert_eq!(line(&forced), "✔ Namespace \"shop\" (context prod; not checked)");
        let known = NamespaceSwitch {
            verification: Some(Verification::Found(Evidence::KnownFrom("the kubeconfig"))),
            ..forced.clone()
        };
        assert_eq!(
            line(&known),
            "✔ Namespace \"shop\" (context prod; not verified, known from the kubeconfig)"
        );
        let unset = NamespaceSwitch { namespace: None, verification: None, ..forced };
        assert_eq!(line(&unset), "✔ Namespace unset, so \"default\" (context prod)");
        let shown = NamespaceSwitch { dry_run: true, ..switched.clone() };
        assert_eq!(
            line(&shown),
            "Namespace \"shop\" (context prod, cluster https://h:6443; found on the server)"
        );
        let already = NamespaceSwitch { unchanged: true, ..switched };
        assert_eq!(line(&already), "Namespace \"shop\" already (context prod)");
    }

    #[test]
    fn a_context_is_told_with_what_it_means() {
        let switched = ContextSwitch {
            context: "prod".into(),
            cluster: Some("c".into()),
            user: Some("u".into()),
            namespace: None,
            problems: Vec::new(),
            unchanged: false,
            dry_run: false,
        };
        assert_eq!(switched.line(), "✔ Context \"prod\" (cluster c, user u, namespace default)");
        let bare =
            ContextSwitch { cluster: None, user: None, namespace: Some("x".into()), ..switched.clone() };
        assert_eq!(bare.line(), "✔ Context \"prod\" (namespace x)");
        assert_eq!(ContextSwitch { unchanged: true, ..switched }.line(), "Context \"prod\" already");
    }
}
