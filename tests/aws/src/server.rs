//! AWS's endpoint on loopback: one for all services, which are told apart by the version that a call names.

use crate::account::Account;
use crate::call_log::Call;
use crate::listing::{self, LoadBalancer};
use crate::wire::failure::{Failure, Outcome};
use crate::wire::parameters::Parameters;
use crate::wire::xml::Element;
use crate::{classic, ec2, network_load_balancers, seed};
use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use support::Request;

/// A simulated AWS, seeded with a VPC, instances and certificates. It stops when this is dropped.
#[derive(Debug)]
pub struct Aws {
    shared: Arc<Shared>,
    address: SocketAddr,
}

#[derive(Debug)]
struct Shared {
    world: Mutex<World>,
    stopped: AtomicBool,
}

#[derive(Debug)]
struct World {
    account: Account,
    calls: Vec<Call>,
}

type Service = fn(&mut Account, &str, &Parameters) -> Outcome<Vec<Element>>;

/// What a version of the API stands for.
const SERVICES: [(&str, &str, Service); 3] = [
    ("2016-11-15", "ec2", ec2::call),
    ("2012-06-01", "elasticloadbalancing", classic::call),
    ("2015-12-01", "elasticloadbalancingv2", network_load_balancers::call),
];

impl Aws {
    /// Starts one on a free port.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let world = World { account: seed::account(), calls: Vec::new() };
        let shared = Arc::new(Shared { world: Mutex::new(world), stopped: AtomicBool::new(false) });
        let served = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if served.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let served = Arc::clone(&served);
                thread::spawn(move || serve(&served, &stream));
            }
        });
        Ok(Self { shared, address })
    }

    /// The endpoint, to be given to programs as `AWS_ENDPOINT_URL`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns what load balancers there are.
    pub fn load_balancers(&self) -> Vec<LoadBalancer> {
        listing::load_balancers(&self.world().account)
    }

    /// Returns the load balancers that controllers have made for a Service.
    pub fn load_balancers_of(&self, namespace: &str, service: &str) -> Vec<LoadBalancer> {
        let wanted = format!("{namespace}/{service}");
        self.load_balancers().into_iter().filter(|balancer| balancer.service == wanted).collect()
    }

    /// Returns how many calls there were, to be given to [`Aws::calls_since`].
    pub fn position(&self) -> usize {
        self.world().calls.len()
    }

    /// Returns the calls after a position.
    pub fn calls_since(&self, position: usize) -> Vec<Call> {
        self.world().calls.iter().skip(position).cloned().collect()
    }

    /// Returns the calls that concern a load balancer: a parameter has its name, or an ARN with its name.
    pub fn calls_about(&self, balancer: &str, position: usize) -> Vec<Call> {
        let about = |call: &Call| call.parameters.values().any(|value| value.contains(balancer));
        self.calls_since(position).into_iter().filter(about).collect()
    }

    /// Adds a certificate, so that listeners can use it.
    pub fn add_certificate(&self, arn: &str) {
        self.world().account.certificates.add(arn);
    }

    /// Removes a certificate.
    pub fn remove_certificate(&self, arn: &str) {
        self.world().account.certificates.remove(arn);
    }

    /// Removes the load balancers of a Service that its controllers have left behind, with their target groups.
    pub fn forget(&self, namespace: &str, service: &str) {
        let names: Vec<_> =
            self.load_balancers_of(namespace, service).into_iter().map(|balancer| balancer.name).collect();
        let mut world = self.world();
        let account = &mut world.account;
        account.classic.retain(|name, _| !names.contains(name));
        account.network_load_balancers.retain(|_, balancer| !names.contains(&balancer.name));
        let tag = format!("{namespace}/{service}");
        account.target_groups.retain(|_, group| !group.tags.values().any(|value| *value == tag));
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    /// A test that panics while it reads leaves nothing half done.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers the calls of a connection until the client closes it.
fn serve(shared: &Shared, stream: &TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Ok(Some(request)) = Request::read(&mut reader) {
        let (status, body) = answer(shared, &request);
        let reason = if status == 200 { "OK" } else { "Bad Request" };
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        if writer.write_all(&[head.as_bytes(), body.as_bytes()].concat()).is_err() {
            return;
        }
    }
}

fn answer(shared: &Shared, request: &Request) -> (u16, String) {
    let mut parameters = Parameters::parse(&String::from_utf8_lossy(&request.body));
    let action = parameters.take("Action").unwrap_or_else(|| request.line.clone());
    let version = parameters.take("Version").unwrap_or_default();
    let service = SERVICES.iter().find(|(known, ..)| *known == version);
    let mut world = shared.world();
    let id = format!("00000000-0000-4000-8000-{:012x}", world.calls.len());
    let outcome = match service {
        Some((_, _, call)) => call(&mut world.account, &action, &parameters),
        None => Err(Failure::new(
            "InvalidAction",
            format!("No service with the version '{version}' is simulated"),
        )),
    };
    let name = service.map_or("unknown", |(_, name, _)| *name);
    let status = if outcome.is_ok() { 200 } else { 400 };
    let body = match &outcome {
        Ok(elements) if name == "ec2" => Element::new(&format!("{action}Response"))
            .text("requestId", &id)
            .children(elements.iter().cloned()),
        Ok(elements) => Element::new(&format!("{action}Response"))
            .child(Element::new(&format!("{action}Result")).children(elements.iter().cloned()))
            .child(Element::new("ResponseMetadata").text("RequestId", &id)),
        Err(failure) if name == "ec2" => Element::new("Response")
            .child(Element::new("Errors").child(error(failure)))
            .text("RequestID", &id),
        Err(failure) => Element::new("ErrorResponse").child(error(failure)).text("RequestId", &id),
    };
    let failure = outcome.err();
    let parameters = parameters.values().clone();
    world.calls.push(Call { service: name, action, parameters, status, failure });
    (status, body.to_string())
}

fn error(failure: &Failure) -> Element {
    Element::new("Error").text("Type", "Sender").text("Code", &failure.code).text("Message", &failure.message)
}
