//! What AWS refuses for certain. Whether a certificate exists and whether a quota is used up only AWS knows: both are taken
//! as good.

use shared::model::Service;

use crate::{
    certificates::{Arn, partition_of},
    controllers::ControllerKind,
    keys,
    listeners::{
        Listener, Refusal,
        service::{annotation, text},
    },
    policies::{LoadBalancerType, Recognized, recognize},
    values::{key_value_pairs, parse_bool, parse_int},
};

/// Returns why AWS can't have a certificate of this name, or not where the load balancer is.
pub fn impossible_certificate(text: &str, region: Option<&str>) -> Option<String> {
    let not_valid = || Some(format!("Certificate ARN '{text}' is not valid"));
    if text.contains(|character: char| character.is_whitespace() || matches!(character, '"' | '\''))
        || text.contains(",arn:")
    {
        return not_valid();
    }
    let Some(arn) = Arn::parse(text).filter(Arn::can_be_certificate) else { return not_valid() };
    let digits = arn.account.len() == 12 && arn.account.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (arn.service == "acm") == arn.region.is_empty() {
        return not_valid();
    }
    if let Some(partition) = partition_of(arn.region).filter(|partition| *partition != arn.partition) {
        return Some(format!("{text} is of partition {}, but its region is in {partition}", arn.partition));
    }
    let elsewhere = region.filter(|region| arn.service == "acm" && *region != arn.region)?;
    Some(format!("CertificateNotFound: {text} is in {}, the load balancer in {elsewhere}", arn.region))
}

/// Returns why AWS refuses a listener of a Network Load Balancer.
pub fn refusal_of_listener(listener: &Listener, region: Option<&str>) -> Option<Refusal> {
    if !listener.is_tls() {
        return None;
    }
    if let Some(policy) = &listener.policy
        && matches!(recognize(policy, LoadBalancerType::Network), Recognized::Wrong(_))
    {
        let message = format!("SSLPolicyNotFound: SSL policy '{policy}' not found");
        return Some(Refusal::of_key(keys::SSL_POLICY, message).at(listener.port));
    }
    refusal_of_certificates(listener, region)
}

/// Returns why AWS refuses the certificates of a listener.
pub fn refusal_of_certificates(listener: &Listener, region: Option<&str>) -> Option<Refusal> {
    let reason = listener.certificates.iter().find_map(|arn| impossible_certificate(arn, region))?;
    Some(Refusal::of_key(keys::SSL_CERT, reason).at(listener.port))
}

/// Returns why AWS refuses the policy of a Classic Load Balancer: an empty one too.
pub fn refusal_of_classic_policy(service: &Service) -> Option<Refusal> {
    let policy = annotation(service, keys::SSL_POLICY)?;
    let wrong = matches!(recognize(policy, LoadBalancerType::Classic), Recognized::Wrong(_));
    wrong.then(|| {
        Refusal::of_key(
            keys::SSL_POLICY,
            format!("error creating security policy on load balancer: ValidationError: Invalid Reference Security Policy: {policy}"),
        )
    })
}

/// Returns why AWS refuses the attributes of a Classic Load Balancer.
pub fn refusal_of_classic_attributes(service: &Service) -> Option<Refusal> {
    let out_of_range = |key: &'static str, fits: fn(i64) -> bool, range: &str| {
        let number = annotation(service, key).and_then(parse_int)?;
        let message = format!(
            "Unable to update load balancer attributes during attribute sync: {key} is {number}, not {range}"
        );
        (!fits(number)).then(|| Refusal::of_key(key, message))
    };
    out_of_range(keys::IDLE_TIMEOUT, |number| (1..=4000).contains(&number), "1 to 4000")
        .or_else(|| out_of_range(keys::DRAINING_TIMEOUT, |number| (1..=3600).contains(&number), "1 to 3600"))
        .or_else(|| {
            let logs = parse_bool(text(service, keys::ACCESS_LOG_ENABLED)) == Some(true);
            out_of_range(keys::ACCESS_LOG_INTERVAL, |number| matches!(number, 5 | 60), "5 or 60")
                .filter(|_| logs)
        })
}

/// Returns the tag that AWS refuses, of those that a controller sends.
pub fn refused_tag<'a>(tags: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let mut count = 0;
    for (key, value) in tags {
        count += 1;
        if let Some(reason) = tag_problem(key, value) {
            return Some(reason);
        }
    }
    (count > 50).then(|| format!("TooManyTags: {count} tags, at most 50 are allowed"))
}

/// Returns why the cloud provider's tags are refused.
pub fn refusal_of_tags_in_tree(service: &Service) -> Option<Refusal> {
    let reason = refused_tag(key_value_pairs(text(service, keys::TAGS)))?;
    Some(Refusal::of_key(keys::TAGS, reason))
}

/// Returns how many tags a Service may name: AWS allows 50, and controllers add their own.
pub fn tags_at_most(kind: ControllerKind) -> usize {
    if kind.is_lbc() { 47 } else { 46 }
}

/// Returns what is wrong with a tag: length, characters, or a reserved beginning.
pub fn tag_problem(key: &str, value: &str) -> Option<String> {
    if key.to_lowercase().starts_with("aws:") {
        return Some(format!("{key} begins with aws:, which AWS keeps to itself"));
    }
    let long = |text: &str, most: usize| text.chars().count() > most;
    if long(key, 128) {
        return Some(format!(
            "the key of a tag has {} characters, at most 128 are allowed",
            key.chars().count()
        ));
    }
    if long(value, 256) {
        return Some(format!(
            "the value of {key} has {} characters, at most 256 are allowed",
            value.chars().count()
        ));
    }
    let allowed =
        |character: char| character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character);
    let wrong = key.chars().chain(value.chars()).find(|character| !allowed(*character))?;
    Some(format!("{key} has {wrong:?}, which tags can't have"))
}
