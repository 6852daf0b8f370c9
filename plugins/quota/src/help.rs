//! The examples and exit statuses at the end of each `--help`. The examples run in the namespaces of `cargo demo`.

/// The exit statuses of the plugin.
pub const PLUGIN: &str = "\
Examples:
  # Show what the quotas of the current namespace leave
  kubectl quota

  # Explain why pods are refused, and what would help
  kubectl quota explain -n sandbox

Exit status:
  0    success, or the answer is yes
  1    error
  2    wrong usage
  3    the answer is no: refused, stuck, or over a threshold
  4    incomplete: something could not be read, or timed out
  5    refused by a safeguard: the values would break what runs
  6    not permitted (RBAC)
  7    the kubeconfig is invalid
  130  canceled";

/// The end of `usage --help`.
pub const USAGE: &str = "\
Examples:
  # Show the quotas of the current namespace
  kubectl quota usage

  # Show all namespaces, the highest percentages first
  kubectl quota usage -A --sort percent

  # Show totals per team, by a label of the namespaces
  kubectl quota usage -A --by label:team

  # Fail a pipeline when any quota of a namespace is 90% used
  kubectl quota usage -n checkout --fail-at 90

  # Read a dump instead of a cluster
  kubectl get resourcequotas,namespaces -A -o yaml > dump.yaml
  kubectl quota usage --from dump.yaml

Exit status:
  0  success
  3  a row reached --fail-at
  4  something could not be read";

/// The end of `check --help`.
pub const CHECK: &str = "\
Examples:
  # Check all manifests of a directory
  kubectl quota check -f manifests/

  # Check a new Deployment
  kubectl create deployment api --image=nginx --replicas=9 --dry-run=client \\
    -o yaml | kubectl quota check -n sandbox -f -

  # Let webhooks and policies of the server decide as well
  kubectl quota check -f manifests/ --ask-server

  # Check against a dump instead of a cluster
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,no -A \\
    -o yaml > dump.yaml
  kubectl quota check -f manifests/ --from dump.yaml

Exit status:
  0  all objects would be admitted
  3  an object would be refused
  4  a verdict is Unknown";

/// The end of `fits --help`.
pub const FITS: &str = "\
Examples:
  # Show how many more pods of a Deployment the quotas admit
  kubectl quota fits deployment/cart -n shop

  # Fail unless the Deployment can have 10 pods
  kubectl quota fits deployment/cart -n shop --replicas 10

  # Answer from a dump instead of a cluster, for all workloads in it
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,hpa,ns -A \\
    -o yaml > dump.yaml
  kubectl quota fits -A --from dump.yaml

Exit status:
  0  success
  3  --replicas does not fit
  4  something could not be read";

/// The end of `rollout --help`.
pub const ROLLOUT: &str = "\
Examples:
  # Check whether a restart of a Deployment completes
  kubectl quota rollout deployment/payment -n checkout

  # Check an update before it is applied
  kubectl get deployment payment -n checkout -o yaml > payment.yaml
  kubectl quota rollout -f payment.yaml

  # Answer from a dump instead of a cluster, for all workloads in it
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,hpa,ns -A \\
    -o yaml > dump.yaml
  kubectl quota rollout -A --from dump.yaml

Exit status:
  0  the rollout completes
  3  the rollout deadlocks
  4  something could not be read";

/// The end of `recommend --help`.
pub const RECOMMEND: &str = "\
Examples:
  # Print a quota and limits for a namespace, with reasons as comments
  kubectl quota recommend -n batch

  # Apply them
  kubectl quota recommend -n batch | kubectl apply -f -

  # Compare all namespaces in a table
  kubectl quota recommend -A -o table

  # Size the namespaces of a dump
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,hpa,ns -A \\
    -o yaml > dump.yaml
  kubectl quota recommend -A -o table --from dump.yaml

Exit status:
  0  success
  4  something could not be read
  5  the given values would break what runs";

/// The end of `create --help`.
pub const CREATE: &str = "\
Examples:
  # Answer questions, with what is in use beside each
  kubectl quota create -n batch

  # Set limits by flags, and only show what would be written
  kubectl quota create team -n batch --dry-run \\
    --hard requests.cpu=8,requests.memory=16Gi,pods=40

  # Start from the limits of a small team, and change one
  kubectl quota create small -n sandbox --team small --hard pods=40 --dry-run

  # Count only pods of one PriorityClass
  kubectl quota create high -n batch --hard pods=2 --dry-run \\
    --scope-selector 'PriorityClass in (important)'

Exit status:
  0    success
  4    written, but not enforced in time
  5    the values would break what runs, or the object has changed
  130  canceled";

/// The end of `explain --help`.
pub const EXPLAIN: &str = "\
Examples:
  # Explain everything that is stuck in a namespace
  kubectl quota explain -n sandbox

  # Explain one Deployment
  kubectl quota explain deployment/experiment -n sandbox

  # Explain a pasted refusal
  kubectl describe rs -n sandbox | kubectl quota explain - -n sandbox

  # Explain what is stuck in a dump
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,hpa,ev,ns -A \\
    -o yaml > dump.yaml
  kubectl quota explain -A --from dump.yaml

Exit status:
  0  nothing is refused now
  3  something is refused now
  4  something could not be read";

/// The end of `what-if --help`.
pub const WHAT_IF: &str = "\
Examples:
  # Show what a smaller quota would refuse at the next rollout
  kubectl quota what-if -n checkout --quota compute-quota \\
    --hard requests.cpu=1500m

  # Show the effect of a quota in a file
  kubectl get resourcequota pod-quota -n sandbox -o yaml > quota.yaml
  kubectl quota what-if -n sandbox -f quota.yaml

  # Answer from a dump instead of a cluster
  kubectl get quota,limits,deploy,rs,sts,ds,job,cj,po,pvc,svc,hpa,ns -A \\
    -o yaml > dump.yaml
  kubectl quota what-if -n sandbox -f quota.yaml --from dump.yaml

