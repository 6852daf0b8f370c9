//! `kubectl quota verify`.

mod device_classes;
mod drift;
mod output;
mod pitfalls;
mod random;
mod system_pods;
