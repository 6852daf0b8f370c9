//! Turns parts into groups, the largest part first.

use shared::{
    admission::evaluator::counted_resources,
    quantity::{Quantity, ratio},
    workload::owner::Owner,
};

use super::{
    args::WhoArgs,
    collect::Collected,
    metrics::Metrics,
    parts::{Part, Parts},
    row::{Group, Holder, Member},
};
use crate::counted_objects::Counted;

/// Returns the resources that something uses, in the order of quotas and resources.
pub fn groups(collected: &mut Collected, args: &WhoArgs) -> Vec<Group> {
    let Collected { counted, metrics } = collected;
    let Counted { quotas, tally, .. } = counted;
    let Parts { by_quota, .. } = tally;
    let mut groups = Vec::new();
    for (place, quota) in quotas.facts.iter().enumerate() {
        let is_wanted = args.names.is_empty() || args.names.contains(&quota.name);
        let Some(resources) = by_quota.remove(&place).filter(|_| is_wanted) else { continue };
        for (resource, parts) in resources {
            let hard = quota.status_hard.get(&resource).or(quota.spec_hard.get(&resource)).cloned();
            let hard = hard.unwrap_or_default();
            let used = parts.values().map(|part| &part.used).sum::<Quantity>().in_format_of(&hard);
            let mut group = Group {
                namespace: quota.namespace.clone(),
                quota: quota.name.clone(),
                recorded: quota.used.get(&resource).cloned(),
                hard,
                used,
                holders: Vec::new(),
                resource,
            };
            let holders =
                parts.into_iter().map(|(owner, part)| holder(&group, owner, part, metrics.as_ref(), args));
            let mut holders: Vec<_> = holders.collect();
            holders.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.owner.cmp(&b.owner)));
            group.holders = holders;
            groups.push(group);
        }
    }
    groups
}

fn holder(group: &Group, owner: Owner, part: Part, metrics: Option<&Metrics>, args: &WhoArgs) -> Holder {
    let Group { namespace, quota, resource, hard, used: all, .. } = group;
    let counts_pods = counted_resources(resource).iter().any(|one| one == "pods");
    let measured = metrics.map(|metrics| {
        let of_pods = part.pods.iter().filter_map(|(pod, _)| metrics.of(namespace, pod, resource));
        of_pods.sum::<Quantity>().in_format_of(hard)
    });
    let unused = measured.as_ref().map(|measured| part.used.saturating_sub(measured).in_format_of(hard));
    let mut members: Vec<_> = match args.pods {
        true => {
            part.pods.into_iter().map(|(pod, used)| Member { pod, used: used.in_format_of(hard) }).collect()
        }
        false => Vec::new(),
    };
    members.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.pod.cmp(&b.pod)));
    Holder {
        namespace: namespace.clone(),
        quota: quota.clone(),
        resource: resource.clone(),
        owner,
        pods: if counts_pods { part.objects } else { 0 },
        objects: part.objects,
        share: ratio(&part.used, all),
        share_of_hard: ratio(&part.used, hard),
        used: part.used.in_format_of(hard),
        released: part.released,
        measured,
        unused,
        members,
    }
}
