//! The questions, in the order of their importance. Enter keeps what is in force.

use shared::{
    Result,
    output::Severity,
    prompt::{Prompter, Question},
};

use super::in_force;
use crate::{
    controllers::ControllerKind,
    key_changes::{AlpnPolicy, BackendProtocol, KeyChanges, KeyFlags, Switch},
    keys,
    listeners::service::text,
    planning::{Cluster, ServiceCase},
    policies::{LoadBalancerType, POLICIES, Preset},
    rules::{self, Ignored},
};

/// Asks for every setting that the load balancer of this Service has.
///
/// # Errors
/// Nobody can be asked, or Ctrl-C.
pub fn changes(
    prompter: &mut dyn Prompter,
    case: &ServiceCase,
    cluster: &Cluster,
    ignored: &Ignored,
) -> Result<KeyFlags> {
    let kind = case.controller(cluster).kind;
    let mut guide = Guide { case, cluster, ignored, kind, flags: KeyFlags::default() };
    let has_tls = guide.certificate(prompter)?;
    if has_tls {
        guide.ports(prompter)?;
    }
    guide.backend(prompter)?;
    if has_tls {
        guide.policy(prompter)?;
    }
    if kind == ControllerKind::Classic {
        guide.timeouts(prompter)?;
    }
    if kind.is_lbc() && has_tls {
        guide.alpn(prompter)?;
    }
    if kind == ControllerKind::Classic || kind.is_lbc() {
        guide.proxy_protocol(prompter)?;
    }
    guide.tags(prompter)?;
    Ok(guide.flags)
}

struct Guide<'a> {
    case: &'a ServiceCase,
    cluster: &'a Cluster,
    ignored: &'a Ignored,
    kind: ControllerKind,
    flags: KeyFlags,
}

