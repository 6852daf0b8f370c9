//! The flags of `create`.

use clap::{Args, ValueEnum};
use shared::{
    admission::proposal::{ResourceAmount, TeamSize},
    cli::{DryRun, OutputFlags},
    output::{Format, FormatSet},
    quantity::Quantity,
};

use super::binding::{Label, RoleGrant, Subject};
use crate::completers;

/// The formats of `create`.
#[derive(Clone, Debug)]
pub struct CreateFormats;

impl FormatSet for CreateFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml, Format::Name];
}

pub const LONG_ABOUT: &str = "\
Create a namespace for a team, with everything in it

Without flags on a terminal the command asks. Whatever the flags name is written: the namespace with its labels, what \
containers get by default, the quota, network policies, the pull secret of the default service account, and last who may \
work in it. What is there already is shown and stays, but for what the flags name. The command can be run again at any time: \
it goes on where it was stopped.

Fields that others own are not changed: exit status 5, unless --force-conflicts takes them over.";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # A namespace with 10 GiB of memory, 2 load balancers and 2 cores
  kubectl ns-switch create shop --memory 10Gi --load-balancers 2 --cpu 2

  # A namespace of the usual size, which a group may edit and one may administer
  kubectl ns-switch create shop --profile medium --edit group:shop \\
    --admin user:jane

  # Nothing comes in but from the ingress, nothing goes out but DNS
  kubectl ns-switch create shop --network-policy deny --allow-dns \\
    --allow-from ingress-nginx

  # A namespace and a kubeconfig for the person who works in it
  kubectl ns-switch create shop --profile small --edit user:jane \\
    --with-user jane

  # Print the manifests, for Git
  kubectl ns-switch create shop --profile small --dry-run -o yaml

Exit status:
  0    created, or all of it was there
  1    an object could not be created
  5    another manager owns a field
  6    not permitted (RBAC)
  130  canceled";

/// Team sizes on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// A few services: 2 CPUs, 4Gi of memory, 20 pods
    Small,
    /// A product: 8 CPUs, 16Gi of memory, 50 pods
    Medium,
    /// A platform: 32 CPUs, 64Gi of memory, 200 pods
    Large,
}

impl Profile {
    /// Returns the size.
    pub fn size(self) -> TeamSize {
        match self {
            Self::Small => TeamSize::Small,
            Self::Medium => TeamSize::Medium,
            Self::Large => TeamSize::Large,
        }
    }
}

/// Pod Security levels (<https://kubernetes.io/docs/concepts/security/pod-security-standards/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PodSecurity {
    /// Only what follows best practices
    Restricted,
    /// No known way to gain privileges
    Baseline,
    /// Everything
    Privileged,
}

impl PodSecurity {
    /// Returns the value of the labels.
    pub fn word(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::Baseline => "baseline",
            Self::Privileged => "privileged",
        }
    }
}

/// What network policies close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum NetworkPolicy {
    /// No traffic in or out
    Deny,
    /// No incoming traffic
    DenyIngress,
    /// No network policy
    #[default]
    None,
}

impl NetworkPolicy {
    /// Returns the value of the flag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::DenyIngress => "deny-ingress",
            Self::None => "none",
        }
    }
}

/// Reads a quantity in the server's words.
fn quantity(text: &str) -> Result<Quantity, String> {
    Quantity::parse(text).map_err(|error| error.to_string())
}

/// The arguments of `kubectl ns-switch create`.
#[derive(Args, Clone, Debug)]
pub struct CreateArgs {
    /// The namespace
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Start from the quota and the container defaults of a team size; the other flags override single values
    #[arg(long, value_name = "SIZE", value_enum, help_heading = "Quota")]
    pub profile: Option<Profile>,

    /// Limit the CPUs that all pods may request
    #[arg(long, value_name = "QUANTITY", value_parser = quantity, help_heading = "Quota")]
    pub cpu: Option<Quantity>,

    /// Limit the memory that all pods may request
    #[arg(long, value_name = "QUANTITY", value_parser = quantity, help_heading = "Quota")]
    pub memory: Option<Quantity>,

