//! The words and flags of `user`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use shared::{
    cli::{DryRun, OutputFlags, RequestTimeout},
    output::{Format, FormatSet},
};

use crate::{
    completers,
    kubectl_flags::{NAMESPACE, hidden, namespace_with_help},
    users::{Lifetime, Subject},
};

/// The formats of `user add` and `user renew`.
#[derive(Clone, Debug)]
pub struct AccessFormats;

impl FormatSet for AccessFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml, Format::Name];

    const NAME_HELP: &'static str = "Only the file or context that has the credentials";
}

/// The formats of `user list`.
#[derive(Clone, Debug)]
pub struct UserFormats;

impl FormatSet for UserFormats {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Yaml];
}

pub const LONG_ABOUT: &str = "\
Give people and programs access: certificates, tokens of service accounts, and kubeconfigs with them

A person gets a client certificate: the key is made on this computer and goes into the kubeconfig alone, the cluster signs a \
request. A program gets a token of its service account. What they may do is another matter: that is what RoleBindings say, \
which `kubectl ns-switch create` makes.

A certificate can't be taken back before it expires: prefer short ones, and renew them.";

const ADD_EXAMPLES: &str = "\
Examples:
  # Write jane.kubeconfig, valid for a day
  kubectl ns-switch user add jane --group developers

  # Give a service account a token for a month
  kubectl ns-switch user add sa:shop/ci --expires 30d --file ci.kubeconfig

Exit status:
  0  issued
  4  the signer did not answer in time
  5  the file exists
  6  not permitted (RBAC)";

const RENEW_EXAMPLES: &str = "\
Examples:
  # Renew what is in jane.kubeconfig
  kubectl ns-switch user renew jane

Exit status:
  0  renewed
  4  the signer did not answer in time
  6  not permitted (RBAC)";

const LIST_EXAMPLES: &str = "\
Examples:
  # List requests and what was issued, with expiry
  kubectl ns-switch user list

Exit status:
  0  listed
  4  some requests could not be read";

/// The end of the help: examples and exit statuses.
pub const EXAMPLES: &str = "\
Examples:
  # Write jane.kubeconfig, valid for a day
  kubectl ns-switch user add jane --group developers

  # Give the service account ci of namespace shop a token for a month
  kubectl ns-switch user add sa:shop/ci --expires 30d --file ci.kubeconfig

  # Try it out as a context of your own
  kubectl ns-switch user add jane --add-context as-jane

  # Renew what is in jane.kubeconfig
  kubectl ns-switch user renew jane

  # Show all requests and what was issued from here
  kubectl ns-switch user list

Exit status:
  0  done
  4  the signer did not answer in time
  5  the file exists
  6  not permitted (RBAC)";

/// The arguments of `kubectl ns-switch user`.
#[derive(Args, Clone, Debug)]
#[command(disable_help_subcommand = true)]
pub struct UserArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What `user` does.
#[derive(Clone, Debug, Subcommand)]
pub enum UserCommand {
    /// Issue credentials to a person or a service account, with a kubeconfig
    #[command(args = namespace_with_help("The namespace of the new context [default: that of the context in effect]"))]
    #[command(after_help = ADD_EXAMPLES)]
    Add(IssueArgs),
    /// Renew the credentials in a kubeconfig
    #[command(args = hidden(NAMESPACE), after_help = RENEW_EXAMPLES)]
    Renew(IssueArgs),
    /// List the requests for certificates, and what was issued from this computer
    #[command(args = hidden(NAMESPACE), after_help = LIST_EXAMPLES)]
    List(ListArgs),
}

/// The arguments of `user add` and `user renew`.
#[derive(Args, Clone, Debug)]
pub struct IssueArgs {
    /// The person, or the service account as sa:NAMESPACE/NAME
    #[arg(value_name = "NAME")]
    pub subject: Subject,

    /// Put the person into this group; may be repeated [renew: those of the old certificate]
    #[arg(long = "group", value_name = "GROUP")]
    pub groups: Vec<String>,

    /// Let the credentials expire after this time: 90m, 24h, 30d
    #[arg(long, value_name = "DURATION", default_value = "24h")]
    pub expires: Lifetime,

    /// The kubeconfig file [default: ./NAME.kubeconfig]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "add_context")]
    pub file: Option<PathBuf>,

    /// Use a context of your own kubeconfig instead of a file
    #[arg(long, value_name = "CONTEXT", add = completers::contexts())]
    pub add_context: Option<String>,

    /// Wait this long for the signer
    #[arg(long, value_name = "DURATION", default_value = "1m")]
    pub timeout: RequestTimeout,

    /// How far it goes.
    #[command(flatten)]
    pub dry_run: DryRun,

    /// The format of the result.
    #[command(flatten)]
    pub output: OutputFlags<AccessFormats>,
}

/// The arguments of `user list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// The format of the list.
    #[command(flatten)]
    pub output: OutputFlags<UserFormats>,
}
