//! The Services of a whole cluster, judged while the rest of the list is read: thousands take as long to judge as to read.

use std::{
    cell::RefCell,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, Scope, ScopedJoinHandle},
};

use shared::model::Service;

use super::live::EventsByService;
use crate::planning::{Cluster, ServiceCase};

/// What is known before the Services are: their events, and of the cluster what does not depend on them.
pub struct Assumed {
    events: Mutex<EventsByService>,
    cluster: Cluster,
}

/// A page of Services, and what they are judged by.
struct Page {
    number: usize,
    services: Vec<Service>,
    assumed: Arc<Assumed>,
}

/// A page of judged Services.
struct JudgedPage<R> {
    number: usize,
    cases: Vec<ServiceCase>,
    judged: Vec<R>,
}

/// What came of each Service under what was assumed.
pub struct Early<R> {
    assumed: Arc<Assumed>,
    judged: Vec<R>,
}

/// Pages on their way to the threads that judge them.
pub struct EarlyJudges<'scope, 'judge, R, J> {
    threads: Vec<ScopedJoinHandle<'scope, Vec<JudgedPage<R>>>>,
    pages: Arc<Mutex<mpsc::Receiver<Page>>>,
    state: RefCell<State>,
    judge: &'judge J,
}

struct State {
    sender: mpsc::Sender<Page>,
    assumed: Option<Arc<Assumed>>,
    /// Pages that came before what they are judged by.
    waiting: Vec<(usize, Vec<Service>)>,
    count: usize,
    /// The first page of the list, where it had to begin anew.
    first: usize,
}

