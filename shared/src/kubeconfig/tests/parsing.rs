//! What one file may look like.

use super::*;

/// A kubeconfig with one context `dev` in every spelling has to read like this.
fn assert_reads_dev(text: &str) {
    let kubeconfig = load_text(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(context_names(&kubeconfig), ["dev"], "{text}");
    let context = &kubeconfig.contexts[0].context;
    assert_eq!(
        (context.cluster.as_deref(), context.user.as_deref(), context.namespace.as_deref()),
        (Some("c"), Some("u"), Some("shop")),
        "{text}"
    );
    assert_eq!(current(&kubeconfig), Some(("dev", "config")), "{text}");
}

const BLOCK: &str = "\
apiVersion: v1
kind: Config
contexts: # all of them
- context:
    cluster: c
    user: 'u'
    namespace: \"shop\" # mine
  name: dev
current-context: dev
";

#[test]
fn every_spelling_reads_the_same() {
    assert_reads_dev(BLOCK);
    assert_reads_dev(&BLOCK.replace('\n', "\r\n"));
    assert_reads_dev(&format!("\u{feff}{BLOCK}"));
    assert_reads_dev(&format!("---\n{BLOCK}"));
    assert_reads_dev(&format!("%YAML 1.1\n---\n{BLOCK}...\n"));
    assert_reads_dev(&format!("{BLOCK}---\nkind: Other\n"));
    assert_reads_dev(BLOCK.trim_end());
    assert_reads_dev(
        "{contexts: [{name: dev, context: {cluster: c, user: u, namespace: shop}}], current-context: dev}",
    );
    assert_reads_dev(
        "{\n\t\"contexts\": [\n\t\t{\"name\":\"dev\",\"context\":{\"cluster\":\"c\",\"user\":\"\\u0075\",\"namespace\":\"shop\"}}\n\t],\n\t\"current-context\":\"dev\"\n}\n",
    );
    assert_reads_dev(
        "x: &c {cluster: c, user: nobody, namespace: shop}\ncontexts:\n- name: &name dev\n  context: {<<: *c, user: u}\ncurrent-context: *name\n",
    );
    assert_reads_dev(&format!("current-context: other\nunknown: {{deep: [1, 2]}}\n{BLOCK}"));
}

#[test]
fn utf16_is_read_by_its_mark() {
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(BLOCK.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let folder = Folder::new(&[]);
    fs::write(folder.0.path().join("config"), bytes).unwrap();
    let kubeconfig = folder.load("config").unwrap();
    assert_eq!(context_names(&kubeconfig), ["dev"]);
    let expected = FileState::Loaded {
        encoding: crate::yaml::Encoding::Utf16LittleEndian,
        has_more_documents: false,
        current_contexts: 1,
    };
    assert_eq!(kubeconfig.files[0].state, expected);
}

#[test]
fn empty_files_are_empty_kubeconfigs() {
    for text in ["", " \n\n", "# nothing here\n", "---\n", "null\n", "contexts:\nclusters: []\nusers: ~\n"] {
        assert_eq!(load_text(text).unwrap().contexts.len(), 0, "{text:?}");
    }
}

#[test]
fn a_context_without_content_is_listed() {
    let kubeconfig = load_text(
        "contexts:\n- name: a\n- name: b\n  context: null\n- context: {user: u}\n- null\n"
            .trim_end_matches("- null\n"),
    )
    .unwrap();
    assert_eq!(context_names(&kubeconfig), ["a", "b", ""]);
    assert!(kubeconfig.contexts[..2].iter().all(|context| context.context.cluster.is_none()));
}

#[test]
fn more_documents_are_noticed() {
    let kubeconfig = load_text("current-context: a\n---\ncurrent-context: b\n").unwrap();
    assert_eq!(current(&kubeconfig), Some(("a", "config")));
    let expected = FileState::Loaded {
        encoding: crate::yaml::Encoding::Utf8,
        has_more_documents: true,
        current_contexts: 1,
    };
    assert_eq!(kubeconfig.files[0].state, expected);
}

#[test]
fn unquoted_words_that_are_not_text_fail_with_their_line() {
    for (word, kind) in [
        ("123", "a number"),
        ("0x1F", "a number"),
        ("1e3", "a number"),
        ("007", "a number"),
        ("yes", "a boolean"),
        ("no", "a boolean"),
        ("on", "a boolean"),
        ("y", "a boolean"),
        ("n", "a boolean"),
        ("true", "a boolean"),
    ] {
        assert_eq!(
            failure(&format!("# comment\ncontexts:\n- name: dev\n  context:\n    namespace: {word}\n")),
            format!(
                "error: error loading config file \"config\": line 5: contexts[0].context.namespace: expected a string, but {word} is {kind} in YAML\nhint: quote it: \"{word}\""
            )
        );
    }
    for word in ["2024-01-01", "\"123\"", "'yes'", "1.2.3", "yEs", "o", "12:30"] {
        let text = format!("contexts:\n- name: {word}\n");
        assert_eq!(context_names(&load_text(&text).unwrap()), [word.trim_matches(['"', '\''])]);
    }
    let null = load_text("contexts:\n- name: a\n  context: {namespace: null}\n").unwrap();
    assert_eq!(null.contexts[0].context.namespace, None);
}

#[test]
fn secrets_are_not_repeated_in_messages() {
    assert_eq!(
        failure("users:\n- name: u\n  user: {token: 271828}\n"),
        "error: error loading config file \"config\": line 3: users[0].user.token: expected a string, but this is a number in YAML\nhint: put the value in quotes"
    );
    for field in [
        "password: 271828",
        "client-key-data: 271828",
        "exec: {args: [271828]}",
        "exec: {env: [{value: 271828}]}",
        "auth-provider: {config: {id-token: 271828}}",
    ] {
        assert!(!failure(&format!("users:\n- name: u\n  user: {{{field}}}\n")).contains("271828"), "{field}");
    }
}

#[test]
fn nothing_secret_is_printed_for_debugging() {
    let kubeconfig = load_text(
        "users:\n- name: u\n  user:\n    token: SECRET-1\n    password: SECRET-2\n    client-key-data: U0VDUkVULTM=\n    \
         exec: {command: c, args: [SECRET-4], env: [{name: V, value: SECRET-5}]}\n    \
         auth-provider: {name: oidc, config: {id-token: SECRET-6}}\n",
    )
    .unwrap();
    let printed = format!("{kubeconfig:?}");
    assert!(!printed.contains("SECRET") && !printed.contains("83, 69, 67"), "{printed}");
    assert!(printed.contains("oidc") && printed.contains("\"u\""), "{printed}");
}

#[test]
fn duplicate_names_in_one_list_fail() {
    for (list, place) in [("contexts", "contexts"), ("clusters", "clusters"), ("users", "users")] {
        assert_eq!(
            failure(&format!("{list}:\n- name: a\n- name: b\n- name: a\n")),
            format!(
                "error: error loading config file \"config\": line 4: duplicate name \"a\" in {place}, first on line 2\nhint: rename or remove one of the two"
            )
        );
    }
    assert!(
        failure("extensions:\n- {name: a, extension: 1}\n- {name: a, extension: 2}\n")
            .contains("duplicate name \"a\" in extensions")
    );
}

#[test]
fn other_kinds_are_refused() {
    assert_eq!(
        failure("apiVersion: v1\nkind: Pod\n"),
        "error: error loading config file \"config\": line 2: no kind \"Pod\" is registered for version \"v1\"\nhint: this is no kubeconfig: one has apiVersion v1 and kind Config, or neither"
    );
    assert!(
        failure("apiVersion: v2\n").contains("line 1: no kind \"Config\" is registered for version \"v2\"")
    );
    assert!(failure("apiVersion: a/b/c\n").contains("unexpected GroupVersion string: a/b/c"));
    assert!(failure("Kind: Pod\n").contains("no kind \"Pod\""));
    for text in ["kind: Config", "apiVersion: /v1", "kind: Config\nKind: Pod", "apiVersion: \"\"\nkind: ~"] {
        assert!(load_text(text).is_ok(), "{text}");
    }
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    for (text, message) in [
        ("[1]", "line 1: expected a mapping, found a list"),
        ("contexts: {a: 1}", "line 1: contexts: expected a list, found a mapping"),
        ("contexts:\n- dev", "line 2: contexts[0]: expected a mapping, found a string"),
        (
            "clusters:\n- cluster:\n    insecure-skip-tls-verify: \"true\"",
            "line 3: clusters[0].cluster.insecure-skip-tls-verify: expected a boolean, found a string",
        ),
        (
            "users:\n- user:\n    as-groups: dev",
            "line 3: users[0].user.as-groups: expected a list, found a string",
        ),
    ] {
        let hint = "hint: correct the file, or name others with --kubeconfig or KUBECONFIG";
        let said = format!("error: error loading config file \"config\": {message}\n{hint}");
        assert_eq!(failure(text), said);
    }
}

#[test]
fn broken_yaml_names_its_line() {
    for (text, line) in [
        ("a:\n\t- b: [", 2),
        ("contexts:\n- name: [a\n", 2),
        ("a: 'x\n\n", 1),
        ("a: 1\n b: 2", 2),
        ("a: *x", 1),
        ("%YAML 1.2\n---\na: 1", 1),
        ("a: \"\\/\"", 1),
    ] {
        let message = failure(text);
        let prefix = format!("error: error loading config file \"config\": line {line}: ");
        assert!(message.starts_with(&prefix), "{text:?}: {message}");
    }
}

#[test]
fn every_field_is_read() {
    use secrecy::ExposeSecret;
    let kubeconfig = load_text(
        "\
clusters:
- name: c
  cluster:
    server: https://c:6443/path
    tls-server-name: other
    insecure-skip-tls-verify: true
    certificate-authority-data: |
      aGVs
      bG8=
    proxy-url: socks5://p:1
    disable-compression: true
    extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: x}}]
users:
- name: u
  user:
    client-certificate-data: aGk=
    client-key-data: [104, 105, ~]
    token: t
    as: admin
    as-uid: '1'
    as-groups: [a, b]
    as-user-extra: {k: [v, w]}
    username: me
    password: p
    auth-provider: {name: oidc, config: {idp: https://i, empty: ~}}
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: aws
      args: [eks, get-token]
      env: [{name: A, value: B}]
      installHint: get it
      provideClusterInfo: true
",
    )
    .unwrap();
    let cluster = &kubeconfig.cluster("c").unwrap().cluster;
    assert_eq!(cluster.server.as_deref(), Some("https://c:6443/path"));
    assert_eq!(cluster.tls_server_name.as_deref(), Some("other"));
    assert_eq!((cluster.insecure_skip_tls_verify, cluster.disable_compression), (true, true));
    assert_eq!(cluster.certificate_authority_data.as_deref(), Some(&b"hello"[..]));
    assert_eq!(cluster.proxy_url.as_deref(), Some("socks5://p:1"));
    assert_eq!(cluster.extensions[0].extension, serde_json::json!({"audience": "x"}));
    let user = &kubeconfig.user("u").unwrap().user;
    assert_eq!(user.client_certificate_data.as_deref(), Some(&b"hi"[..]));
    assert_eq!(user.client_key_data.as_ref().unwrap().expose_secret(), b"hi\0");
    assert_eq!(user.token.as_ref().unwrap().expose_secret(), "t");
    assert_eq!(user.password.as_ref().unwrap().expose_secret(), "p");
    assert_eq!((user.username.as_deref(), user.impersonate_user.as_deref()), (Some("me"), Some("admin")));
    assert_eq!(
        (user.impersonate_uid.as_deref(), &user.impersonate_groups[..]),
        (Some("1"), &["a".into(), "b".into()][..])
    );
    assert_eq!(user.impersonate_extra, [("k".to_string(), vec!["v".to_string(), "w".to_string()])]);
    let provider = user.auth_provider.as_ref().unwrap();
    let config: Vec<(&str, &str)> =
        provider.config.iter().map(|(key, value)| (key.as_str(), value.expose_secret())).collect();
    assert_eq!((provider.name.as_str(), config), ("oidc", vec![("idp", "https://i"), ("empty", "")]));
    let exec = user.exec.as_ref().unwrap();
    assert_eq!(exec.api_version.as_deref(), Some("client.authentication.k8s.io/v1beta1"));
    assert_eq!(
        (exec.command.original.as_str(), &exec.args[..]),
        ("aws", &["eks".to_string(), "get-token".into()][..])
    );
    assert_eq!((exec.env[0].name.as_str(), exec.env[0].value.expose_secret()), ("A", "B"));
    assert_eq!((exec.install_hint.as_deref(), exec.provide_cluster_info), (Some("get it"), true));
    assert_eq!(exec.interactive_mode.as_deref(), Some("IfAvailable"), "the old versions may leave it out");
}

#[test]
fn any_name_is_a_context_name() {
    let names = [
        "arn:aws:eks:eu-west-1:123456789012:cluster/foo",
        "a=b",
        "-dash",
        "has space",
        "br]ack[et",
        ".",
        "-",
        "ünï",
        "new\nline",
        "esc\u{1b}[31m",
        "../config",
        "a",
        "a/b",
        "123",
    ];
    let list: String = names.iter().map(|name| format!("- name: {}\n", serde_json::json!(name))).collect();
    assert_eq!(context_names(&load_text(&format!("contexts:\n{list}")).unwrap()), names);
    let long = "x".repeat(300);
    assert_eq!(context_names(&load_text(&format!("contexts:\n- name: {long}\n")).unwrap()), [long]);
}

#[test]
fn keys_that_nobody_needs_are_checked_and_not_kept() {
    use secrecy::ExposeSecret;
    let entry = |data: &str| {
        format!(
            "clusters:\n- name: c\n  cluster:\n    certificate-authority-data: {data}\n\
         users:\n- name: u\n  user:\n    client-certificate-data: aGk=\n    client-key-data: {data}\n"
        )
    };
    let load = |data: &str, undecodable_data| {
        Folder::new(&[("config", &entry(data))]).load_with(
            "config",
            LoadOptions { discard_keys: true, undecodable_data, ..LoadOptions::default() },
        )
    };
    for data in ["aGVsbG8=", "[104, 105]", "\"aGVs\\nbG8=\""] {
        let kubeconfig = load(data, false).unwrap();
        let (cluster, user) = (&kubeconfig.clusters[0].cluster, &kubeconfig.users[0].user);
        assert_eq!(cluster.certificate_authority_data.as_deref(), Some(&[][..]), "{data}");
        assert!(user.client_key_data.as_ref().unwrap().expose_secret().is_empty(), "{data}");
        assert_eq!(user.client_certificate_data.as_deref(), Some(&b"hi"[..]), "it is read");
    }
    for data in ["", "''", "[]"] {
        let kubeconfig = load(data, false).unwrap();
        assert!(kubeconfig.clusters[0].cluster.certificate_authority_data.is_none(), "{data}");
        assert!(kubeconfig.users[0].user.client_key_data.is_none(), "{data}");
    }
    let refused = load("'*'", false).unwrap_err().to_string();
    assert!(
        refused.contains("clusters[0].cluster.certificate-authority-data: illegal base64 data"),
        "{refused}"
    );
    let kubeconfig = load("'*'", true).unwrap();
    assert!(kubeconfig.users[0].user.client_key_data.is_none());
    assert_eq!(kubeconfig.users[0].problems.len(), 1);
}
