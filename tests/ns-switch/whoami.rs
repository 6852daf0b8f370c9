//! `whoami`: every kind of credential that a control plane can hold, what may be done, and one question.

use std::{
    fs,
    sync::OnceLock,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use cluster::{Cluster, Options, Rule};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use support::{FaultServer, Reply, TestEnv, cluster, executable, fresh_namespace};

use crate::support::{NS_SWITCH, expect, on_cluster, run};

fn as_user(kubeconfig: &std::path::Path) -> TestEnv {
    TestEnv::new().program(executable(NS_SWITCH)).kubeconfig(kubeconfig)
}

#[track_caller]
fn identity(env: &TestEnv, arguments: &[&str], status: i32) -> (Value, String) {
    let (found, stdout, stderr) = run(env, &[&["whoami", "-o", "json"], arguments].concat());
    assert_eq!(found, status, "{stdout}{stderr}");
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&document["apiVersion"], &document["kind"]),
        (&json!("kubectl-ns-switch/v1"), &json!("Identity"))
    );
    (document, stderr)
}

#[test]
fn a_certificate_names_its_holder_and_what_they_may_do() {
    let namespace = fresh_namespace("who");
    let kubeconfig = cluster().user("jane", &["team-a"]).unwrap();
    cluster().grant("jane", Some(&namespace), &[Rule::core(&["pods"], &["get", "list"])]).unwrap();
    let env = as_user(&kubeconfig);
    let (document, stderr) = identity(&env, &["-n", &namespace], 0);
    assert_eq!(stderr, "");
    assert_eq!(document["user"], "jane");
    assert_eq!(document["groups"], json!(["team-a", "system:authenticated"]));
    assert_eq!((&document["uid"], &document["account"]), (&Value::Null, &json!("User")));
    assert_eq!(document["authentication"]["kind"], "client-certificate");
    assert!(document["authentication"]["expires"].is_string(), "{document}");
    assert_eq!(document["incomplete"], false);
    let rules = document["rules"].as_array().unwrap();
    let pods = json!({"verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods"], "resourceNames": [], "nonResourceURLs": []});
    assert!(rules.contains(&pods), "{document}");
    assert!(rules.iter().any(|rule| rule["nonResourceURLs"] != json!([])), "{document}");

    let (status, stdout, stderr) = run(&env, &["whoami", "-n", &namespace]);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(
        stdout.starts_with("User:           jane\nGroups:         team-a, system:authenticated\n"),
        "{stdout}"
    );
    assert!(stdout.contains("Authentication: client-certificate, expires in "), "{stdout}");
    assert!(stdout.contains(&format!("\n\nAllowed in namespace {namespace}:\nRESOURCE ")), "{stdout}");
    let row = stdout.lines().find(|line| line.starts_with("pods ")).unwrap();
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["pods", "*", "get", "list"]);
    expect(&env, &["whoami", "-o", "name"], 0, "jane\n", "");
}

#[test]
fn one_question_is_answered_by_yes_or_no() {
    let namespace = fresh_namespace("may");
    let kubeconfig = cluster().user("asks", &[]).unwrap();
    let rules = [
        Rule::core(&["pods"], &["get"]),
        Rule::core(&["pods/exec"], &["create"]),
        Rule::core(&["secrets"], &["get"]).named(&["db"]),
        Rule::of("apps", &["deployments"], &["patch"]),
    ];
    cluster().grant("asks", Some(&namespace), &rules).unwrap();
    let env = as_user(&kubeconfig);
    for (words, may) in [
        (&["get", "pods"][..], true),
        (&["get", "po"], true),
        (&["get", "pod/web"], true),
        (&["delete", "pods"], false),
        (&["create", "pods/exec", "--subresource"], true),
        (&["create", "pods/exec"], false),
        (&["get", "secrets/db"], true),
        (&["get", "secrets/other"], false),
        (&["get", "secrets"], false),
        (&["patch", "deployments.apps"], true),
        (&["patch", "deploy"], true),
        (&["patch", "statefulsets"], false),
        (&["get", "pods", "-A"], false),
        (&["list", "nodes"], false),
        (&["get", "/healthz"], true),
        (&["get", "/metrics"], false),
    ] {
        let line = [&["whoami", "-n", &namespace, "--can"], words].concat();
        let expected = if may { (0, "yes\n") } else { (3, "no\n") };
        let (status, stdout, stderr) = run(&env, &line);
        assert_eq!((status, stdout.as_str(), stderr.as_str()), (expected.0, expected.1, ""), "{words:?}");
    }
    let unknown = "Warning: the server doesn't have a resource type \"widgets\"\n";
    expect(&env, &["whoami", "-n", &namespace, "--can", "get", "widgets"], 3, "no\n", unknown);
    let (status, stdout, stderr) = run(&env, &["whoami", "--can", "get"]);
    assert_eq!((status, stdout.as_str()), (2, ""), "{stderr}");
    let wrong = "error: `pods/a/b` is not RESOURCE[/NAME]\nhint: name them as in `--can get pods` or `--can get secrets/db`\n";
    expect(&env, &["whoami", "--can", "get", "pods/a/b"], 2, "", wrong);
}

