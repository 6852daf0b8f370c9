//! From flags to one context's cluster, user and namespace.

use super::*;

const CONFIG: &str = "\
contexts:
- {name: prod, context: {cluster: main, user: admin, namespace: shop}}
- {name: prod-eu, context: {cluster: main, user: admin, namespace: \"\"}}
- {name: lost, context: {cluster: gone, user: admin}}
- {name: nobody, context: {cluster: main, user: gone}}
- {name: bare}
clusters:
- {name: main, cluster: {server: https://main}}
- {name: other, cluster: {server: https://other}}
users:
- {name: admin, user: {token: t}}
current-context: prod
";

fn flags(context: &str) -> ConnectionFlags {
    ConnectionFlags { context: Some(context.into()), ..ConnectionFlags::default() }
}

/// Context, cluster, user and namespace that flags select.
type Selected = (Option<String>, Option<String>, Option<String>, String, NamespaceSource);

fn select_from(text: &str, flags: &ConnectionFlags) -> crate::Result<Selected> {
    let kubeconfig = load_text(text).unwrap();
    let selection = kubeconfig.select(flags)?;
    Ok((
        selection.context.map(|context| context.name.clone()),
        selection.cluster.map(|cluster| cluster.name.clone()),
        selection.user.map(|user| user.name.clone()),
        selection.namespace.to_string(),
        selection.namespace_source,
    ))
}

fn select(flags: &ConnectionFlags) -> crate::Result<Selected> {
    select_from(CONFIG, flags)
}

fn selected(
    context: Option<&str>,
    cluster: Option<&str>,
    user: Option<&str>,
    namespace: &str,
    source: NamespaceSource,
) -> Selected {
    let owned = |name: Option<&str>| name.map(ToString::to_string);
    (owned(context), owned(cluster), owned(user), namespace.to_string(), source)
}

fn refusal(flags: &ConnectionFlags) -> String {
    let error = select(flags).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Failure);
    error.to_string()
}

#[test]
fn the_current_context_is_the_default() {
    let expected = selected(Some("prod"), Some("main"), Some("admin"), "shop", NamespaceSource::Context);
    assert_eq!(select(&ConnectionFlags::default()).unwrap(), expected);
}

#[test]
fn an_empty_namespace_means_default() {
    let expected =
        selected(Some("prod-eu"), Some("main"), Some("admin"), "default", NamespaceSource::Default);
    assert_eq!(select(&flags("prod-eu")).unwrap(), expected);
}

#[test]
fn flags_win_over_the_context_and_empty_flags_do_not_count() {
    let all = ConnectionFlags {
        cluster: Some("other".into()),
        user: Some("".into()),
        namespace: Some("n".into()),
        ..flags("")
    };
    let expected = selected(Some("prod"), Some("other"), Some("admin"), "n", NamespaceSource::Flag);
    assert_eq!(select(&all).unwrap(), expected);
}

#[test]
fn an_empty_context_selects_nothing() {
    let expected = selected(Some("bare"), None, None, "default", NamespaceSource::Default);
    assert_eq!(select(&flags("bare")).unwrap(), expected);
}

#[test]
fn nothing_configured_is_no_error_yet() {
    let expected = selected(None, None, None, "default", NamespaceSource::Default);
    assert_eq!(select_from("", &ConnectionFlags::default()).unwrap(), expected);
}

#[test]
fn unknown_names_are_refused_in_kubectls_words_with_the_nearest() {
    assert_eq!(
        refusal(&flags("prd")),
        "error: context \"prd\" does not exist\nhint: did you mean \"prod\" or \"prod-eu\"?"
    );
    assert_eq!(
        refusal(&flags("pro")),
        "error: context \"pro\" does not exist\nhint: did you mean \"prod\" or \"prod-eu\"?"
    );
    assert_eq!(refusal(&flags("zzzzzz")), "error: context \"zzzzzz\" does not exist");
    let cluster = ConnectionFlags { cluster: Some("mian".into()), ..flags("prod") };
    assert_eq!(refusal(&cluster), "error: cluster \"mian\" does not exist\nhint: did you mean \"main\"?");
    let user = ConnectionFlags { user: Some("zz".into()), ..flags("prod") };
    assert_eq!(refusal(&user), "error: auth info \"zz\" does not exist");
}

#[test]
fn dangling_references_are_refused() {
    assert_eq!(refusal(&flags("lost")), "error: cluster \"gone\" was not found for context \"lost\"");
    assert_eq!(refusal(&flags("nobody")), "error: user \"gone\" was not found for context \"nobody\"");
    let server = ConnectionFlags { server: Some("https://x".into()), ..flags("lost") };
    let expected = selected(Some("lost"), None, Some("admin"), "default", NamespaceSource::Default);
    assert_eq!(select(&server).unwrap(), expected);
}

#[test]
fn a_dangling_current_context_is_refused() {
    let error = select_from("current-context: gone\n", &ConnectionFlags::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Error in configuration: context was not found for specified context: gone\nhint: config names it as current-context; choose one of `kubectl config get-contexts` with --context"
    );
}

#[test]
fn entries_a_tolerant_load_cut_short_can_be_shown_but_not_used() {
    let folder = Folder::new(&[(
        "config",
        "contexts:\n- {name: a, context: {cluster: c, user: u}}\nclusters:\n- {name: c, cluster: {server: https://c}}\n\
         users:\n- name: u\n  user:\n    client-key-data: '*'\n",
    )]);
    assert_eq!(
        folder.load("config").unwrap_err().to_string(),
        "error: error loading config file \"config\": line 8: users[0].user.client-key-data: illegal base64 data\nhint: paste the data again, or name a file instead"
    );
    let options = LoadOptions { undecodable_data: true, ..LoadOptions::default() };
    let kubeconfig = folder.load_with("config", options).unwrap();
    assert_eq!(context_names(&kubeconfig), ["a"]);
    assert_eq!(kubeconfig.problems.len(), 1);
    let error = kubeconfig.select(&flags("a")).unwrap_err();
    assert_eq!(error.status(), ExitStatus::Kubeconfig);
    assert!(
        error.to_string().contains("config\": line 8: users[0].user.client-key-data: illegal base64 data")
    );
}

#[test]
fn at_most_three_names_are_offered_nearest_first() {
    let names = ["alpha-4", "alpha-22", "alpha", "alpha-1", "beta", ""];
    assert_eq!(nearest_names("alpah", names.into_iter()), ["alpha"]);
    assert_eq!(nearest_names("ALPHA", names.into_iter()), ["alpha", "alpha-1", "alpha-4"]);
    assert_eq!(nearest_names("", names.into_iter()), Vec::<&str>::new());
}
