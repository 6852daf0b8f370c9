//! Why a controller gives up.

/// Why a controller, or AWS, does not do what a Service asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The port it is about; `None` for the whole load balancer.
    pub port: Option<i32>,
    /// The full name of the key that is wrong; `None` where it is not an annotation.
    pub key: Option<&'static str>,
    /// What the controller says, in its own words where they are known.
    pub message: String,
}

impl Refusal {
    /// Creates a refusal that is about an annotation.
    pub fn of_key(key: &'static str, message: impl Into<String>) -> Self {
        Self { port: None, key: Some(key), message: message.into() }
    }

    /// Creates a refusal that is about the spec.
    pub fn of_spec(message: impl Into<String>) -> Self {
        Self { port: None, key: None, message: message.into() }
    }

    /// Says which port it is about.
    pub fn at(self, port: i32) -> Self {
        Self { port: Some(port), ..self }
    }
}