#[test]
fn a_service_account_is_told_from_a_person() {
    let namespace = fresh_namespace("who");
    let env = as_user(&cluster().service_account(&namespace, "ci").unwrap());
    let (document, stderr) = identity(&env, &[], 0);
    assert_eq!(document["user"], format!("system:serviceaccount:{namespace}:ci"));
    assert_eq!(
        (&document["account"], &document["authentication"]["kind"]),
        (&json!("ServiceAccount"), &json!("token"))
    );
    assert!(document["uid"].is_string() && document["extra"].is_object(), "{document}");
    assert!(document["authentication"]["expires"].is_string(), "{document}");
    assert!(stderr.starts_with("Warning: the credentials expire in "), "the token is of one hour: {stderr}");
    let (_, stdout, _) = run(&env, &["whoami"]);
    assert!(stdout.contains(&format!("(service account ci in namespace {namespace})\n")), "{stdout}");
}

#[test]
fn who_impersonates_is_the_other_one() {
    let env = on_cluster();
    let (document, _) = identity(&env, &["--as", "jane", "--as-group", "team-b", "--as-uid", "7"], 0);
    assert_eq!((&document["user"], &document["uid"]), (&json!("jane"), &json!("7")));
    assert_eq!(document["groups"], json!(["team-b", "system:authenticated"]));
    let authentication = &document["authentication"];
    assert_eq!(
        (&authentication["kind"], &authentication["impersonates"]),
        (&json!("client-certificate"), &json!("jane"))
    );
    let account = ["whoami", "--as", "system:serviceaccount:kube-system:default", "-o", "json"];
    let (_, stdout, _) = run(&env, &account);
    let document: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(document["account"], "ServiceAccount", "the server adds its groups");
}

#[test]
fn the_anonymous_gets_what_is_known() {
    let env = on_cluster();
    let kubeconfig = format!(
        "clusters: [{{name: c, cluster: {{server: '{}', certificate-authority-data: {}}}}}]\ncontexts: [{{name: x, context: {{cluster: c}}}}]\ncurrent-context: x\n",
        cluster().server_url(),
        cluster::base64(cluster().ca_pem().as_bytes())
    );
    fs::write(env.home().join("kubeconfig"), kubeconfig).unwrap();
    let (document, stderr) = identity(&env, &[], 4);
    assert_eq!((&document["user"], &document["authentication"]["kind"]), (&Value::Null, &json!("none")));
    assert_eq!((&document["rules"], &document["incomplete"]), (&json!([]), &json!(true)));
    assert!(stderr.contains("system:anonymous"), "{stderr}");
    let (status, stdout, _) = run(&env, &["whoami"]);
    assert_eq!(status, 4);
    assert!(stdout.starts_with("User:           not told by the server\nAuthentication: none\n"), "{stdout}");
}

#[test]
fn a_token_that_no_server_knows_is_refused() {
    let env = as_user(&cluster().rejected_token().unwrap());
    let (status, stdout, stderr) = run(&env, &["whoami", "--can", "get", "pods"]);
    assert_eq!((status, stdout.as_str()), (6, ""));
    assert!(stderr.starts_with("error: You must be logged in to the server"), "{stderr}");
    let (document, stderr) = identity(&env, &[], 4);
    assert_eq!((&document["user"], &document["authentication"]["kind"]), (&Value::Null, &json!("token")));
    assert!(stderr.contains("Unauthorized") && !stderr.contains("not-a-token"), "{stderr}");
}

#[test]
fn a_server_that_is_down_is_an_error() {
    let env = as_user(&cluster().user("down", &[]).unwrap());
    let (status, stdout, stderr) = run(&env, &["whoami", "-s", "https://127.0.0.1:1"]);
    assert_eq!((status, stdout.as_str()), (1, ""));
    assert!(stderr.contains("127.0.0.1:1"), "{stderr}");
}

/// A control plane that also knows a static token, and ID tokens of an issuer of our own.
struct Issuing {
    cluster: Cluster,
    issuer: FaultServer,
    key: EcdsaKeyPair,
    _files: tempfile::TempDir,
}

