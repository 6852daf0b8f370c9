//! What to do about a dump that can't be used.

use shared::{Error, cli::ExitStatus};

/// The kinds that the commands look at, as kubectl takes them.
const KINDS: &str = "quota,limits,deploy,sts,ds,cj,rs,rc,jobs,pods,svc,pvc,hpa,ns";

/// Returns the error with a hint at how dumps are made, where it has no other.
pub fn with_hint(error: Error) -> Error {
    let is_plain = error.status() == ExitStatus::Failure && error.hint().is_none();
    match is_plain && !error.is_closed_pipe() {
        true => error.with_hint(format!("make the dump again with: kubectl get {KINDS} -A -o yaml")),
        false => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_errors_get_it() {
        let hint = |error: Error| with_hint(error).hint().map(str::to_owned);
        let made = hint(Error::new("it can't be read")).unwrap_or_default();
        assert!(made.starts_with("make the dump again with: kubectl get quota,"), "{made}");
        assert_eq!(hint(Error::new("a").with_hint("b")), Some("b".to_owned()));
        assert_eq!(hint(Error::usage("a")), None);
        assert_eq!(hint(Error::closed_pipe()), None);
    }
}
