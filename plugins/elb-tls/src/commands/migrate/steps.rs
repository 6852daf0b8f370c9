//! The steps that clients do not notice, and the way back.

use shared::output::ShellCommand;

/// Returns the steps, in order.
pub fn steps(old: &str, new: &str, namespace: &str, hostname: Option<&str>, to: &str) -> Vec<String> {
    let of = |verb: &str, name: &str| {
        ShellCommand::new(["kubectl", "elb-tls", verb]).name(name).flag_with("-n", namespace)
    };
    let make = ShellCommand::new(["kubectl", "elb-tls", "migrate"]).name(old);
    let make = make.flag_with("-n", namespace).flag_with("--to", to).flag_with("--name", new);
    let delete = ShellCommand::new(["kubectl", "delete", "service"]).name(old).flag_with("-n", namespace);
    let hostname = hostname.unwrap_or("the hostname of the old Service");
    vec![
        format!("1. Create the new Service beside the old one:\n     {make} | kubectl apply -f -"),
        format!(
            "2. Wait until it answers, and look at it as clients do:\n     {}\n     {}",
            of("wait", new).flag_with("--for", "tls"),
            of("verify", new)
        ),
        format!(
            "3. Lower the time to live of the DNS records, wait until the old one is over, and let them name the new hostname instead of {hostname}. Where external-dns writes them, move its annotation to {new}."
        ),
        format!("   The way back, until step 4: let the DNS records name {hostname} again."),
        format!(
            "4. When no client uses the old hostname any more, delete the old Service, and its load balancer with it:\n     {delete}"
        ),
    ]
}