fn issuing() -> &'static Issuing {
    static CLUSTER: OnceLock<Issuing> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let issuer = FaultServer::https();
        let url = issuer.url();
        // An uncompressed point: 4, x, y.
        let (x, y) = key.public_key().as_ref()[1..].split_at(32);
        let keys = json!({"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "a", "x": BASE64.encode(x), "y": BASE64.encode(y)}]});
        let discovery = json!({
            "issuer": url, "jwks_uri": format!("{url}/keys"), "authorization_endpoint": format!("{url}/login"),
            "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        });
        issuer.on("/.well-known/openid-configuration", [Reply::json(200, &discovery)]);
        issuer.on("/keys", [Reply::json(200, &keys)]);
        let files = tempfile::tempdir().unwrap();
        let (tokens, authority) = (files.path().join("tokens.csv"), files.path().join("ca.crt"));
        fs::write(&tokens, "static-secret,carol,uid-7,\"ops,dev\"\n").unwrap();
        fs::write(&authority, issuer.ca_pem().unwrap()).unwrap();
        let flag = |name: &str, value: &str| format!("--{name}={value}");
        let api_server_flags = vec![
            flag("token-auth-file", tokens.to_str().unwrap()),
            flag("oidc-issuer-url", &url),
            flag("oidc-ca-file", authority.to_str().unwrap()),
            flag("oidc-client-id", "kubernetes"),
            flag("oidc-username-claim", "sub"),
            flag("oidc-username-prefix", "-"),
            flag("oidc-groups-claim", "groups"),
            flag("oidc-signing-algs", "ES256"),
        ];
        let cluster = Cluster::start(Options { nodes: false, api_server_flags, ..Options::default() }).unwrap();
        Issuing { cluster, issuer, key, _files: files }
    })
}

impl Issuing {
    /// An environment with this user.
    fn env(&self, user: &Value) -> TestEnv {
        let kubeconfig = json!({
            "clusters": [{"name": "c", "cluster": {
                "server": self.cluster.server_url(),
                "certificate-authority-data": cluster::base64(self.cluster.ca_pem().as_bytes()),
            }}],
            "users": [{"name": "u", "user": user}],
            "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
            "current-context": "x",
        });
        let env = TestEnv::new().program(executable(NS_SWITCH));
        env.file(".kube/config", kubeconfig.to_string());
        env
    }

    /// An ID token that ends in an hour.
    fn id_token(&self) -> String {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let claims = json!({"iss": self.issuer.url(), "aud": "kubernetes", "sub": "olga", "groups": ["dev"], "iat": now, "exp": now + 3600});
        let part = |value: &Value| BASE64.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({"alg": "ES256", "kid": "a"})), part(&claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64.encode(signature.as_ref()))
    }
}

#[test]
fn a_static_token_has_a_uid_and_no_end() {
    let env = issuing().env(&json!({"token": "static-secret"}));
    let (document, stderr) = identity(&env, &[], 0);
    assert_eq!((&document["user"], &document["uid"]), (&json!("carol"), &json!("uid-7")));
    assert_eq!(document["groups"], json!(["ops", "dev", "system:authenticated"]));
    let authentication = json!({"kind": "token", "expires": null, "impersonates": null});
    assert_eq!((&document["authentication"], stderr.as_str()), (&authentication, ""));
    let flag = issuing().env(&json!({}));
    let (document, _) = identity(&flag, &["--token", "static-secret"], 0);
    assert_eq!((&document["user"], &document["authentication"]), (&json!("carol"), &authentication));
}

#[test]
fn a_plugin_is_named_and_runs() {
    let script = TestEnv::new();
    let login = script.script(
        "login",
        "#!/bin/sh\necho '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {\"token\": \"static-secret\"}}'\n",
    );
    let exec = |login| json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": login, "interactiveMode": "Never"}});
    let (document, stderr) = identity(&issuing().env(&exec(login)), &[], 0);
    assert_eq!((&document["user"], stderr.as_str()), (&json!("carol"), ""));
    assert_eq!(
        (&document["authentication"]["kind"], &document["authentication"]["expires"]),
        (&json!("exec:login"), &Value::Null)
    );
    // What it says of the end is shown; that this is soon is no reason to warn, since it gives another one then.
    let soon = jiff::Timestamp::now() + Duration::from_secs(600);
    let ending = script.script(
        "ending",
        &format!("#!/bin/sh\necho '{{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", \"status\": {{\"token\": \"static-secret\", \"expirationTimestamp\": \"{soon:.0}\"}}}}'\n"),
    );
    let env = issuing().env(&exec(ending));
    let (document, stderr) = identity(&env, &[], 0);
    assert_eq!((&document["authentication"]["expires"], stderr.as_str()), (&json!(format!("{soon:.0}")), ""));
    let (status, stdout, _) = run(&env, &["whoami"]);
    assert!(status == 0 && stdout.contains("exec:ending, expires in "), "{stdout}");
}

#[test]
fn an_oidc_login_is_believed_by_the_server_that_knows_the_issuer() {
    let issuing = issuing();
    let config = json!({"idp-issuer-url": issuing.issuer.url(), "client-id": "kubernetes", "id-token": issuing.id_token()});
    let env = issuing.env(&json!({"auth-provider": {"name": "oidc", "config": config}}));
    // The server asks the issuer for its keys some time after it has started.
    let deadline = Instant::now() + Duration::from_secs(120);
    while run(&env, &["whoami", "-o", "name"]).0 != 0 {
        assert!(Instant::now() < deadline, "{:?}", run(&env, &["whoami"]));
        std::thread::sleep(Duration::from_millis(200));
    }
    let (document, _) = identity(&env, &[], 0);
    assert_eq!(
        (&document["user"], &document["groups"]),
        (&json!("olga"), &json!(["dev", "system:authenticated"]))
    );
    assert_eq!(document["authentication"]["kind"], "oidc");
    assert!(document["authentication"]["expires"].is_string(), "{document}");
}
