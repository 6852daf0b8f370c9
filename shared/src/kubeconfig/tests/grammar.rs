//! What kubectl's library reads of YAML, and what it refuses.

use super::*;

#[test]
fn what_only_libyaml_refuses_is_refused() {
    for (text, line) in [
        ("{current-context: http://x/?a=b}", 1),
        ("a: 1\nb: [:x]", 2),
        ("...\na: 1", 1),
        ("# c\n...\n", 2),
        ("a: ok\n\t", 2),
        ("a: ok\n\t# x\n", 2),
        ("a: ok\nb:\n  - c\n \t\n", 4),
        ("a: b\nx: [a\n\t, b]\n", 3),
        ("a: >\n  a\n\t\n", 3),
        ("a: \"b\"\n\t\n", 2),
        ("a: \"\\ud83d\\ude00\"", 1),
        ("a: &b.c d", 1),
        ("{a\n b: c}", 2),
        ("{\"a\n b\": c}", 2),
    ] {
        let message = failure(text);
        let prefix = format!("error: error loading config file \"config\": line {line}: ");
        assert!(message.starts_with(&prefix), "{text:?}: {message}");
    }
    for text in
        ["current-context: http://x/?a=b", "a:\tok\n", "a: |\n  x\n  \ty\n", "---\n...\n", "a: \"\\\\/\""]
    {
        assert!(load_text(text).is_ok(), "{text:?}: {}", load_text(text).unwrap_err());
    }
}

#[test]
fn what_only_libyaml_reads_is_read() {
    for (text, current) in [
        ("current-context: \"a\"# why", "a"),
        ("current-context: 'a'#why", "a"),
        ("x: [-, b]\ncurrent-context: -a", "-a"),
        ("{x: -, current-context: a}", "a"),
        ("current-context: \"a\nb\"", "a b"),
        ("current-context: 'a\n\nb'", "a\nb"),
        ("current-context: \"a\n\tb\"", "a b"),
        ("{x: y,\n\tcurrent-context: a}", "a"),
        ("x: y\u{85}current-context: a\u{85}", "a"),
        ("# x\u{2028}current-context: a\u{2029}kind: Config", "a"),
        ("current-context: 'a\u{85}b'", "a b"),
        ("current-context: 'a\u{2028}b'", "a\u{2028}b"),
        ("current-context: |-\n  a\u{2029}  b", "a\u{2029}b"),
        ("x: y\rcurrent-context: a", "a"),
    ] {
        let loaded = load_text(text).map(|loaded| loaded.current_context.map(|current| current.name));
        assert_eq!(loaded.unwrap().as_deref(), Some(current), "{text:?}");
    }
}

#[test]
fn deep_nesting_is_read_up_to_a_limit() {
    let deep = |levels: usize| format!("x: {}{}", "[".repeat(levels), "]".repeat(levels));
    let check = move || {
        assert!(load_text(&deep(490)).is_ok());
        let message = failure(&deep(600));
        assert!(message.contains(": line 1: nested deeper than 500 levels\n"), "{message}");
    };
    // As much as a program's own thread has: frames are large where nothing is optimized.
    std::thread::Builder::new().stack_size(8 << 20).spawn(check).unwrap().join().unwrap();
}
