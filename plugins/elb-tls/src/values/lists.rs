//! Lists of words, and the cloud provider's lists of tags.

/// Returns the words of a comma-separated list, trimmed and without empty ones, as the AWS Load Balancer Controller
/// reads every list
/// (<https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.3.0/pkg/annotations/parser.go>,
/// `splitCommaSeparatedString`).
pub fn string_list(text: &str) -> Vec<&str> {
    text.split(',').map(go_trimmed).filter(|word| !word.is_empty()).collect()
}

/// Returns key and value of each pair, as the cloud provider reads tags and attributes: pairs are trimmed, keys and values
/// are not, what follows a second `=` is lost, and a key alone has an empty value
/// (<https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go>,
/// `getKeyValuePropertiesFromAnnotation`).
pub fn key_value_pairs(text: &str) -> Vec<(&str, &str)> {
    let pairs = go_trimmed(text).split(',').map(|pair| {
        let mut parts = go_trimmed(pair).split('=');
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    });
    pairs.filter(|(key, _)| !key.is_empty()).collect()
}

/// Trims as `strings.TrimSpace` does.
fn go_trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| {
        matches!(character, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}')
            || (character > '\u{ff}' && character.is_whitespace())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_trimmed() {
        assert_eq!(string_list("a, b,,\nc "), ["a", "b", "c"]);
        assert_eq!(string_list(" "), [""; 0]);
    }

    #[test]
    fn pairs_lose_what_the_cloud_provider_loses() {
        let pairs = key_value_pairs("a=b=c,K, x = y ,z=,=v");
        assert_eq!(pairs, [("a", "b"), ("K", ""), ("x ", " y"), ("z", "")]);
        assert_eq!(key_value_pairs("K=V K1=V2,Key1========, =====, "), [("K", "V K1"), ("Key1", "")]);
    }
}
