//! What the client itself refuses of an entry, less what `doctor` finds with words of its own.

use shared::{
    Error,
    client::{Environment, cluster_refusals, user_refusals},
    kubeconfig::{NamedCluster, NamedUser},
    regular_file,
};

use super::facts::Refusal;

/// Returns a refusal as a fact.
pub fn refusal(error: &Error) -> Refusal {
    Refusal { message: error.sentence().to_owned(), advice: error.hint().map(ToOwned::to_owned) }
}

/// Returns why no request can be sent to a cluster. A certificate authority that can't be decoded or read has a finding
/// of its own, so it is left out here.
pub fn refusals_of_cluster(named: &NamedCluster, environment: &Environment) -> Vec<Refusal> {
    let mut rest = named.clone();
    let authority = &mut rest.cluster.certificate_authority;
    if rest.cluster.certificate_authority_data.is_none() {
        authority.take_if(|path| regular_file::read(&path.resolved).is_err());
    }
    cluster_refusals(&rest, environment).iter().map(refusal).collect()
}

/// Returns why no request can be sent as a user. `told` are the problems of its certificate, token file or provider that
/// have a finding already: what they are about is left out here.
pub fn refusals_of_user(named: &NamedUser, told: &[String], environment: &Environment) -> Vec<Refusal> {
    let mut rest = named.clone();
    let user = &mut rest.user;
    if !told.is_empty() {
        user.auth_provider.take_if(|provider| provider.name != "oidc");
        user.token_file.take_if(|file| regular_file::read(&file.resolved).is_err());
        (user.client_certificate, user.client_certificate_data) = (None, None);
        (user.client_key, user.client_key_data) = (None, None);
    }
    user_refusals(&rest, environment).iter().map(refusal).collect()
}
