//! All rules, for `explain` and for reports.

use shared::output::Severity;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// How severe it is; a few findings differ, and say so.
    pub severity: Severity,
    /// What it finds.
    pub title: &'static str,
    /// Why that matters.
    pub explanation: &'static str,
}

/// Returns a rule by its name, in any case.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Rule {
    Rule { id, severity: Severity::Error, title, explanation }
}

const fn warning(id: &'static str, title: &'static str, explanation: &'static str) -> Rule {
    Rule { id, severity: Severity::Warning, title, explanation }
}

const fn info(id: &'static str, title: &'static str, explanation: &'static str) -> Rule {
    Rule { id, severity: Severity::Info, title, explanation }
}

/// All rules.
pub const RULES: &[Rule] = &[
    error(
        "ELB-CTL-001",
        "type external without a target type",
        "The cloud provider leaves the Service to another controller, and the AWS Load Balancer Controller takes it only with nlb-target-type ip or instance: nobody acts, and no event says so.",
    ),
    error(
        "ELB-CTL-002",
        "unknown value of type",
        "The type is compared exactly. What is not nlb, external or nlb-ip makes a Classic Load Balancer, without a word.",
    ),
    error(
        "ELB-CTL-003",
        "type or class changed on a live load balancer",
        "The cloud provider refuses to sync a load balancer of another type from version 1.36 on, and leaks it before. A second controller makes a second load balancer and leaves the first behind.",
    ),
    warning(
        "ELB-CTL-004",
        "class and type contradict each other",
        "Where spec.loadBalancerClass is set, the type annotation has no meaning.",
    ),
    warning(
        "ELB-CTL-005",
        "key of the AWS Load Balancer Controller on a Service of the cloud provider",
        "The cloud provider ignores it.",
    ),
    warning(
        "ELB-CTL-006",
        "key of Classic Load Balancers on a Network Load Balancer",
        "Network Load Balancers have no such setting. The AWS Load Balancer Controller has others, as attributes.",
    ),
    warning(
        "ELB-CTL-007",
        "a webhook will claim the Service",
        "The webhook of the AWS Load Balancer Controller gives new Services its class, so that they get a Network Load Balancer, which is internal by default.",
    ),
    error(
        "ELB-CTL-008",
        "annotations on a Service of another type",
        "Only Services of type LoadBalancer have load balancers.",
    ),
    warning("ELB-KEY-001", "unknown key", "No controller reads it."),
    warning(
        "ELB-KEY-002",
        "wrong prefix",
        "Keys of load balancers begin with service.beta.kubernetes.io/aws-load-balancer-. Keys of other prefixes are for other objects, or for nobody.",
    ),
    warning(
        "ELB-KEY-003",
        "blanks, quotes or line breaks in a value",
        "Values are taken as they stand. The cloud provider trims nothing: a blank in ssl-cert is an error there.",
    ),
    error(
        "ELB-KEY-004",
        "value is not a string",
        "The API server refuses the object; some clients drop all annotations instead. Booleans and numbers need quotes.",
    ),
    error(
        "ELB-KEY-005",
        "annotations are too large",
        "The API server refuses objects whose annotations have more than 262144 bytes, keys and values together.",
    ),
    error("ELB-ARN-001", "not an ARN", "A certificate is named by an ARN of ACM or IAM with six fields."),
    error("ELB-ARN-002", "ARN of another service", "Load balancers take certificates of ACM and IAM alone."),
    error(
        "ELB-ARN-003",
        "ARN of something else than a certificate",
        "ACM has certificate/ID, IAM has server-certificate/NAME.",
    ),
    error(
        "ELB-ARN-004",
        "ARN of another partition",
        "Partitions of AWS share nothing. The region of an ARN tells its partition.",
    ),
    error(
        "ELB-ARN-005",
        "certificate of another region",
        "A load balancer takes certificates of ACM in its own region only. us-east-1 is the region of CloudFront's certificates.",
    ),
    error("ELB-ARN-006", "not an account number", "Account numbers have twelve digits."),
    warning("ELB-ARN-007", "certificate ID is not a UUID", "ACM names certificates by UUIDs."),
    error(
        "ELB-ARN-008",
        "several certificates",
        "The load balancers of the cloud provider take one; the list is sent to AWS as it stands, which refuses it.",
    ),
    warning(
        "ELB-ARN-009",
        "certificate listed twice, or too many",
        "A Network Load Balancer has at most 25 certificates by default.",
    ),
    warning(
        "ELB-ARN-010",
        "certificate of IAM",
        "IAM renews nothing by itself, and Security Hub (ELB.2) asks for ACM.",
    ),
    info(
        "ELB-ARN-011",
        "certificate of another account than others",
        "ACM shares no certificates between accounts.",
    ),
    error(
        "ELB-ARN-012",
        "region missing or superfluous",
        "ARNs of ACM have a region, those of IAM have none.",
    ),
    error(
        "ELB-PRT-001",
        "ssl-ports names a port that the Service lacks",
        "The cloud provider ignores the entry, and the port stays plaintext. The AWS Load Balancer Controller gives up.",
    ),
    error(
        "ELB-PRT-002",
        "* in ssl-ports",
        "The AWS Load Balancer Controller takes it for the name of a port and gives up. Without the key, all ports speak TLS.",
    ),
    error(
        "ELB-PRT-003",
        "blanks in ssl-ports",
        "The cloud provider does not trim: an entry with a blank is a name that no port has, and the port stays plaintext.",
    ),
    warning(
        "ELB-PRT-004",
        "ssl-ports names a target port or a node port",
        "Entries are ports of the Service.",
    ),
    warning(
        "ELB-PRT-005",
        "port 80 speaks TLS",
        "Without ssl-ports all ports speak TLS, port 80 too, where clients expect plaintext.",
    ),
    error("ELB-PRT-006", "TLS settings without a certificate", "Without ssl-cert all ports are plaintext."),
    warning("ELB-PRT-007", "certificate without a TLS port", "No port of ssl-ports becomes TLS."),
    warning(
        "ELB-PRT-008",
        "HTTPS port is plaintext",
        "There is a certificate, but the port that is called https or is 443 does not use it.",
    ),
    info(
        "ELB-PRT-009",
        "port 80 stays plaintext",
        "Neither Classic nor Network Load Balancers redirect to HTTPS: the application has to.",
    ),
    warning("ELB-PRT-010", "UDP port in ssl-ports", "UDP ports never speak TLS."),
    warning(
        "ELB-PRT-011",
        "empty, repeated or impossible entry in ssl-ports",
        "Such entries have no effect, or stop the sync.",
    ),
    warning(
        "ELB-PRT-012",
        "TLS ends at the load balancer, but the pods seem to expect it",
        "The backend is plaintext, and the target port looks like one that speaks TLS: clients get errors.",
    ),
    error(
        "ELB-PRT-013",
        "one port as TCP and UDP",
        "The AWS Load Balancer Controller keeps one listener a port: only the first of the two gets one, unless enable-tcp-udp-listener is true.",
    ),
    error(
        "ELB-BEP-001",
        "unknown backend protocol",
        "The cloud provider compares exactly. With a certificate it gives up; without one the value is ignored.",
    ),
    warning(
        "ELB-BEP-002",
        "backend protocol without effect",
        "On Network Load Balancers only ssl has an effect. https and tls leave the backend plaintext, which is an error.",
    ),
    warning(
        "ELB-BEP-003",
        "no X-Forwarded headers",
        "With backend-protocol tcp or ssl the load balancer passes bytes on: the application learns neither the client's address nor that it spoke TLS.",
    ),
    error(
        "ELB-POL-001",
        "not a policy of Classic Load Balancers",
        "AWS refuses it, and the cloud provider stops before it registers nodes: new nodes get no traffic. There is no TLS 1.3 and no custom policy.",
    ),
    error(
        "ELB-POL-002",
        "not a policy of Network Load Balancers",
        "AWS refuses it, and the sync stops. Names are compared exactly. A well-formed name that is not known here is a warning.",
    ),
    warning("ELB-POL-003", "policy allows TLS 1.0 or 1.1", "These versions are deprecated (RFC 8996)."),
    warning("ELB-POL-004", "no policy", "The default, ELBSecurityPolicy-2016-08, allows TLS 1.0."),
    error(
        "ELB-POL-005",
        "empty policy",
        "The cloud provider tries to create a policy of no name on a Classic Load Balancer, and stops before it registers nodes.",
    ),
    info(
        "ELB-POL-006",
        "removed policy stays in force",
        "The cloud provider changes policies only where the key is present. A recreated listener gets the default.",
    ),
    error("ELB-PXY-001", "value of proxy-protocol is not *", "Controllers that read the key give up."),
    warning(
        "ELB-PXY-002",
        "proxy-protocol has no effect",
        "The cloud provider reads it for Classic Load Balancers only. On Network Load Balancers target-group-attributes turns the PROXY protocol on.",
    ),
    warning(
        "ELB-PXY-003",
        "PROXY protocol with HTTP listeners",
        "HTTP listeners send X-Forwarded headers; the PROXY protocol beside them breaks applications.",
    ),
    warning(
        "ELB-PXY-004",
        "PROXY protocol with HTTP health checks",
        "Health checks of HTTP carry no PROXY header, which servers that expect one refuse: targets become unhealthy.",
    ),
    error(
        "ELB-TMO-001",
        "timeout out of range",
        "The idle timeout of Classic Load Balancers is 1 to 4000 seconds, draining takes 1 to 3600. A number that can't be read stops the sync, one that AWS refuses too.",
    ),
    warning(
        "ELB-TMO-002",
        "draining timeout without draining",
        "Without connection-draining-enabled: \"true\" the timeout has no effect.",
    ),
    error(
        "ELB-BOO-001",
        "not a boolean",
        "Controllers take true and false (and t, f, 1, 0, in the cases of Go) and give up on anything else.",
    ),
    warning(
        "ELB-BOO-002",
        "internal seems to be meant as false",
        "The cloud provider takes everything but \"\" and \"false\" for true.",
    ),
    error("ELB-HC-001", "health check out of range", "AWS refuses such numbers, and the sync stops."),
    warning(
        "ELB-HC-002",
        "health check on a port of the Service",
        "The port is one of the nodes: nobody answers there.",
    ),
    warning(
        "ELB-HC-003",
        "TCP health check with externalTrafficPolicy Local",
        "Nodes without pods answer TCP health checks and then drop traffic.",
    ),
    error(
        "ELB-TAG-001",
        "tag that AWS refuses",
        "Keys have up to 127 characters, values up to 255, of letters, digits, blanks and _.:/=+-@, without aws: at the beginning; a load balancer has at most 50 tags.",
    ),
    error("ELB-TAG-002", "tag of the controller", "By these tags controllers find what is theirs."),
    warning(
        "ELB-TAG-003",
        "tags that are read otherwise than written",
        "The cloud provider cuts at the second =. The AWS Load Balancer Controller gives up on a key without =, and takes a comma at the end for a part of the value.",
    ),
    warning(
        "ELB-TAG-004",
        "tags of a live load balancer do not change",
        "The cloud provider tags Network Load Balancers when it creates them, and never again.",
    ),
    error(
        "ELB-EXP-001",
        "meant to be internal, but public",
        "The cloud provider does not know scheme: the load balancer gets public addresses.",
    ),
    warning(
        "ELB-EXP-002",
        "public, without TLS and open to all",
        "Everybody can connect, and everything is plaintext.",
    ),
    error("ELB-EXP-003", "unknown scheme", "The AWS Load Balancer Controller gives up."),
    error(
        "ELB-IMP-001",
        "TLS comes or goes on a live port",
        "The cloud provider creates the new listener of a Network Load Balancer before it deletes the old one, which AWS refuses (DuplicateListener): the port stays as it is, and nodes are no longer registered from it on.",
    ),
    warning(
        "ELB-IMP-002",
        "listener is recreated",
        "The cloud provider deletes listeners of Classic Load Balancers that change and creates them again: the port refuses connections meanwhile, and stays closed if AWS refuses the new one.",
    ),
    error(
        "ELB-IMP-003",
        "load balancer is replaced",
        "Another scheme deletes the load balancer and creates one under another hostname.",
    ),
    error(
        "ELB-IMP-004",
        "internal comes or goes on a live load balancer",
        "The cloud provider swaps the subnets of a Classic Load Balancer, but its scheme stays: it becomes unreachable.",
    ),
    error(
        "ELB-IMP-005",
        "ports lose TLS",
        "Clients that speak TLS get errors, and others speak plaintext. Where only some ports lose it, this is a warning.",
    ),
    error("ELB-SVC-001", "the controller gives up", "Something in the Service stops every sync."),
    error("ELB-SYN-001", "the last sync failed", "The newest event about a sync is a failure."),
    warning(
        "ELB-GIT-001",
        "managed by a tool",
        "A change by hand is reverted by the tool, or makes it report a difference.",
    ),
    warning(
        "ELB-GIT-002",
        "kubectl apply will revert",
        "The annotation kubectl.kubernetes.io/last-applied-configuration has another value: the next kubectl apply of that file writes it back.",
    ),
    error(
        "ELB-ALP-001",
        "unknown ALPN policy",
        "The AWS Load Balancer Controller knows None, HTTP1Only, HTTP2Only, HTTP2Optional and HTTP2Preferred, and gives up on anything else.",
    ),
    error(
        "ELB-TGA-001",
        "target group attribute that the cloud provider refuses",
        "Classic Load Balancers have no target groups. For Network Load Balancers it takes preserve_client_ip.enabled and proxy_protocol_v2.enabled, true or false.",
    ),
    warning(
        "ELB-LSN-001",
        "attributes of no listener",
        "The name has the protocol of the listener, which TLS changes, and TLS listeners have no attributes.",
    ),
    error("ELB-NAM-001", "name too long", "The names of load balancers have at most 32 characters."),
];
