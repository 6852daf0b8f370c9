use super::*;

const FINE: &str = "
apiVersion: krew.googlecontainertools.github.com/v1alpha2
kind: Plugin
metadata: {name: ns-switch}
spec:
  version: v1.2.3-rc.1
  homepage: https://example.com/plugins
  shortDescription: Switch namespaces
  description: Switches namespaces.
  caveats: None.
  platforms:
  - selector: {matchLabels: {os: linux, arch: amd64}}
    uri: https://example.com/a.tar.gz
    sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    files: [{from: kubectl-ns_switch, to: .}, {from: LICENSE, to: .}]
    bin: kubectl-ns_switch
";

/// What is found wrong once `what` is replaced in a fine manifest.
fn after(what: &str, by: &str) -> Vec<String> {
    assert!(FINE.contains(what), "{what:?} is not in the manifest");
    violations("ns-switch", &serde_yaml::from_str(&FINE.replacen(what, by, 1)).unwrap())
}

#[test]
fn a_fine_manifest_is_fine() {
    assert_eq!(violations("ns-switch", &serde_yaml::from_str(FINE).unwrap()), [""; 0]);
}

#[test]
fn the_name_is_the_file_s() {
    let manifest = serde_yaml::from_str(FINE).unwrap();
    assert_eq!(violations("ns_switch", &manifest), ["the file ns_switch.yaml names the plugin `ns-switch`"]);
    for name in ["a", "view-quotas", "A_1", "com", "com10"] {
        assert!(is_safe_name(name), "{name}");
    }
    for name in ["", "a b", "a/b", "a.b", "con", "NUL", "com1", "LPT9", "größe"] {
        assert!(!is_safe_name(name), "{name}");
    }
}

#[test]
fn each_rule_is_enforced() {
    for (what, by, violation) in [
        ("v1alpha2", "v1alpha1", "apiVersion `krew.googlecontainertools.github.com/v1alpha1` is not krew's"),
        ("kind: Plugin", "kind: Plugins", "kind `Plugins` is not Plugin"),
        ("v1.2.3-rc.1", "1.2.3", "version `1.2.3` is not `v` and a semantic version"),
        ("v1.2.3-rc.1", "v1.2", "version `v1.2` is not `v` and a semantic version"),
        ("https://example.com/plugins", "here", "homepage `here` is no https address"),
        ("Switch namespaces", "\"\"", "there is no shortDescription"),
        ("Switch namespaces", "\"a\\nb\"", "shortDescription has several lines"),
        ("Switch namespaces", "It switches.", "shortDescription `It switches.` ends with a full stop"),
        (
            "https://example.com/a.tar.gz",
            "http://example.com/a.tar.gz",
            "platform 0: uri is no https address",
        ),
        ("a.tar.gz", "a.tgz", "platform 0: uri names neither a .tar.gz nor a .zip"),
        ("0123456789a", "0123456789A", "platform 0: sha256 is not 64 lower-case hexadecimal digits"),
        ("sha256: 0", "sha256: \"\" #", "platform 0: sha256 is not 64 lower-case hexadecimal digits"),
        (", {from: LICENSE, to: .}", "", "platform 0: files has no licence"),
        ("{from: LICENSE, to: .}", "{from: LICENSE, to: \"\"}", "platform 0: files has a gap"),
        ("arch: amd64", "arch: mips", "platform 0: the selector fits no platform krew runs on"),
    ] {
        assert_eq!(after(what, by), [violation], "after {what:?} became {by:?}");
    }
}

#[test]
fn long_texts_are_refused() {
    let long = "x".repeat(51);
    let violation = format!("shortDescription `{long}` is longer than 50 characters");
    assert_eq!(after("Switch namespaces", &long), [violation]);
    let line = "y".repeat(81);
    let violation = format!("this line is longer than 80 characters: {line}");
    assert_eq!(after("Switches namespaces.", &line), [violation]);
}

#[test]
fn the_executable_has_to_be_reachable() {
    let manifest = FINE.replace("kubectl-ns_switch", "kubectl-ns-switch");
    assert_eq!(
        violations("ns-switch", &serde_yaml::from_str(&manifest).unwrap()),
        ["platform 0: bin is not the name under which kubectl finds the plugin"]
    );
    assert_eq!(
        after("files: [{from: kubectl-ns_switch", "files: [{from: other"),
        ["platform 0: bin is not among files"]
    );
}

#[test]
fn selectors_do_not_overlap() {
    let platform = &FINE[FINE.find("  - selector").unwrap()..];
    let twice = format!("{FINE}{}", platform.replace("os: linux, ", ""));
    assert_eq!(
        violations("ns-switch", &serde_yaml::from_str(&twice).unwrap())
            .into_iter()
            .filter(|violation| violation.contains("select "))
            .collect::<Vec<_>>(),
        ["2 platforms select linux/amd64"]
    );
}

#[test]
fn unknown_fields_are_typing_errors() {
    let manifest = FINE.replace("caveats:", "caveat:");
    assert!(
        serde_yaml::from_str::<Manifest>(&manifest)
            .unwrap_err()
            .to_string()
            .contains("unknown field `caveat`")
    );
}
