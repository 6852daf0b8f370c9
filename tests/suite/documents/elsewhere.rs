//! Command lines of documents that `readme.rs` does not run as they stand: they build for minutes, or need machines that are
//! no example. Each is run somewhere else.

use std::collections::BTreeSet;

use crate::{lines, repository};

/// A command line, and the file that runs it with the words that do.
const ELSEWHERE: [(&str, &str, &str); 23] = [
    ("cargo demo", "tests/cluster/tests/control_plane/demo.rs", "[\"demo\"]"),
    ("cargo demo quota", "tests/cluster/tests/control_plane/demo.rs", "[\"demo\", \"drain-safe\"]"),
    ("cargo test", ".ci/run", "\ncargo test --locked\n"),
    ("cargo cluster up", "tests/cluster/tests/control_plane/lifecycle.rs", "hand.run(\"up\")"),
    ("eval \"$(cargo cluster env)\"", "tests/cluster/tests/control_plane/lifecycle.rs", "hand.run(\"env\")"),
    ("cargo cluster down", "tests/cluster/tests/control_plane/lifecycle.rs", "hand.run(\"down\")"),
    (
        "cargo cluster demo --dump > tests/cluster/example/dump.yaml",
        "tests/cluster/src/cli/mod.rs",
        "[\"demo\", \"--dump\"]",
    ),
    // Both build what a release has, and measure: minutes of a machine that does nothing else.
    (
        "cargo bench-peers",
        ".cargo/config.toml",
        "\nbench-peers = \"run --quiet --release --package bench --\"\n",
    ),
    ("cargo bench-peers run latency", "tests/bench/src/main.rs", "latency"),
    (
        "cargo build --profile dist --target x86_64-unknown-linux-musl",
        "tests/bench/src/binaries.rs",
        "[\"build\", \"--profile\", \"dist\", \"--locked\"]",
    ),
    (
        "cargo build --profile dist --locked --target x86_64-unknown-linux-musl",
        ".github/workflows/release.yaml",
        "cargo build --profile dist --locked --target",
    ),
    (
        "cargo build --profile dist --bin kubectl-quota --bin kubectl-ns_switch --bin kubectl-drain_safe --bin kubectl-elb_tls",
        ".github/workflows/release.yaml",
        "cargo build --profile dist --locked --target",
    ),
    (
        "kubectl krew index add plugins https://…",
        "tests/krew/install.rs",
        "fn the_commands_of_the_documents_install_from_an_index()",
    ),
    (
        "kubectl krew install plugins/quota plugins/ns-switch plugins/drain-safe plugins/elb-tls",
        "tests/krew/install.rs",
        "fn the_commands_of_the_documents_install_from_an_index()",
    ),
    (
        "kubectl krew install plugins/quota",
        "tests/krew/install.rs",
        "fn the_commands_of_the_documents_install_from_an_index()",
    ),
    (
        "man ~/.krew/store/quota/*/man/man1/kubectl-quota-check.1",
        "tests/krew/install.rs",
        "fn the_commands_of_the_documents_install_from_an_index()",
    ),
    (
        "cargo run -p krew -- --executables FOLDER --repository https://… --output release",
        "tests/krew/releases.rs",
        "krew/README.md",
    ),
    // A machine that boots, and etcd's certificates of kubeadm.
    (
        "kubectl drain-safe rolling -l pool=workers --exec-after 'ssh \"$NODE\" sudo reboot' --until reboot --yes",
        "tests/drain-safe/run/rolling.rs",
        "\"--until=reboot\"",
    ),
    (
        "kubectl drain-safe backup --to /backup/2026-11-30 --etcd https://127.0.0.1:2379 --etcd-cacert /etc/kubernetes/pki/etcd/ca.crt --etcd-cert /etc/kubernetes/pki/etcd/healthcheck-client.crt --etcd-key /etc/kubernetes/pki/etcd/healthcheck-client.key",
        "tests/drain-safe/run/backup/mod.rs",
        "--etcd-cacert",
    ),
    ("rustup target add x86_64-unknown-linux-musl", ".github/workflows/release.yaml", "rustup target add"),
    (
        "source <(kubectl completion bash)",
        "tests/cluster/src/cli/demo/shell.rs",
        ". <(kubectl completion bash)",
    ),
    (
        "source <(kubectl completion zsh)",
        "tests/cluster/src/cli/demo/shell.rs",
        ". <(kubectl completion zsh)",
    ),
    (
        "kubectl completion fish | source",
        "tests/cluster/src/cli/demo/shell.rs",
        "kubectl completion fish | source",
    ),
];

/// Whether a command line is run elsewhere, and by what.
pub fn is_run(line: &str) -> bool {
    // `tests.rs` looks at these.
    let is_test = lines::without_variables(line).starts_with("cargo test ");
    is_test || line == "UPDATE=1 cargo test" || ELSEWHERE.iter().any(|(known, ..)| *known == line)
}

#[test]
fn every_line_is_run_where_it_is_said_to_be() {
    let documents = repository::documents();
    let all: BTreeSet<String> = documents
        .iter()
        .flat_map(|(_, text)| {
            lines::steps(text).into_iter().map(|step| step.line).chain(lines::mentions(text))
        })
        .collect();
    for (line, file, words) in ELSEWHERE {
        assert!(all.contains(line), "no document has `{line}` any more");
        assert!(repository::read(file).contains(words), "{file} does not run `{line}`: it lacks {words:?}");
    }
}

/// Of the lines within sentences, those that call a plugin are parsed (`mentions.rs`).
#[test]
fn every_other_program_that_documents_mention_is_run_somewhere() {
    for (document, text) in repository::documents() {
        let guides = ["docs/quota.md", "docs/ns-switch.md", "docs/drain-safe.md", "docs/elb-tls.md"];
        let steps = lines::steps(&text).into_iter().map(|step| step.line);
        // `readme.rs` and the guides' tests run all of theirs.
        let steps = steps.filter(|_| document != "README.md" && !guides.contains(&document.as_str()));
        let calls_plugin = |line: &String| line.contains("kubectl ") && !line.contains("kubectl completion");
        let mentioned = lines::mentions(&text).into_iter().filter(|line| !calls_plugin(line));
        for line in steps.chain(mentioned) {
            assert!(is_run(&line), "{document}: nothing runs `{line}`");
        }
    }
}
