//! Can all others, placed as unluckily as possible, shut every node to a pod? If not, it gets a place: a lower bound.
//!
//! Suppose that in some run of events fewer than `m` pods of a group have a place at the end. Then one waits although all
//! that leaves is gone, and it is refused by every node because of at most `m - 1` of its own kind and the floaters of
//! other groups. So if these cannot shut all of the nodes that pass for it among the pods that stay, at least `m` have a
//! place. They can shut a node
//! - by exclusion: anti-affinity (its own or theirs), or a port. One floater excludes it from one domain at most;
//! - by sums: what they request there exceeds what the pod leaves free. The requests of all floaters together are
//!   limited, and so is their number: nodes that shut with the least are counted first, for each resource on its own.
//!
//! Both counts are too high on purpose: a floater is counted everywhere it can help.
//!
//! Spread is kept by a domain when all matching floaters together cannot fill it too much. Where they can, there is still
//! the emptiest domain, which a constraint never shuts, whichever it is: so it suffices that none of the domains that can
//! be the emptiest can be shut by exclusion and sums.

use super::favorable::reached;
use super::group::Group;
use crate::placement::candidate::Candidate;
use crate::placement::cluster::Cluster;
use crate::placement::host_ports;
use crate::placement::node_state::NodeId;
use crate::placement::spread::DomainCounts;
use crate::placement::topology::TopologyId;

/// Returns how many pods of a group get a place in every run of events.
pub(super) fn least(stays: &Cluster, group: usize, groups: &[Group]) -> usize {
    let own = &groups[group];
    if own.candidate.rejection.is_some() || own.possible.is_empty() {
        return 0;
    }
    let mut least = 0;
    while least < own.most {
        let blockers: Vec<_> = (groups.iter().enumerate())
            .map(|(number, other)| Blocker {
                group: other,
                // As many as can have a place; what may be placed outside of this model is all of it.
                count: if number == group { least } else { other.count.min(other.most_placed()) },
            })
            .filter(|blocker| blocker.count > 0)
            .collect();
        if !(Table { stays, candidate: &own.candidate, blockers }).is_certain() {
            break;
        }
        least += 1;
    }
    least
}

impl Group {
    /// Returns how many can take room.
    fn most_placed(&self) -> usize {
        if self.candidate.not_modeled.is_empty() && self.preempts.is_none() { self.most } else { self.count }
    }
}

struct Blocker<'a> {
    group: &'a Group,
    count: usize,
}

struct Table<'a> {
    stays: &'a Cluster,
    candidate: &'a Candidate,
    blockers: Vec<Blocker<'a>>,
}

