//! The examples and exit statuses at the end of each `--help`. The examples run in the cluster of `cargo demo`.

use shared::cli::EXIT_STATUS_HELP;

/// Returns the end of the plugin's own help.
pub fn plugin() -> String {
    format!("{EXAMPLES}\n\n{EXIT_STATUS_HELP}")
}

const EXAMPLES: &str = "\
Examples:
  # Show what a drain would do with every pod of a node
  kubectl drain-safe plan worker-a1

  # Drain it as shown, without being asked
  kubectl drain-safe worker-a1 --yes

  # Let pods in again
  kubectl drain-safe undo worker-a1 --yes";

/// The end of `drain --help`.
pub const DRAIN: &str = "\
Examples:
  # Show the plan, ask, and drain
  kubectl drain-safe worker-a1 --yes

  # Show what would be done, after the server was asked
  kubectl drain-safe worker-b1 --dry-run=server

  # Drain a zone, two nodes at a time, as soon as replacements are ready
  kubectl drain-safe --zone eu-west-1a --max-parallel 2 --wait-replacements \\
    --dry-run

  # Carry out a plan that was reviewed, unless the cluster has changed
  kubectl drain-safe plan worker-b1 -o json > plan.json
  kubectl drain-safe worker-b1 --plan plan.json --dry-run

Exit status:
  0    drained, or nothing to do
  3    blocked: the plan says by what
  4    incomplete: pods remain
  5    refused by a guard, or the cluster has changed since the plan
  130  canceled";

/// The end of `plan --help`.
pub const PLAN: &str = "\
Examples:
  # Show what becomes of every pod of a node
  kubectl drain-safe plan worker-a1

  # Plan a zone, and keep a fifth of the remaining nodes free
  kubectl drain-safe plan --zone eu-west-1a --keep-free 20%

  # Plan from a dump instead of a cluster
  kubectl get -A -o yaml > dump.yaml \\
    nodes,pods,pdb,deploy,rs,sts,ds,jobs,ns,quota,limits,hpa,pv,pvc,sc
  kubectl drain-safe plan worker-b1 --from dump.yaml

Exit status:
  0  the nodes can be drained
  3  something blocks the drain
  4  something could not be read
  5  a guard would refuse";

/// The end of `resume --help`.
pub const RESUME: &str = "\
Examples:
  # Go on with the only drain that was interrupted
  kubectl drain-safe resume --yes

  # Go on with the drain of one node
  kubectl drain-safe resume worker-a1 --yes

Exit status:
  0  drained
  1  no such drain
  4  incomplete: pods remain
  5  another process works on this drain";

/// The end of `status --help`.
pub const STATUS: &str = "\
Examples:
  # Show the drains of the cluster
  kubectl drain-safe status

  # Show them to a script
  kubectl drain-safe status -o json

Exit status:
  0  success";

/// The end of `finish --help`.
pub const FINISH: &str = "\
Examples:
  # Wait until a node is Ready again, and uncordon it
  kubectl drain-safe finish worker-a1

  # Wait longer, as for an upgrade
  kubectl drain-safe finish worker-a1 --timeout 30m

Exit status:
  0  the node takes pods again
  4  it was not Ready in time";

/// The end of `undo --help`.
pub const UNDO: &str = "\
Examples:
  # Uncordon what the drain of a node has cordoned
  kubectl drain-safe undo worker-a1 --yes

Exit status:
  0  taken back, or nothing to take back
  1  no such drain
  4  something could not be taken back";

/// The end of `rolling --help`.
pub const ROLLING: &str = r#"Examples:
  # Drain a zone node by node, each once the one before is back
  kubectl drain-safe rolling --zone eu-west-1a --dry-run

  # Upgrade each node by a program of yours when it is drained
  kubectl drain-safe rolling -l '!node-role.kubernetes.io/control-plane' \
    --exec-after './upgrade.sh "$NODE"' --until v1.37.2 --dry-run

Exit status:
  0    all nodes are back, and workloads are whole
  3    blocked: the plan says by what
  4    a node was not back in time: the rest is left alone
  5    refused by a guard
  130  canceled"#;

/// The end of `explain --help`.
pub const EXPLAIN: &str = "\
Examples:
  # Explain what a drain does with one pod
  kubectl drain-safe explain trainer-0 -n training

Exit status:
  0  the pod can be evicted
  3  something blocks it
  4  something could not be read";

/// The end of `doctor --help`.
pub const DOCTOR: &str = "\
Examples:
  # Show which nodes can be drained now
  kubectl drain-safe doctor

  # Show them to a script
  kubectl drain-safe doctor -o json

Exit status:
  0  every node can be drained
  3  some can't
  4  something could not be read";

/// The end of `export --help`.
pub const EXPORT: &str = "\
Examples:
  # Write what an upgrade could lose
  kubectl drain-safe export --to saved

Exit status:
  0  written
  4  something could not be read";

/// The end of `restore --help`.
pub const RESTORE: &str = "\
Examples:
  # Show what the cluster lacks of an export
  kubectl drain-safe restore saved --dry-run

  # Create it
  kubectl drain-safe restore saved --yes

Exit status:
  0  created, or nothing is missing
  4  something could not be created";

/// The end of `backup --help`.
pub const BACKUP: &str = "\
Examples:
  # Write all objects, and a snapshot of etcd
  kubectl drain-safe backup --to before --etcd https://10.0.0.10:2379 \\
    --etcd-cacert ca.crt --etcd-cert client.crt --etcd-key client.key

Exit status:
  0  written, and the snapshot is whole
  1  there is no snapshot, and nothing is left of it
  4  something could not be read";

/// The end of `rbac --help`.
pub const RBAC: &str = "\
Examples:
  # Permit a service account to drain
  kubectl drain-safe rbac drain | kubectl apply -f -

  # Show what planning needs
  kubectl drain-safe rbac plan

Exit status:
  0  success";
