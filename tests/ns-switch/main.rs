//! ns-switch.
