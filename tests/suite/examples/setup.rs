//! What examples take for granted besides the example cluster: files, contexts; and how those end that do not succeed.

use super::NAME;
use support::TestEnv;

/// Returns the examples of this plugin's help that do not end with 0.
#[rustfmt::skip]
pub fn statuses() -> &'static [(&'static str, i32)] {
    match NAME {
        "quota" => &[
            ("kubectl quota usage -n checkout --fail-at 90", 3),
            ("kubectl quota check -f manifests/", 3),
            ("kubectl create deployment api --image=nginx --replicas=9 --dry-run=client -o yaml | kubectl quota check -n sandbox -f -", 3),
            ("kubectl quota check -f manifests/ --ask-server", 3),
            ("kubectl quota check -f manifests/ --from dump.yaml", 3),
            ("kubectl quota rollout -A --from dump.yaml", 3),
            ("kubectl quota explain -A --from dump.yaml", 3),
            ("kubectl quota what-if -n sandbox -f quota.yaml --from dump.yaml", 3),
            ("kubectl quota lint --from dump.yaml", 3),
            // It asks questions, and there is no terminal.
            ("kubectl quota create -n batch", 2),
            ("kubectl quota explain -n sandbox", 3),
            ("kubectl quota explain deployment/experiment -n sandbox", 3),
            ("kubectl describe rs -n sandbox | kubectl quota explain - -n sandbox", 3),
            ("kubectl quota what-if -n checkout --quota compute-quota --hard requests.cpu=1500m", 3),
            ("kubectl quota what-if -n sandbox -f quota.yaml", 3),
            // Of kinds without objects a dump says nothing.
            ("kubectl quota who --from dump.yaml", 4),
            // There is no metrics-server.
            ("kubectl quota who -n shop --unused", 4),
            ("kubectl quota lint -A", 3),
            ("kubectl quota lint -A --fail-on warning -o sarif", 3),
        ],
        "ns-switch" => &[
            // They ask, and there is no terminal.
            ("kubectl ns-switch use", 2),
            ("kubectl ns-switch contexts -d one two --orphans", 2),
            ("kubectl ns-switch create shop --memory 10Gi --load-balancers 2 --cpu 2", 2),
            ("kubectl ns-switch create shop --profile medium --edit group:shop --admin user:jane", 2),
            ("kubectl ns-switch create shop --network-policy deny --allow-dns --allow-from ingress-nginx", 2),
            ("kubectl ns-switch create shop --profile small --edit user:jane --with-user jane", 2),
            // The example before it has made a context of this name.
            ("kubectl ns-switch contexts new=.", 5),
            ("kubectl ns-switch doctor --kubeconfig team.yaml -o json", 3),
        ],
        "drain-safe" => &[
            // The drain of worker-a1 is done and taken back by then.
            ("kubectl drain-safe resume --yes", 1),
            ("kubectl drain-safe resume worker-a1 --yes", 1),
            // A budget of worker-c1 never opens.
            ("kubectl drain-safe rolling -l '!node-role.kubernetes.io/control-plane' --exec-after './upgrade.sh \"$NODE\"' --until v1.37.2 --dry-run", 3),
            ("kubectl drain-safe doctor", 3),
            ("kubectl drain-safe doctor -o json", 3),
            // No etcd is at this address, and no certificates are there.
            ("kubectl drain-safe backup --to before --etcd https://10.0.0.10:2379 --etcd-cacert ca.crt --etcd-cert client.crt --etcd-key client.key", 1),
        ],
        _ => &[
            ("kubectl elb-tls check -A", 3),
            ("kubectl elb-tls check -f service.yaml --local -o sarif", 3),
            // No controller of AWS acts here, so there is no load balancer.
            ("kubectl elb-tls wait nodejs -n front --timeout 10s", 4),
            ("kubectl elb-tls wait nodejs -n front --for hostname --timeout 10s", 4),
            ("kubectl elb-tls verify nodejs -n front", 4),
            ("kubectl elb-tls verify nodejs -n front --port 443 --address 127.0.0.1:443 --servername shop.example.com", 3),
            // Nothing is recorded.
            ("kubectl elb-tls rollback nodejs -n front --dry-run", 1),
            ("kubectl elb-tls rollback nodejs -n front --list", 1),
        ],
    }
}

/// Returns the exit status that an example of help is to have.
pub fn status(line: &str) -> i32 {
    statuses().iter().find(|(example, _)| *example == line).map_or(0, |(_, status)| *status)
}

/// Adds the files and contexts that examples name.
pub fn prepare(env: TestEnv) -> TestEnv {
    env.file("manifests/deployment.yaml", DEPLOYMENT);
    for name in ["prod", "stage", "old", "one", "two", "add"] {
        let context = ["config", "set-context", name, "--cluster=admin", "--user=admin"];
        env.run("kubectl", context).success();
    }
    for namespace in ["web", "ingress-nginx", "list"] {
        env.run("kubectl", ["create", "namespace", namespace]).success();
    }
    env.run("kubectl", ["create", "serviceaccount", "ci", "--namespace=shop"]).success();
    let file = env.run("kubectl", ["config", "view", "--raw", "--minify"]).success().stdout;
    for name in ["team", "eu", "us"] {
        env.file(&format!("{name}.yaml"), file.replace("admin", name));
    }
    // There is a namespace to go back to.
    env.run("kubectl", ["config", "set-context", "--current", "--namespace=web"]).success();
    env.variable("SHELL", "/bin/bash")
}

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: sandbox}
spec:
  replicas: 1
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
      - name: api
        image: example.com/api:1
        resources: {requests: {cpu: 50m, memory: 32Mi}, limits: {cpu: 100m, memory: 64Mi}}
";