impl Table<'_> {
    fn is_certain(&self) -> bool {
        let (stays, candidate) = (self.stays, self.candidate);
        let profile = stays.profiles.get(candidate.profile);
        // Volumes that only one pod may have, or that are chosen as pods are placed, are left to exploration.
        let shares = |blocker: &Blocker<'_>| {
            let other = stays.profiles.get(blocker.group.candidate.profile);
            let claims = &candidate.claims.exclusive;
            other.namespace == profile.namespace && claims.iter().any(|claim| other.claims.contains(claim))
        };
        if self.blockers.iter().any(shares) || (candidate.claims.is_delayed() && !self.blockers.is_empty()) {
            return false;
        }
        let counted = stays.pre_filter(candidate);
        let relations = &counted.relations;
        let first_of_group = !candidate.affinity.is_empty() && !relations.any_attracting;
        if first_of_group && self.means(&candidate.matches.affinity) > 0 {
            return false;
        }
        let open: Vec<_> = (0..stays.nodes.len())
            .filter(|node| {
                stays.check_own(candidate, &counted, *node).is_ok()
                    && stays.check_relations(candidate, relations, *node).is_ok()
            })
            .collect();
        let keeping = self.keeping_domains(&counted.domains);
        let keeps = |node: &NodeId| {
            let mut constraints = candidate.spread.iter().zip(&keeping);
            constraints.all(|(constraint, keeping)| {
                let domain = stays.topologies.get(constraint.topology).domain(*node);
                domain.is_some_and(|domain| keeping[domain])
            })
        };
        let kept: Vec<_> = open.iter().copied().filter(keeps).collect();
        self.cannot_shut(&kept) || self.emptiest_is_open(&open, &counted.domains)
    }

    /// Returns how many blockers have one of these profiles.
    fn means(&self, profiles: &[usize]) -> usize {
        let meant =
            self.blockers.iter().filter(|blocker| profiles.contains(&blocker.group.candidate.profile));
        meant.map(|blocker| blocker.count).sum()
    }

    /// Returns how many blockers of these profiles can be in a domain.
    fn can_come(&self, profiles: &[usize], topology: TopologyId, domain: usize) -> i64 {
        let topology = self.stays.topologies.get(topology);
        let comes = |blocker: &&Blocker<'_>| {
            profiles.contains(&blocker.group.candidate.profile)
                && blocker.group.possible.iter().any(|node| topology.domain(*node) == Some(domain))
        };
        i64::try_from(self.blockers.iter().filter(comes).map(|blocker| blocker.count).sum::<usize>())
            .unwrap_or(i64::MAX)
    }

    /// Returns for every constraint the domains where it holds wherever matching floaters are.
    fn keeping_domains(&self, domains: &[DomainCounts]) -> Vec<Vec<bool>> {
        let constraints = self.candidate.spread.iter().zip(domains).zip(&self.candidate.matches.spread);
        let keeping = constraints.map(|((constraint, domains), matches)| {
            let keeps = |(domain, count): (usize, &i64)| {
                let most = count + self.can_come(matches, constraint.topology, domain);
                most + i64::from(constraint.counts_itself) - domains.least <= constraint.max_skew
            };
            domains.counts.iter().enumerate().map(keeps).collect()
        });
        keeping.collect()
    }

    /// Returns whether each domain that can be the emptiest of the one constraint that floaters bear on has a node that
    /// they cannot shut.
    fn emptiest_is_open(&self, open: &[NodeId], domains: &[DomainCounts]) -> bool {
        let candidate = self.candidate;
        let borne: Vec<_> = (0..candidate.spread.len())
            .filter(|number| self.means(&candidate.matches.spread[*number]) > 0)
            .collect();
        let [number] = borne.as_slice() else { return false };
        let (constraint, domains_of_it) = (&candidate.spread[*number], &domains[*number]);
        let topology = self.stays.topologies.get(constraint.topology);
        if domains_of_it.present_count() < constraint.min_domains || constraint.max_skew < 1 {
            return false;
        }
        let rest: Vec<_> = open
            .iter()
            .copied()
            .filter(|node| self.stays.check_spread_except(candidate, domains, *node, Some(*number)).is_ok())
            .collect();
        let matches = &candidate.matches.spread[*number];
        let most = |domain: usize| {
            domains_of_it.counts[domain] + self.can_come(matches, constraint.topology, domain)
        };
        let present: Vec<_> = (0..topology.domains).filter(|domain| domains_of_it.present[*domain]).collect();
        let lowest_most = present.iter().map(|domain| most(*domain)).min().unwrap_or(0);
        !present.is_empty()
            && present.iter().filter(|domain| domains_of_it.counts[**domain] <= lowest_most).all(|domain| {
                let nodes: Vec<_> =
                    rest.iter().copied().filter(|node| topology.domain(*node) == Some(*domain)).collect();
                self.cannot_shut(&nodes)
            })
    }

    /// Returns whether the floaters are too few and too small to shut all of these nodes.
    fn cannot_shut(&self, nodes: &[NodeId]) -> bool {
        !nodes.is_empty() && self.shut_by_exclusion(nodes) + self.shut_by_sums(nodes) < nodes.len()
    }

    fn shut_by_exclusion(&self, nodes: &[NodeId]) -> usize {
        let candidate = self.candidate;
        let profile = self.stays.profiles.get(candidate.profile);
        let mut shut = 0;
        for blocker in &self.blockers {
            let other = &blocker.group.candidate;
            let own = profile.anti_affinity.iter().zip(&candidate.matches.anti_affinity);
            let own =
                own.filter(|(_, matches)| matches.contains(&other.profile)).map(|(term, _)| term.topology);
            let theirs = &candidate.matches.existing_anti_affinity;
            let theirs = theirs.iter().filter(|(id, _)| *id == other.profile).map(|(_, topology)| *topology);
            for topology in own.chain(theirs) {
                let topology = self.stays.topologies.get(topology);
                let comes: Vec<_> =
                    reached(&blocker.group.possible, topology).map(|(domain, _)| domain).collect();
                let sizes = reached(nodes, topology).filter(|(domain, _)| comes.contains(domain));
                let mut sizes: Vec<_> = sizes.map(|(_, size)| size).collect();
                sizes.sort_unstable_by(|one, other| other.cmp(one));
                shut += sizes.into_iter().take(blocker.count).sum::<usize>();
            }
            if host_ports::conflict(&profile.ports, &self.stays.profiles.get(other.profile).ports) {
                shut += blocker.count;
            }
        }
        shut
    }

    fn shut_by_sums(&self, nodes: &[NodeId]) -> usize {
        let profile = self.stays.profiles.get(self.candidate.profile);
        let reaches = |blocker: &&Blocker<'_>| blocker.group.possible.iter().any(|node| nodes.contains(node));
        let blockers: Vec<_> = self.blockers.iter().filter(reaches).collect();
        let number: i64 = blockers.iter().map(|one| i64::try_from(one.count).unwrap_or(i64::MAX)).sum();
        // Pods and attached volumes first, then every resource that it requests: what must be added to shut each node,
        // how much all floaters bring, and how much one of them brings at most.
        let mut dimensions = vec![(
            nodes.iter().map(|node| self.stays.nodes[*node].free_pods()).collect::<Vec<_>>(),
            number,
            1,
        )];
        if !profile.attachable.is_empty() {
            let volumes = |one: &&Blocker<'_>| {
                self.stays.profiles.get(one.group.candidate.profile).attachable.len() as i64
            };
            let all = blockers.iter().map(|one| volumes(one) * one.count as i64).sum();
            // Any volume may be the one too many: limits are not added up here.
            dimensions.push((vec![1; nodes.len()], all, blockers.iter().map(volumes).max().unwrap_or(0)));
        }
        for (resource, amount) in profile.requests.iter().enumerate().filter(|(_, amount)| **amount > 0) {
            let request = |one: &&Blocker<'_>| {
                let requests = &self.stays.profiles.get(one.group.candidate.profile).requests;
                requests.get(resource).copied().unwrap_or(0)
            };
            let needs =
                nodes.iter().map(|node| self.stays.nodes[*node].free(resource) - amount + 1).collect();
            let all = blockers.iter().map(|one| request(one).saturating_mul(one.count as i64));
            dimensions.push((
                needs,
                all.fold(0, i64::saturating_add),
                blockers.iter().map(request).max().unwrap_or(0),
            ));
        }
        let by_sum: usize = dimensions.iter().map(|(needs, all, _)| how_many(needs.clone(), *all)).sum();
        let fewest = |node: usize| {
            let pods = dimensions.iter().filter(|(_, _, largest)| *largest > 0);
            pods.map(|(needs, _, largest)| (needs[node].max(1) + largest - 1) / largest)
                .min()
                .unwrap_or(i64::MAX)
        };
        by_sum.min(how_many((0..nodes.len()).map(fewest).collect(), number))
    }
}

/// Returns how many of these needs an amount can meet, the smallest first.
fn how_many(mut needs: Vec<i64>, amount: i64) -> usize {
    needs.sort_unstable();
    let mut left = amount;
    needs
        .into_iter()
        .take_while(|need| {
            left = left.saturating_sub((*need).max(1));
            left >= 0
        })
        .count()
}
