//! What is to be in the namespace. Pure.

use std::collections::BTreeMap;

use shared::{
    Error, Result,
    admission::{
        limit_range::Item,
        proposal::{
            LimitRangeProposal, QuotaProposal, ResourceAmount, TeamSize, invalid_message, refuse_invalid,
        },
        resource_names::is_enforceable,
    },
    cli::ExitStatus,
    resources::ResourceList,
};

use super::{
    args::{CreateArgs, NetworkPolicy, PodSecurity},
    binding::{Binding, Role},
};
use crate::switching::check_name;

/// The name of the quota and of the LimitRange, as of `kubectl quota create`.
const RULES: &str = "quota";

/// What is to be in the namespace.
#[derive(Clone, Debug)]
pub struct Specification {
    /// The namespace.
    pub name: String,
    /// Its labels, but for those of Pod Security.
    pub labels: BTreeMap<String, String>,
    /// The Pod Security level; none leaves an existing namespace as it is.
    pub pod_security: Option<PodSecurity>,
    /// The quota, if there is to be one.
    pub quota: Option<QuotaProposal>,
    /// The LimitRange, if there is to be one.
    pub range: Option<LimitRangeProposal>,
    /// What network policies close.
    pub network_policy: NetworkPolicy,
    /// The namespaces whose traffic is allowed.
    pub allow_from: Vec<String>,
    /// Whether DNS is let out.
    pub allow_dns: bool,
    /// The pull secret of the default service account.
    pub pull_secret: Option<String>,
    /// Who gets which role.
    pub bindings: Vec<Binding>,
}

impl Specification {
    /// Reads the flags.
    ///
    /// # Errors
    /// Flags that contradict one another, and what the server would refuse as invalid, in its words.
    pub fn from_args(args: &CreateArgs, name: String) -> Result<Self> {
        check_name(&name)?;
        let quota = quota(args);
        let range = range(args);
        let own = args
            .role
            .iter()
            .map(|grant| Binding { role: Role::Own(grant.role.clone()), subject: grant.subject.clone() });
        let of = |role, subjects: &[super::binding::Subject]| -> Vec<Binding> {
            let binding = |subject: &super::binding::Subject| Binding {
                role: Role::Cluster(role),
                subject: subject.clone(),
            };
            subjects.iter().map(binding).collect()
        };
        let mut bindings = of("view", &args.view);
        bindings.extend(of("edit", &args.edit));
        bindings.extend(of("admin", &args.admin));
        bindings.extend(own);
        let mut unique: Vec<Binding> = Vec::new();
        for binding in bindings {
            if !unique.contains(&binding) {
                unique.push(binding);
            }
        }
        let specification = Self {
            name,
            labels: args.label.iter().map(|label| (label.key.clone(), label.value.clone())).collect(),
            pod_security: args.pod_security,
            quota,
            range,
            network_policy: args.network_policy,
            allow_from: args.allow_from.clone(),
            allow_dns: args.allow_dns,
            pull_secret: args.pull_secret.clone().filter(|secret| !secret.is_empty()),
            bindings: unique,
        };
        specification.validate()?;
        Ok(specification)
    }

    fn validate(&self) -> Result<()> {
        if self.network_policy == NetworkPolicy::None && !self.allow_from.is_empty() {
            // An opening alone would close everything else.
            return Err(Error::usage(
                "--allow-from opens what --network-policy closes, and nothing is closed",
            )
            .with_hint("add --network-policy deny-ingress, or deny"));
        }
        if self.network_policy != NetworkPolicy::Deny && self.allow_dns {
            return Err(Error::usage(
                "--allow-dns opens what --network-policy deny closes, and that is not given",
            )
            .with_hint("add --network-policy deny"));
        }
        self.allow_from.iter().try_for_each(|namespace| check_name(namespace))?;
        let mut complaints = Vec::new();
        if let Some(quota) = &self.quota {
            let said = |why: String| invalid_message("ResourceQuota", &quota.name, &why);
            complaints.extend(quota.complaints().into_iter().map(said));
        }
        if let Some(range) = &self.range {
            let said = |why: String| invalid_message("LimitRange", &range.name, &why);
            complaints.extend(range.complaints()?.into_iter().map(said));
        }
        refuse_invalid(&complaints)?;
        let names = self.quota.iter().flat_map(|quota| quota.hard.keys());
        let never: Vec<_> = names.filter(|name| !is_enforceable(name)).map(String::as_str).collect();
        match never.is_empty() {
            true => Ok(()),
            false => Err(Error::new(format!("never enforced: Kubernetes does not count {}", never.join(", ")))
                .with_status(ExitStatus::Guarded)
                .with_hint("use requests.NAME for extended resources and count/PLURAL.GROUP (count/deployments.apps) for objects")),
        }
    }