    /// Limit the number of pods
    #[arg(long, value_name = "QUANTITY", value_parser = quantity, help_heading = "Quota")]
    pub pods: Option<Quantity>,

    /// Limit the number of Services of type LoadBalancer
    #[arg(long, value_name = "QUANTITY", value_parser = quantity, help_heading = "Quota")]
    pub load_balancers: Option<Quantity>,

    /// Limit any resource, for example limits.memory=8Gi,count/jobs.batch=10; may be repeated
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Quota")]
    pub hard: Vec<ResourceAmount>,

    /// Set default requests for containers that specify none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Quota")]
    pub default_request: Vec<ResourceAmount>,

    /// Set default limits for containers that specify none
    #[arg(long, value_name = "RESOURCE=QUANTITY", value_delimiter = ',', help_heading = "Quota")]
    pub default_limit: Vec<ResourceAmount>,

    /// Label the namespace; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub label: Vec<Label>,

    /// Enforce a Pod Security level [default of a new namespace: baseline]
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub pod_security: Option<PodSecurity>,

    /// Close the network of the namespace's pods
    #[arg(long, value_name = "POLICY", value_enum, default_value_t, help_heading = "Network")]
    pub network_policy: NetworkPolicy,

    /// Let pods of this namespace in; may be repeated
    #[arg(long, value_name = "NAMESPACE", help_heading = "Network", add = completers::namespaces())]
    pub allow_from: Vec<String>,

    /// Let DNS requests to kube-system out
    #[arg(long, help_heading = "Network")]
    pub allow_dns: bool,

    /// Let the default service account pull images with this Secret
    #[arg(long, value_name = "SECRET")]
    pub pull_secret: Option<String>,

    /// Let somebody view the namespace: user:NAME, group:NAME or sa:NAMESPACE/NAME; may be repeated
    #[arg(long, value_name = "SUBJECT", help_heading = "Access")]
    pub view: Vec<Subject>,

    /// Let somebody edit what is in the namespace; may be repeated
    #[arg(long, value_name = "SUBJECT", help_heading = "Access")]
    pub edit: Vec<Subject>,

    /// Let somebody administer the namespace; may be repeated
    #[arg(long, value_name = "SUBJECT", help_heading = "Access")]
    pub admin: Vec<Subject>,

    /// Bind a Role of the namespace to somebody; may be repeated
    #[arg(long, value_name = "ROLE=SUBJECT", help_heading = "Access")]
    pub role: Vec<RoleGrant>,

    /// Issue a certificate to this user, in ./USER.kubeconfig, as `user add` does
    #[arg(long, value_name = "USER", help_heading = "Access")]
    pub with_user: Option<crate::users::Subject>,

    /// Switch to the namespace when it is there
    #[arg(long)]
    pub switch: bool,

    /// Answer the confirmation with yes
    #[arg(short, long)]
    pub yes: bool,

    /// Take over fields that others own
    #[arg(long)]
    pub force_conflicts: bool,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,

    /// The format of the result; with --dry-run, yaml prints the manifests.
    #[command(flatten)]
    pub output: OutputFlags<CreateFormats>,
}

impl CreateArgs {
    /// Returns whether no flag says what is to be in the namespace.
    pub fn asks(&self) -> bool {
        let Self { profile, cpu, memory, pods, load_balancers, hard, .. } = self;
        let quota = profile.is_none() && hard.is_empty();
        let numbers = [cpu, memory, pods, load_balancers].iter().all(|number| number.is_none());
        let defaults = self.default_request.is_empty() && self.default_limit.is_empty();
        let labels = self.label.is_empty() && self.pod_security.is_none() && self.pull_secret.is_none();
        let network =
            self.network_policy == NetworkPolicy::None && self.allow_from.is_empty() && !self.allow_dns;
        let subjects = self.view.is_empty() && self.edit.is_empty() && self.admin.is_empty();
        let access = subjects && self.role.is_empty() && self.with_user.is_none();
        quota && numbers && defaults && labels && network && access
    }
}
