//! The examples and exit statuses at the end of each `--help`. The examples run in the cluster of `cargo demo`.

use shared::cli::EXIT_STATUS_HELP;

/// Returns the end of the plugin's own help.
pub fn plugin() -> String {
    format!("{EXAMPLES}\n\n{EXIT_STATUS_HELP}")
}

const EXAMPLES: &str = "\
Examples:
  # List load balancers, and which of their ports speak TLS
  kubectl elb-tls list -A

  # Show what a certificate makes of the ports, and what that hurts
  kubectl elb-tls plan nodejs -n front --ports 443 --backend http \\
    --cert arn:aws:acm:eu-west-1:123456789012:certificate/0-1-2-3-4

  # Check annotations
  kubectl elb-tls check -A";

/// The end of `list --help`.
pub const LIST: &str = "\
Examples:
  # List the Services with load balancers
  kubectl elb-tls list -A

  # List those without TLS, for a script
  kubectl elb-tls list -A --only plain -o name

Exit status:
  0  success
  4  something could not be read";

/// The end of `plan --help`.
pub const PLAN: &str = "\
Examples:
  # Show the listeners that the annotations of now make
  kubectl elb-tls plan legacy -n front

  # Show what a certificate would make of port 443
  kubectl elb-tls plan nodejs -n front --ports 443 --backend http \\
    --cert arn:aws:acm:eu-west-1:123456789012:certificate/0-1-2-3-4

  # Plan a manifest, without a cluster
  kubectl get service nodejs -n front -o yaml > service.yaml
  kubectl elb-tls plan -f service.yaml --local --controller lbc

Exit status:
  0  the next sync does what is planned
  3  the controller would refuse, or the change hurts
  4  something could not be read";

/// The end of `check --help`.
pub const CHECK: &str = "\
Examples:
  # Check all Services
  kubectl elb-tls check -A

  # Check manifests in a pipeline, without a cluster
  kubectl get service legacy -n front -o yaml > service.yaml
  kubectl elb-tls check -f service.yaml --local -o sarif

Exit status:
  0  no finding of the severity of --fail-on
  3  findings
  4  something could not be read";

/// The end of `annotate --help`.
pub const ANNOTATE: &str = "\
Examples:
  # Put TLS on port 443, and only show what would change
  kubectl elb-tls annotate nodejs -n front --ports 443 --backend http \\
    --cert arn:aws:acm:eu-west-1:123456789012:certificate/0-1-2-3-4 \\
    --region eu-west-1 --dry-run=server

  # Print the change as a patch for Git
  kubectl elb-tls annotate nodejs -n front --draining 60 -o kustomize

Exit status:
  0    changed, or nothing to change
  3    refused: errors that the change would make
  4    --wait or --verify ended without an answer
  5    another manager owns a key, or the Service has changed
  130  canceled";

/// The end of `status --help`.
pub const STATUS: &str = "\
Examples:
  # Show who acts on a Service, and how its last sync ended
  kubectl elb-tls status nodejs -n front

Exit status:
  0  synced
  3  the last sync failed
  4  something could not be read, or nobody acts on the Service";

/// The end of `wait --help`.
pub const WAIT: &str = "\
Examples:
  # Wait until the last change is carried out
  kubectl elb-tls wait nodejs -n front --timeout 10s

  # Wait for a hostname
  kubectl elb-tls wait nodejs -n front --for hostname --timeout 10s

Exit status:
  0  it has come about
  3  the sync failed
  4  not in time";

/// The end of `verify --help`.
pub const VERIFY: &str = "\
Examples:
  # Connect to each TLS port, and compare with the annotations
  kubectl elb-tls verify nodejs -n front

  # Connect to one address by a name that DNS lacks yet
  kubectl elb-tls verify nodejs -n front --port 443 \\
    --address 127.0.0.1:443 --servername shop.example.com

Exit status:
  0  clients get what the annotations say
  3  they do not
  4  nothing could be connected to";

/// The end of `migrate --help`.
pub const MIGRATE: &str = "\
Examples:
  # Print a Service for the AWS Load Balancer Controller, and the steps to it
  kubectl elb-tls migrate nodejs -n front --to lbc

Exit status:
  0  printed
  3  this Service can't be migrated so";

/// The end of `rollback --help`.
pub const ROLLBACK: &str = "\
Examples:
  # List the changes by annotate
  kubectl elb-tls rollback nodejs -n front --list

  # Show what the last one would be put back to
  kubectl elb-tls rollback nodejs -n front --dry-run

Exit status:
  0    put back, or nothing to put back
  1    no such change
  5    the annotations have changed since
  130  canceled";

/// The end of `explain --help`.
pub const EXPLAIN: &str = "\
Examples:
  # Explain an annotation, by the end of its key
  kubectl elb-tls explain ssl-ports

  # Explain what a rule finds
  kubectl elb-tls explain ELB-EXP-001

Exit status:
  0  explained
  2  no such key or rule";

/// The end of `policies --help`.
pub const POLICIES: &str = "\
Examples:
  # List the security policies of Network Load Balancers
  kubectl elb-tls policies --for network

Exit status:
  0  success";

/// The end of `rbac --help`.
pub const RBAC: &str = "\
Examples:
  # Permit a team to change annotations of its Services
  kubectl elb-tls rbac annotate -n front | kubectl apply -f -

Exit status:
  0  success";
