//! The decision on one request, over every order in which LimitRanges may apply.

use super::{
    ClusterFacts, NamespaceFacts, Refusal, Request,
    object::{Object, ObjectKind},
    orderings::orderings,
    quota::{self, Charges},
    stages,
};

/// The server's answer to a request.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It admits the object.
    Admitted(Box<Admitted>),
    /// It refuses the object with one of these.
    Refused(Vec<Refusal>),
    /// It admits or refuses the object, depending on the order in which LimitRanges apply.
    OrderDependent(Box<Admitted>, Vec<Refusal>),
}

/// An object that is admitted.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The object with the fields that admission filled in.
    pub object: Object,
    /// What quotas charge for it.
    pub charges: Charges,
    /// Whether the charge depends on the order in which LimitRanges apply.
    pub order_dependent: bool,
}

/// Decides about a request.
pub fn admit(request: &Request, namespace: &NamespaceFacts, cluster_facts: &ClusterFacts) -> Decision {
    // LimitRanges fill in defaults of pods only, so their order matters for pods only.
    let orderings = match &request.object.body {
        ObjectKind::Pod(_) => orderings(namespace.limit_ranges.len()),
        _ => vec![(0..namespace.limit_ranges.len()).collect()],
    };
    let mut admitted: Option<Box<Admitted>> = None;
    let mut refusals: Vec<Refusal> = Vec::new();
    for order in orderings {
        match decide_in_order(request, namespace, cluster_facts, &order) {
            Ok(one) => match &mut admitted {
                Some(first) => first.order_dependent |= first.charges != one.charges,
                None => admitted = Some(Box::new(one)),
            },
            Err(more) => {
                for refusal in more {
                    if !refusals.contains(&refusal) {
                        refusals.push(refusal);
                    }
                }
            }
        }
    }
    match admitted {
        Some(admitted) if refusals.is_empty() => Decision::Admitted(admitted),
        Some(admitted) => Decision::OrderDependent(admitted, refusals),
        None => Decision::Refused(refusals),
    }
}

fn decide_in_order(
    request: &Request,
    namespace: &NamespaceFacts,
    cluster_facts: &ClusterFacts,
    order: &[usize],
) -> Result<Admitted, Vec<Refusal>> {
    let mut object = request.object.clone().of_cluster(cluster_facts);
    let ranges = order.iter().filter_map(|&index| namespace.limit_ranges.get(index));
    stages::default_and_validate(&mut object, request, ranges, namespace, cluster_facts)?;
    let old = request.old.map(|old| old.clone().of_cluster(cluster_facts));
    let charges = quota::check(&object, old.as_ref(), request.resize, &namespace.quotas)?;
    Ok(Admitted { object, charges, order_dependent: false })
}