Exit status:
  0  every workload rolls out
  3  a rollout would be refused
  4  something could not be read";

/// The end of `verify --help`.
pub const VERIFY: &str = "\
Examples:
  # Recount the quotas of a namespace
  kubectl quota verify -n shop

  # Recount all quotas, and show what agrees as well
  kubectl quota verify -A --all

  # Recount a dump
  kubectl get quota,pods,svc,pvc,cm,deploy,rs,sts,job,cj -A -o yaml > dump.yaml
  kubectl quota verify --from dump.yaml

Exit status:
  0  what is recorded is what exists
  3  something drifts
  4  something could not be read";

/// The end of `who --help`.
pub const WHO: &str = "\
Examples:
  # Show who uses the quotas of a namespace
  kubectl quota who -n shop

  # Show who requests CPU, with each pod
  kubectl quota who -n shop -r requests.cpu --pods

  # Show which workloads request more than they use
  kubectl quota who -n shop --unused

  # Read a dump instead of a cluster
  kubectl get quota,pods,svc,pvc,cm,deploy,rs,sts,job,cj -A -o yaml > dump.yaml
  kubectl quota who --from dump.yaml

Exit status:
  0  success
  4  something could not be read";

/// The end of `lint --help`.
pub const LINT: &str = "\
Examples:
  # Check the quotas and LimitRanges of all namespaces
  kubectl quota lint -A

  # Explain a rule
  kubectl quota lint explain QTA-KEY-001

  # Report errors and warnings to a code scanner
  kubectl quota lint -A --fail-on warning -o sarif

  # Check a dump
  kubectl get quota,limits,deploy,sts,ds,cj,rs,rc,job,ns -A -o yaml > dump.yaml
  kubectl quota lint --from dump.yaml

Exit status:
  0  no findings of the severity of --fail-on
  3  findings
  4  something could not be read";

/// The end of `lint explain --help`.
pub const LINT_EXPLAIN: &str = "\
Examples:
  # Explain a rule
  kubectl quota lint explain QTA-KEY-001

Exit status:
  0  explained
  2  no such rule";

/// The end of `limits --help`.
pub const LIMITS: &str = "\
Examples:
  # Show the LimitRanges of a namespace
  kubectl quota limits -n batch

  # Show what the containers of a Deployment get, and from where
  kubectl quota limits deployment/cart -n shop

  # Show the same for manifests
  kubectl quota limits -n sandbox -f manifests/

  # Read a dump instead of a cluster
  kubectl get limits,deploy,rs,sts,ds,job,cj,po -A -o yaml > dump.yaml
  kubectl quota limits -n batch --from dump.yaml

Exit status:
  0  success
  3  LimitRanges refuse the pods
  4  something could not be read";

/// The end of `diff --help`.
pub const DIFF: &str = "\
Examples:
  # Compare the quotas before and after a change
  kubectl get quota -A -o yaml > old.yaml
  kubectl get quota -A -o yaml > new.yaml
  kubectl quota diff old.yaml new.yaml

  # Show one namespace, unchanged limits as well
  kubectl quota diff old.yaml new.yaml -n shop --all

Exit status:
  0  success, whatever differs";

/// The end of `rbac --help`.
pub const RBAC: &str = "\
Examples:
  # Permit a team to see who uses its quotas
  kubectl quota rbac who -n shop | kubectl apply -f -

  # Print what `verify -A` needs
  kubectl quota rbac verify -A

Exit status:
  0  success";

#[cfg(test)]
mod tests {
    use clap::Parser;

    use crate::args::QuotaArgs;

    /// Splits a command line as a shell does; only single quotes occur in the examples.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (index, part) in line.split('\'').enumerate() {
            match index % 2 {
                0 => words.extend(part.split_whitespace().map(str::to_owned)),
                _ => words.push(part.to_owned()),
            }
        }
        words
    }

    #[test]
    fn every_example_is_a_command_line_that_can_be_parsed() {
        let pages = [
            ("usage", super::USAGE),
            ("check", super::CHECK),
            ("fits", super::FITS),
            ("rollout", super::ROLLOUT),
            ("recommend", super::RECOMMEND),
            ("create", super::CREATE),
            ("explain", super::EXPLAIN),
            ("what-if", super::WHAT_IF),
            ("verify", super::VERIFY),
            ("who", super::WHO),
            ("lint", super::LINT),
            ("limits", super::LIMITS),
            ("diff", super::DIFF),
            ("rbac", super::RBAC),
        ];
        for (command, page) in pages {
            let lines = page.replace("\\\n", " ");
            let stages = lines.lines().flat_map(|line| line.split(['|', '>'])).map(words);
            let ours: Vec<_> =
                stages.filter(|words| words.starts_with(&["kubectl".into(), "quota".into()])).collect();
            assert!(ours.len() > 1, "{command} has examples");
            for mut words in ours {
                assert_eq!(words[2], command);
                words.remove(0);
                QuotaArgs::try_parse_from(&words).unwrap_or_else(|error| panic!("{words:?}: {error}"));
            }
        }
    }

    #[test]
    fn no_line_is_longer_than_a_terminal() {
        let pages = [super::PLUGIN, super::USAGE, super::CHECK, super::FITS, super::ROLLOUT];
        let more =
            [super::RECOMMEND, super::CREATE, super::EXPLAIN, super::WHAT_IF, super::VERIFY, super::WHO];
        let newest = [super::LINT, super::LIMITS, super::DIFF, super::RBAC];
        for line in pages.iter().chain(&more).chain(&newest).flat_map(|page| page.lines()) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