impl<'scope, 'judge: 'scope, R, J> EarlyJudges<'scope, 'judge, R, J>
where
    R: Send + 'scope,
    J: Fn(&ServiceCase, &Cluster) -> R + Sync,
{
    /// Starts a thread for each processor but the one that reads.
    pub fn start<'env>(scope: &'scope Scope<'scope, 'env>, judge: &'judge J) -> Self {
        let (sender, receiver) = mpsc::channel();
        let pages = Arc::new(Mutex::new(receiver));
        let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = (1..processors.min(MOST_THREADS)).map(|_| {
            let pages = Arc::clone(&pages);
            scope.spawn(move || judge_all(&pages, judge))
        });
        let threads = threads.collect();
        let state = State { sender, assumed: None, waiting: Vec::new(), count: 0, first: 0 };
        Self { threads, pages, state: RefCell::new(state), judge }
    }

    /// Hands over what the Services are judged by.
    pub fn assume(&self, events: EventsByService, cluster: Cluster) {
        let state = &mut *self.state.borrow_mut();
        state.assumed = Some(Arc::new(Assumed { events: Mutex::new(events), cluster }));
        state.send();
    }

    /// Hands over the next page.
    pub fn page(&self, services: Vec<Service>) {
        let state = &mut *self.state.borrow_mut();
        state.waiting.push((state.count, services));
        state.count += 1;
        state.send();
    }

    /// Forgets all pages so far: the list begins anew.
    pub fn restart(&self) {
        let state = &mut *self.state.borrow_mut();
        state.waiting.clear();
        state.first = state.count;
    }

    /// Helps with the pages that are left, and returns the Services in their order with what came of each. None where
    /// nobody has handed over what they are judged by.
    pub fn finish(self) -> Option<(Vec<ServiceCase>, Early<R>)> {
        let State { sender, assumed, first, .. } = self.state.into_inner();
        drop(sender);
        let mut pages = judge_all(&self.pages, self.judge);
        for thread in self.threads {
            match thread.join() {
                Ok(of_thread) => pages.extend(of_thread),
                // What a thread panics with goes on here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        pages.retain(|page| page.number >= first);
        pages.sort_by_key(|page| page.number);
        let (mut cases, mut judged) = (Vec::new(), Vec::new());
        for page in pages {
            cases.extend(page.cases);
            judged.extend(page.judged);
        }
        Some((cases, Early { assumed: assumed?, judged }))
    }
}

/// The reader keeps one busy, and pages of five hundred do not keep more than a few others.
const MOST_THREADS: usize = 5;

impl State {
    fn send(&mut self) {
        let Some(assumed) = &self.assumed else { return };
        for (number, services) in self.waiting.drain(..) {
            // It fails where no thread is there any more, which was told when it ended.
            self.sender.send(Page { number, services, assumed: Arc::clone(assumed) }).ok();
        }
    }
}

/// Judges pages until there are no more.
fn judge_all<R>(
    pages: &Mutex<mpsc::Receiver<Page>>,
    judge: &impl Fn(&ServiceCase, &Cluster) -> R,
) -> Vec<JudgedPage<R>> {
    let next = || pages.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let mut done = Vec::new();
    while let Some(Page { number, services, assumed }) = next() {
        let mut cases: Vec<_> = services.into_iter().map(ServiceCase::unchanged).collect();
        assumed.events.lock().unwrap_or_else(PoisonError::into_inner).hand_out(&mut cases);
        let judged = cases.iter().map(|case| judge(case, &assumed.cluster)).collect();
        done.push(JudgedPage { number, cases, judged });
    }
    done
}

impl<R> Early<R> {
    /// Returns what came of each Service, judged again where what is known now may say otherwise; none where all are to be
    /// judged again.
    pub fn settle(
        self,
        cases: &[ServiceCase],
        cluster: &Cluster,
        judge: impl Fn(&ServiceCase, &Cluster) -> R,
    ) -> Option<Vec<R>> {
        let assumed = &self.assumed.cluster;
        let is_alike = assumed.webhook == cluster.webhook
            && assumed.defaults == cluster.defaults
            && assumed.given == cluster.given;
        if !is_alike || self.judged.len() != cases.len() {
            return None;
        }
        let has_same_region = assumed.region == cluster.region;
        let settled = cases.iter().zip(self.judged).map(|(case, early)| {
            let holds = case.recorded.is_empty()
                && case.bindings.is_empty()
                && (has_same_region || case.hostname().is_some())
                && !cluster.has_unusual_account(case);
            if holds { early } else { judge(case, cluster) }
        });
        Some(settled.collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{
        certificates::ClusterRegion,
        listeners::load_balancer_controller::Defaults,
        samples::{ARN, CLASSIC_HOST, live, web},
    };

    fn service(number: usize) -> Service {
        let mut service = live(web(&[("ssl-cert", ARN)]), CLASSIC_HOST);
        service.metadata.name = format!("web-{number:02}");
        service
    }

    fn page(numbers: std::ops::Range<usize>) -> Vec<Service> {
        numbers.map(service).collect()
    }

    #[test]
    fn services_are_judged_in_their_order_once_it_is_known_by_what() {
        let judge = |case: &ServiceCase, _: &Cluster| case.wanted.metadata.name.clone();
        let (cases, early) = thread::scope(|scope| {
            let judges = EarlyJudges::start(scope, &judge);
            judges.page(page(90..99));
            judges.restart();
            judges.page(page(0..7));
            judges.assume(EventsByService::default(), Cluster::default());
            judges.page(page(7..8));
            judges.page(page(8..20));
            judges.finish()
        })
        .unwrap();
        let names: Vec<_> = cases.iter().map(|case| case.wanted.metadata.name.clone()).collect();
        assert_eq!(names, (0..20).map(|number| format!("web-{number:02}")).collect::<Vec<_>>());
        assert_eq!(early.judged, names);
    }

    #[test]
    fn a_list_that_begins_anew_after_services_were_judged_counts_only_what_it_has_then() {
        let judge = |_: &ServiceCase, _: &Cluster| ();
        let (cases, _) = thread::scope(|scope| {
            let judges = EarlyJudges::start(scope, &judge);
            judges.assume(EventsByService::default(), Cluster::default());
            judges.page(page(0..7));
            judges.restart();
            judges.page(page(1..3));
            judges.finish()
        })
        .unwrap();
        assert_eq!(cases.len(), 2);
    }

    #[test]
    fn without_what_they_are_judged_by_there_is_no_verdict() {
        let judge = |_: &ServiceCase, _: &Cluster| ();
        let ended = thread::scope(|scope| {
            let judges = EarlyJudges::start(scope, &judge);
            judges.page(page(0..3));
            judges.finish()
        });
        assert!(ended.is_none());
    }

    /// Returns how many of three Services are judged again, and none where all are to be.
    fn again(change: impl FnOnce(&mut Vec<ServiceCase>, &mut Cluster)) -> Option<usize> {
        let judge = |_: &ServiceCase, _: &Cluster| ();
        let (mut cases, early) = thread::scope(|scope| {
            let judges = EarlyJudges::start(scope, &judge);
            judges.assume(EventsByService::default(), Cluster::default());
            judges.page(page(0..3));
            judges.finish()
        })
        .unwrap();
        let mut cluster = Cluster::default();
        change(&mut cases, &mut cluster);
        let count = AtomicUsize::new(0);
        let settled = early.settle(&cases, &cluster, |_, _| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        settled.map(|_| count.into_inner())
    }

    #[test]
    fn what_turns_out_otherwise_is_judged_again() {
        assert_eq!(again(|_, _| {}), Some(0));
        assert_eq!(again(|cases, _| cases[1].recorded.push(Default::default())), Some(1));
        assert_eq!(again(|cases, _| cases[1].bindings.push(Default::default())), Some(1));
        // A hostname has the region, whatever the nodes say.
        let region = |cluster: &mut Cluster| cluster.region = ClusterRegion::given("eu-west-1");
        assert_eq!(again(|_, cluster| region(cluster)), Some(0));
        let without_hostname = |cases: &mut Vec<ServiceCase>, cluster: &mut Cluster| {
            cases[2].set_live(web(&[]));
            region(cluster);
        };
        assert_eq!(again(without_hostname), Some(1));
        let accounts = |own: usize, other: usize| {
            again(move |_, cluster| {
                let counts = [("123456789012".to_owned(), own), ("999999999999".to_owned(), other)];
                cluster.accounts.extend(counts);
            })
        };
        assert_eq!((accounts(3, 2), accounts(3, 4)), (Some(0), Some(3)));
        let policy = |cluster: &mut Cluster| {
            cluster.defaults =
                Defaults { policy: "ELBSecurityPolicy-TLS13-1-2-2021-06".into(), ..Defaults::default() };
        };
        assert_eq!(again(|_, cluster| policy(cluster)), None);
        assert_eq!(again(|cases, _| cases.truncate(2)), None);
    }
}
