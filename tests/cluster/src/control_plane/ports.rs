//! Free ports on the loopback interface.

use crate::error::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// As many different ports as asked for, free at this moment. Another program may take one before ours does:
/// whoever starts a server on it must look whether the server lives, and try again with others.
pub fn free<const COUNT: usize>() -> Result<[u16; COUNT]> {
    let mut held = Vec::with_capacity(COUNT);
    let mut ports = [0; COUNT];
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context(|| "cannot find a free port on the loopback interface".into())?;
        *port = listener.local_addr().context(|| "cannot read the number of a free port".into())?.port();
        held.push(listener);
    }
    Ok(ports)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_differ_and_can_be_bound() {
        let all_are_bound = || {
            let ports = free::<3>().unwrap();
            assert!(ports[0] != ports[1] && ports[1] != ports[2] && ports[0] != ports[2]);
            let listeners: Vec<_> =
                ports.iter().map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port))).collect();
            listeners.iter().all(std::result::Result::is_ok)
        };
        // Now and then another test takes one of them first.
        assert!((0..20).any(|_| all_are_bound()));
    }
}
