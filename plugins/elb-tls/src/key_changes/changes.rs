//! Which annotations are set and removed.

use std::collections::{BTreeMap, BTreeSet};

use shared::{Error, Result, model::Service};

use super::{
    flags::{KeyFlags, Switch},
    normalize::{draining, policy, ports, seconds, tags},
};
use crate::{controllers::ControllerKind, keys};

/// Changes of annotations, by full keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChanges {
    /// Annotations that get a value.
    pub set: BTreeMap<String, String>,
    /// Annotations that are removed.
    pub unset: BTreeSet<String>,
}

impl KeyChanges {
    /// Returns the changes that `--set` and `--unset` name: those decide who acts.
    ///
    /// # Errors
    /// Usage errors: no `=`, an empty key, a key that is set and removed.
    pub fn verbatim(flags: &KeyFlags) -> Result<Self> {
        let mut changes = Self::default();
        for pair in &flags.set {
            let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.trim().is_empty()) else {
                return Err(Error::usage(format!("--set {pair} is not KEY=VALUE"))
                    .with_hint("list the keys with: kubectl elb-tls explain"));
            };
            changes.put(keys::full_name(key.trim()), value.to_owned())?;
        }
        for key in &flags.unset {
            let key = keys::full_name(key.trim());
            if changes.set.contains_key(&key) {
                return Err(Error::usage(format!("{key} can't be both set and unset")));
            }
            changes.unset.insert(key);
        }
        Ok(changes)
    }

    /// Returns the changes that all flags name, for a Service and the controller that acts on it.
    ///
    /// # Errors
    /// Usage errors: numbers and words that are none, and a key that is named twice.
    pub fn of_flags(flags: &KeyFlags, service: &Service, kind: ControllerKind) -> Result<Self> {
        let mut changes = Self::verbatim(flags)?;
        if !flags.cert.is_empty() {
            let arns: Vec<&str> =
                flags.cert.iter().map(|arn| arn.trim()).filter(|arn| !arn.is_empty()).collect();
            changes.put_unless_empty("--cert", keys::SSL_CERT, &arns.join(","))?;
        }
        if !flags.ports.is_empty() {
            match ports(&flags.ports, service)? {
                Some(list) => changes.put(keys::SSL_PORTS.to_owned(), list)?,
                // The AWS Load Balancer Controller takes `*` for the name of a port.
                None if kind.is_lbc() => changes.remove(keys::SSL_PORTS)?,
                None => changes.put(keys::SSL_PORTS.to_owned(), "*".to_owned())?,
            }
        }
        if let Some(backend) = flags.backend {
            changes.put(keys::BACKEND_PROTOCOL.to_owned(), backend.word().to_owned())?;
        }
        if let Some(name) = policy(flags.policy.as_deref(), flags.preset, kind)? {
            changes.put(keys::SSL_POLICY.to_owned(), name)?;
        }
        match flags.draining.as_deref().map(draining).transpose()? {
            None => {}
            Some(None) => {
                changes.put(keys::DRAINING_ENABLED.to_owned(), "false".to_owned())?;
                changes.remove(keys::DRAINING_TIMEOUT)?;
            }
            Some(Some(timeout)) => {
                changes.put(keys::DRAINING_ENABLED.to_owned(), "true".to_owned())?;
                changes.put(keys::DRAINING_TIMEOUT.to_owned(), timeout.to_string())?;
            }
        }
        if let Some(timeout) = &flags.idle_timeout {
            let timeout = seconds("--idle-timeout", timeout)?;
            changes.put(keys::IDLE_TIMEOUT.to_owned(), timeout.to_string())?;
        }
        if let Some(list) = &flags.tags {
            changes.put_unless_empty("--tags", keys::TAGS, &tags(list))?;
        }
        match flags.proxy_protocol {
            None => {}
            Some(Switch::On) => changes.put(keys::PROXY_PROTOCOL.to_owned(), "*".to_owned())?,
            Some(Switch::Off) => changes.remove(keys::PROXY_PROTOCOL)?,
        }
        if let Some(alpn) = flags.alpn {
            changes.put(keys::ALPN_POLICY.to_owned(), alpn.word().to_owned())?;
        }
        Ok(changes)
    }

    /// Changes annotations.
    pub fn apply(&self, annotations: &mut BTreeMap<String, String>) {
        annotations.retain(|key, _| !self.unset.contains(key));
        annotations.extend(self.set.iter().map(|(key, value)| (key.clone(), value.clone())));
    }

    fn put_unless_empty(&mut self, flag: &str, key: &str, value: &str) -> Result<()> {
        if value.is_empty() {
            return Err(Error::usage(format!("{flag} is empty"))
                .with_hint(format!("remove the annotation with --unset {}", keys::short_name(key))));
        }
        self.put(key.to_owned(), value.to_owned())
    }

    fn put(&mut self, key: String, value: String) -> Result<()> {
        if self.unset.contains(&key) || self.set.insert(key.clone(), value).is_some() {
            return Err(named_twice(&key));
        }
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<()> {
        if self.set.contains_key(key) {
            return Err(named_twice(key));
        }
        self.unset.insert(key.to_owned());
        Ok(())
    }
}