    /// Returns the resources that pods have to name in this namespace, since its quota counts them and nothing fills them in.
    pub fn required_of_pods(&self) -> Vec<String> {
        let counted = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];
        let hard = self.quota.as_ref().map(|quota| &quota.hard);
        let container = self.range.as_ref().map(|range| &range.container);
        let missing = counted.into_iter().filter(|resource| {
            let Some((list, name)) = resource.split_once('.') else { return false };
            let filled = container.is_some_and(|item| {
                let requests = item.default_request.contains_key(name) || item.default.contains_key(name);
                if list == "requests" { requests } else { item.default.contains_key(name) }
            });
            hard.is_some_and(|hard| hard.contains_key(*resource)) && !filled
        });
        missing.map(ToOwned::to_owned).collect()
    }
}

fn quota(args: &CreateArgs) -> Option<QuotaProposal> {
    let mut hard = args.profile.map(|profile| profile.size().hard()).unwrap_or_default();
    for (resource, amount) in [
        ("requests.cpu", &args.cpu),
        ("requests.memory", &args.memory),
        ("pods", &args.pods),
        ("services.loadbalancers", &args.load_balancers),
    ] {
        if let Some(amount) = amount {
            hard.insert(resource.to_owned(), amount.clone());
        }
    }
    hard.extend(args.hard.iter().map(|pair| (pair.resource.clone(), pair.amount.clone())));
    let quota = QuotaProposal { name: RULES.to_owned(), hard, ..QuotaProposal::default() };
    Some(quota).filter(|quota| !quota.hard.is_empty())
}

fn range(args: &CreateArgs) -> Option<LimitRangeProposal> {
    let mut container = match args.profile {
        Some(_) => TeamSize::container(),
        None => Item { kind: "Container".to_owned(), ..Item::default() },
    };
    let put = |list: &mut ResourceList, pairs: &[ResourceAmount]| {
        list.extend(pairs.iter().map(|pair| (pair.resource.clone(), pair.amount.clone())));
    };
    put(&mut container.default_request, &args.default_request);
    put(&mut container.default, &args.default_limit);
    let range = LimitRangeProposal { name: RULES.to_owned(), container, ..LimitRangeProposal::default() };
    Some(range).filter(|range| !range.is_empty())
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use shared::admission::proposal::list_text;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: CreateArgs,
    }

    fn specification(line: &str) -> Result<Specification> {
        let words = std::iter::once("x").chain(line.split_whitespace());
        let args = Line::try_parse_from(words).unwrap().args;
        let name = args.name.clone().unwrap_or_default();
        Specification::from_args(&args, name)
    }

    #[test]
    fn the_example_of_the_textbook() {
        let shop = specification("shop --memory 10Gi --load-balancers 2 --cpu 2").unwrap();
        let hard = list_text(&shop.quota.as_ref().unwrap().hard);
        assert_eq!(hard, "requests.cpu=2,requests.memory=10Gi,services.loadbalancers=2");
        assert!(shop.range.is_none());
        assert_eq!(shop.required_of_pods(), ["requests.cpu", "requests.memory"]);
        let filled = "shop --cpu 2 --memory 10Gi --default-request cpu=100m --default-limit memory=1Gi";
        assert!(specification(filled).unwrap().required_of_pods().is_empty());
    }

    #[test]
    fn a_profile_is_a_start_that_single_flags_change() {
        let shop = specification(
            "shop --profile small --pods 3 --hard count/jobs.batch=1 --default-request cpu=50m",
        )
        .unwrap();
        let hard = &shop.quota.unwrap().hard;
        assert_eq!((hard["pods"].text().as_ref(), hard["count/jobs.batch"].text().as_ref()), ("3", "1"));
        assert_eq!(hard["requests.cpu"].text(), "2");
        let container = shop.range.unwrap().container;
        assert_eq!(list_text(&container.default_request), "cpu=50m,memory=256Mi");
    }

    #[test]
    fn one_binding_for_each_role_and_subject() {
        let line = "shop --edit user:a --edit user:a --edit group:b --view user:a --role deploy=sa:ci/bot";
        let names: Vec<_> = specification(line).unwrap().bindings.iter().map(Binding::name).collect();
        assert_eq!(names, ["view-user-a", "edit-user-a", "edit-group-b", "deploy-sa-ci-bot"]);
    }

    #[test]
    fn what_can_not_be_is_refused_before_anything_is_asked() {
        let refused = |line: &str| specification(line).unwrap_err();
        for (line, status) in [
            ("Shop --profile small", ExitStatus::Usage),
            ("shop --cpu=-1", ExitStatus::Usage),
            ("shop --allow-from web", ExitStatus::Usage),
            ("shop --network-policy deny-ingress --allow-dns", ExitStatus::Usage),
            ("shop --hard limits.nvidia.com/gpu=1", ExitStatus::Guarded),
            ("shop --default-request cpu=2 --default-limit cpu=1", ExitStatus::Usage),
        ] {
            assert_eq!(refused(line).status(), status, "{line}: {}", refused(line));
        }
    }
}
