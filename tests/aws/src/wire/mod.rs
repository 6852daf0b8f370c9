//! What goes over the wire: AWS's Query protocol, in which parameters are a form and answers are XML.

pub mod failure;
pub mod parameters;
pub mod xml;