fn named_twice(key: &str) -> Error {
    Error::usage(format!("{key} is named twice"))
        .with_hint("give it once: by its own flag, by --set or by --unset")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        key_changes::flags::BackendProtocol,
        policies::Preset,
        samples::{ARN, web},
    };

    fn changes(flags: &KeyFlags, kind: ControllerKind) -> Result<KeyChanges> {
        KeyChanges::of_flags(flags, &web(&[]), kind)
    }

    fn words(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn the_textbook_case_is_six_keys() {
        let flags = KeyFlags {
            cert: words(&[ARN]),
            backend: Some(BackendProtocol::Http),
            ports: words(&["443"]),
            draining: Some("60".into()),
            tags: Some("environment=dev,app=helloworld".into()),
            ..KeyFlags::default()
        };
        let set: Vec<_> = changes(&flags, ControllerKind::Classic).unwrap().set.into_iter().collect();
        let expected = [
            (keys::TAGS, "environment=dev,app=helloworld"),
            (keys::BACKEND_PROTOCOL, "http"),
            (keys::DRAINING_ENABLED, "true"),
            (keys::DRAINING_TIMEOUT, "60"),
            (keys::SSL_CERT, ARN),
            (keys::SSL_PORTS, "443"),
        ];
        let set: Vec<(&str, &str)> = set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(set, expected);
    }

    #[test]
    fn values_are_normalized() {
        let value = |flags: KeyFlags, kind, key: &str| changes(&flags, kind).unwrap().set.get(key).cloned();
        let ports = |list: &[&str]| KeyFlags { ports: words(list), ..KeyFlags::default() };
        let of_ports = |list: &[&str]| value(ports(list), ControllerKind::Classic, keys::SSL_PORTS);
        assert_eq!(of_ports(&["443", " 80", "443"]).as_deref(), Some("80,443"));
        assert_eq!(of_ports(&["HTTPS"]).as_deref(), Some("https"));
        assert_eq!(of_ports(&["0443"]).as_deref(), Some("443"));
        assert_eq!(of_ports(&["all"]).as_deref(), Some("*"));
        let all = changes(&ports(&["all"]), ControllerKind::Lbc).unwrap();
        assert!(all.set.is_empty() && all.unset.contains(keys::SSL_PORTS));
        let tags = KeyFlags { tags: Some(" a = b , c=d".into()), ..KeyFlags::default() };
        assert_eq!(value(tags, ControllerKind::Classic, keys::TAGS).as_deref(), Some("a=b,c=d"));
        let policy =
            KeyFlags { policy: Some("elbsecuritypolicy-tls-1-2-2017-01".into()), ..KeyFlags::default() };
        assert_eq!(
            value(policy, ControllerKind::Classic, keys::SSL_POLICY).as_deref(),
            Some("ELBSecurityPolicy-TLS-1-2-2017-01")
        );
    }

    #[test]
    fn off_turns_draining_off() {
        let flags = KeyFlags { draining: Some("off".into()), ..KeyFlags::default() };
        let changes = changes(&flags, ControllerKind::Classic).unwrap();
        assert_eq!(changes.set[keys::DRAINING_ENABLED], "false");
        assert!(changes.unset.contains(keys::DRAINING_TIMEOUT));
    }

    #[test]
    fn wrong_words_are_usage_errors() {
        let status = |flags: KeyFlags| changes(&flags, ControllerKind::Classic).unwrap_err().status().code();
        for flags in [
            KeyFlags { draining: Some("soon".into()), ..KeyFlags::default() },
            KeyFlags { idle_timeout: Some("1m30".into()), ..KeyFlags::default() },
            KeyFlags { ports: words(&["70000"]), ..KeyFlags::default() },
            KeyFlags { ports: words(&[""]), ..KeyFlags::default() },
            KeyFlags { set: words(&["x"]), ..KeyFlags::default() },
            KeyFlags { set: words(&["ssl-cert=a"]), unset: words(&["ssl-cert"]), ..KeyFlags::default() },
            KeyFlags { set: words(&["ssl-cert=a"]), cert: words(&["b"]), ..KeyFlags::default() },
            KeyFlags { preset: Some(Preset::Strict), ..KeyFlags::default() },
            KeyFlags { tags: Some(" ".into()), ..KeyFlags::default() },
        ] {
            assert_eq!(status(flags.clone()), 2, "{flags:?}");
        }
    }
}
