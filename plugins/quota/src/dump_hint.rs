//! What to do about a dump that can't be used.

use std::path::Path;

use shared::{Error, cli::ExitStatus};

/// The kinds that the commands look at, as kubectl takes them.
const KINDS: &str = "quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns";

/// Returns the error with a hint at how dumps are made, where it is about the dump itself: its text, or an amount in it.
pub fn with_hint(error: Error, dumps: &[&Path]) -> Error {
    let is_about = |path: &&Path| {
        let name =
            if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
        error.sentence().starts_with(&name)
    };
    let is_quantity = |words: &&str| error.sentence().contains(*words);
    let is_about_dump = dumps.iter().any(is_about)
        || ["quantities must match", "a quantity is a text or a number"].iter().any(is_quantity);
    match is_about_dump && error.status() == ExitStatus::Failure && error.hint().is_none() {
        true => error.with_hint(format!("make the dump again with: kubectl get {KINDS} -A -o yaml")),
        false => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_about_the_dump_get_it() {
        let hint = |error: Error, dump: &str| with_hint(error, &[Path::new(dump)]).hint().map(str::to_owned);
        for (sentence, dump) in [
            ("d.yaml, document 1: it is broken", "d.yaml"),
            ("standard input is empty", "-"),
            ("resourcequota a/b: spec.hard[pods] is ``: quantities must match", "d.yaml"),
            ("pod a/b: spec.overhead[cpu] is true: a quantity is a text or a number", "d.yaml"),
        ] {
            let made = hint(Error::new(sentence), dump).unwrap_or_default();
            assert!(made.starts_with("make the dump again with: kubectl get quota,"), "{sentence}: {made}");
        }
        assert_eq!(hint(Error::new("d.yaml is odd").with_hint("b"), "d.yaml"), Some("b".to_owned()));
        for other in [Error::usage("d.yaml"), Error::closed_pipe(), Error::new("no Deployment `web`")] {
            assert_eq!(hint(other, "d.yaml"), None);
        }
    }
}