impl Guide<'_> {
    /// Asks for a line of text; `with` makes flags of an answer. Returns the answer where it is another than `kept`.
    fn line(
        &self,
        prompter: &mut dyn Prompter,
        question: Question<'_>,
        (shown, kept): (&str, &str),
        with: impl Fn(&str) -> KeyFlags,
        key: &str,
    ) -> Result<Option<String>> {
        let check = |answer: &str| match answer.trim() {
            answer if answer == kept => Ok(()),
            answer => self.problem(&with(answer), key).map_or(Ok(()), Err),
        };
        let answer = prompter.input(question, shown, &check)?;
        Ok(Some(answer.trim().to_owned()).filter(|answer| answer != kept))
    }

    /// Returns what is wrong with the value that a key would get.
    fn problem(&self, flags: &KeyFlags, key: &str) -> Option<String> {
        let changes = match KeyChanges::of_flags(flags, &self.case.wanted, self.kind) {
            Ok(changes) => changes,
            Err(error) => return Some(error.sentence().to_owned()),
        };
        let mut changed = self.case.clone();
        changes.apply(&mut changed.wanted_mut().annotations);
        let found = rules::check(&changed, self.cluster).into_iter().find(|finding| {
            finding.severity == Severity::Error
                && finding.key == key
                && !self.ignored.is_ignored(&changed, finding.rule)
        })?;
        Some(format!("{}: {}; {}", found.rule, found.message, found.fix))
    }

    /// Asks for the certificate. Returns whether there is one afterward.
    fn certificate(&mut self, prompter: &mut dyn Prompter) -> Result<bool> {
        let now = text(&self.case.wanted, keys::SSL_CERT).to_owned();
        let several = if self.kind.is_lbc() { ", several with commas" } else { "" };
        let words = format!("Certificate (ARN of ACM or IAM{several}; empty for plaintext)");
        let question = Question { text: &words, answered_by: "--cert ARN" };
        let with = |answer: &str| with_certificate(&self.flags, answer);
        let answer = self.line(prompter, question, (&now, &now), with, keys::SSL_CERT)?;
        if let Some(answer) = &answer {
            self.flags = with_certificate(&self.flags, answer);
        }
        Ok(!answer.unwrap_or(now).is_empty())
    }

    fn ports(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let service = &self.case.wanted;
        let is_new = text(service, keys::SSL_CERT).is_empty();
        let now = in_force::tls_ports(service);
        let shown = if is_new { in_force::likely_tls_ports(service) } else { now.clone() };
        let words = format!("TLS ports (of {}; all for all)", in_force::ports_in_words(service));
        let question = Question { text: &words, answered_by: "--ports PORT,…" };
        let with = |answer: &str| KeyFlags { ports: list(answer), ..self.flags.clone() };
        if let Some(answer) = self.line(prompter, question, (&shown, &now), with, keys::SSL_PORTS)? {
            self.flags.ports = list(&answer);
        }
        Ok(())
    }

    fn backend(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        use BackendProtocol::{Http, Https, Ssl, Tcp};
        let offered: &[BackendProtocol] = match self.kind {
            ControllerKind::Classic => &[Http, Https, Tcp, Ssl],
            // Others have no effect on Network Load Balancers.
            _ => &[Tcp, Ssl],
        };
        let now = in_force::backend(&self.case.wanted, self.kind);
        let items: Vec<String> = offered
            .iter()
            .map(|protocol| in_words(protocol.word(), protocol.description(), *protocol == now))
            .collect();
        let default = offered.iter().position(|protocol| *protocol == now).unwrap_or_default();
        let question = Question {
            text: "Protocol between load balancer and pods",
            answered_by: "--backend http|https|tcp|ssl",
        };
        let chosen = offered.get(prompter.select(question, &items, default)?).copied().unwrap_or(now);
        self.flags.backend = (chosen != now).then_some(chosen);
        Ok(())
    }

    fn policy(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let of = match self.kind {
            ControllerKind::Classic => LoadBalancerType::Classic,
            _ => LoadBalancerType::Network,
        };
        let now = in_force::policy(self.case, self.cluster);
        let mut names = vec![now.clone()];
        for preset in [Preset::Modern, Preset::Compat, Preset::Fips, Preset::Strict] {
            names.extend(preset.policy(of).map(str::to_owned).filter(|name| !names.contains(name)));
        }
        let presets = names.len();
        let others = POLICIES.iter().filter(|policy| policy.is_of(of) && !policy.is_deprecated());
        let others: Vec<String> =
            others.map(|policy| policy.name()).filter(|name| !names.contains(name)).collect();
        names.extend(others);
        let describe = |name: &String| {
            let known = POLICIES.iter().find(|policy| policy.is_of(of) && policy.name() == *name);
            in_words(name, known.map_or("", |policy| policy.good_for()), *name == now)
        };
        let question = Question { text: "Security policy", answered_by: "--policy NAME, or --preset" };
        let mut items: Vec<String> = names.iter().take(presets).map(describe).collect();
        items.push("another one".to_owned());
        let mut chosen = prompter.select(question, &items, 0)?;
        if chosen == presets {
            let all: Vec<String> = names.iter().map(describe).collect();
            chosen = prompter.fuzzy_select(question, &all, 0)?;
        }
        self.flags.policy = names.get(chosen).filter(|name| **name != now).cloned();
        Ok(())
    }

    fn timeouts(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let service = &self.case.wanted;
        let now = in_force::draining(service);
        let question =
            Question { text: "Connection draining (seconds, or off)", answered_by: "--draining SECONDS|off" };
        let with = |answer: &str| KeyFlags { draining: Some(answer.into()), ..self.flags.clone() };
        self.flags.draining = self.line(prompter, question, (&now, &now), with, keys::DRAINING_TIMEOUT)?;
        let now = in_force::idle_timeout(service);
        let question = Question { text: "Idle timeout (seconds)", answered_by: "--idle-timeout SECONDS" };
        let with = |answer: &str| KeyFlags { idle_timeout: Some(answer.into()), ..self.flags.clone() };
        self.flags.idle_timeout = self.line(prompter, question, (&now, &now), with, keys::IDLE_TIMEOUT)?;
        Ok(())
    }

    fn alpn(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let now = in_force::alpn(&self.case.wanted);
        let items: Vec<String> = AlpnPolicy::ALL
            .iter()
            .map(|policy| in_words(policy.word(), policy.description(), *policy == now))
            .collect();
        let default = AlpnPolicy::ALL.iter().position(|policy| *policy == now).unwrap_or_default();
        let question = Question { text: "ALPN policy", answered_by: "--alpn POLICY" };
        let chosen = AlpnPolicy::ALL.get(prompter.select(question, &items, default)?).copied().unwrap_or(now);
        self.flags.alpn = (chosen != now).then_some(chosen);
        Ok(())
    }

    fn proxy_protocol(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let now = in_force::proxy_protocol(&self.case.wanted);
        let question = Question {
            text: "Send the PROXY protocol to the pods, which have to expect it?",
            answered_by: "--proxy-protocol=on|off",
        };
        let chosen = prompter.confirm(question, now)?;
        let switch = if chosen { Switch::On } else { Switch::Off };
        self.flags.proxy_protocol = (chosen != now).then_some(switch);
        Ok(())
    }

    fn tags(&mut self, prompter: &mut dyn Prompter) -> Result<()> {
        let now = text(&self.case.wanted, keys::TAGS).to_owned();
        let question = Question {
            text: "Tags of the AWS resources (KEY=VALUE,…; empty for none)",
            answered_by: "--tags KEY=VALUE,…",
        };
        let with = |answer: &str| with_tags(&self.flags, answer);
        if let Some(answer) = self.line(prompter, question, (&now, &now), with, keys::TAGS)? {
            self.flags = with_tags(&self.flags, &answer);
        }
        Ok(())
    }
}

fn with_certificate(flags: &KeyFlags, answer: &str) -> KeyFlags {
    match answer {
        "" => without(flags, keys::SSL_CERT),
        answer => KeyFlags { cert: list(answer), ..flags.clone() },
    }
}

fn with_tags(flags: &KeyFlags, answer: &str) -> KeyFlags {
    match answer {
        "" => without(flags, keys::TAGS),
        answer => KeyFlags { tags: Some(answer.to_owned()), ..flags.clone() },
    }
}

fn without(flags: &KeyFlags, key: &str) -> KeyFlags {
    let mut flags = flags.clone();
    flags.unset.push(keys::short_name(key).to_owned());
    flags
}

fn list(answer: &str) -> Vec<String> {
    answer.split(',').map(str::to_owned).collect()
}

fn in_words(word: &str, description: &str, is_in_force: bool) -> String {
    let mark = if is_in_force { "in force" } else { "" };
    let notes: Vec<&str> = [mark, description].into_iter().filter(|note| !note.is_empty()).collect();
    match notes.is_empty() {
        true => word.to_owned(),
        false => format!("{word} ({})", notes.join("; ")),
    }
}

#[cfg(test)]
#[path = "questions_tests.rs"]
mod tests;
