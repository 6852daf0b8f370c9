//! What a switch did, and the line that says so.

use shared::{
    kubeconfig::edit::Edit,
    output::{Printer, sanitize_line},
};

use crate::namespaces::existence::Evidence;

/// How it is known that a namespace exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// By this evidence of the ladder.
    Found(Evidence),
    /// It was not asked for: `--force`, or a dry run.
    Skipped,
}

/// The namespace of a context was changed, or was what it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamespaceSwitch {
    /// The context.
    pub context: String,
    /// Its namespace now; none where it has none.
    pub namespace: Option<String>,
    /// The server, where it is known.
    pub server: Option<String>,
    /// How its existence is known; none where nothing was to be known.
    pub verification: Option<Verification>,
    /// There was nothing to write.
    pub unchanged: bool,
    /// It was shown only.
    pub dry_run: bool,
}

/// The current context was changed, or was what it is to be.
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
    /// What the context lacks to be of use, whole sentences.
    pub problems: Vec<String>,
    /// There was nothing to write.
    pub unchanged: bool,
    /// It was shown only.
    pub dry_run: bool,
}

impl NamespaceSwitch {
    /// The edit that makes it so.
    pub fn edit(&self) -> Edit {
        let context = self.context.clone();
        match self.namespace.clone() {
            Some(namespace) => Edit::SetNamespace { context, namespace },
            None => Edit::UnsetNamespace { context },
        }
    }

    /// The same of a name that was chosen from the server's list, which says that it exists.
    pub fn chosen(self) -> Self {
        Self { verification: self.verification.map(|_| Verification::Found(Evidence::List)), ..self }
    }

    /// Says what there is to be said on standard error.
    pub fn report(&self, printer: &mut Printer) {
        printer.note(self.line());
    }

    /// The line for standard error.
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
    /// Says what there is to be said on standard error.
    pub fn report(&self, printer: &mut Printer) {
        self.problems.iter().for_each(|problem| printer.warning(problem));
        // What a dry run shows says it all.
        if self.unchanged || !self.dry_run {
            printer.note(self.line());
        }
    }

    /// The line for standard error.
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
            "✔ Namespace \"shop\" (context prod, cluster https://h:6443; the server has it)"
        );
        let forced =
            NamespaceSwitch { verification: Some(Verification::Skipped), server: None, ..switched.clone() };
        assert_eq!(line(&forced), "✔ Namespace \"shop\" (context prod; not checked)");
        let known = NamespaceSwitch {
            verification: Some(Verification::Found(Evidence::KnownFrom("the kubeconfig"))),
            ..forced.clone()
        };
        assert_eq!(line(&known), "✔ Namespace \"shop\" (context prod; it is known from the kubeconfig)");
        let unset = NamespaceSwitch { namespace: None, verification: None, ..forced };
        assert_eq!(line(&unset), "✔ Namespace unset, so \"default\" (context prod)");
        let shown = NamespaceSwitch { dry_run: true, ..switched.clone() };
        assert_eq!(
            line(&shown),
            "Namespace \"shop\" (context prod, cluster https://h:6443; the server has it)"
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
