//! Certificates for servers that can't be trusted, and a TLS server that shows them.

use std::{
    io::{BufReader, Write},
    net::TcpListener,
    sync::Arc,
    thread,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};

use super::fake_server::read_request;

pub struct Authority {
    parameters: CertificateParams,
    key: KeyPair,
    pub pem: String,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = parameters.self_signed(&key).unwrap().pem();
        Self { parameters, key, pem }
    }

    /// A server for these names until this year, which answers everything with `{}`. The result is its port.
    pub fn serve(&self, names: &[&str], last_year: i32) -> u16 {
        let key = KeyPair::generate().unwrap();
        let mut parameters =
            CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
        parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(last_year, 1, 2);
        let certificate =
            parameters.signed_by(&key, &Issuer::from_params(&self.parameters, &self.key)).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(|stream| stream.ok()) {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                thread::spawn(move || {
                    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
                    while read_request(&mut stream).is_some() {
                        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
                        if stream.get_mut().write_all(answer).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        port
    }

    /// The `certificate-authority-data` of a kubeconfig.
    pub fn data(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(&self.pem)
    }
}
