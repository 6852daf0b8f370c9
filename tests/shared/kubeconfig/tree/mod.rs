//! A kubeconfig as the generator thinks of it, before anyone spells it.

mod credentials;
mod document;
mod scalars;
mod vocabulary;

pub use document::Forest;

/// A value to be spelled.
#[derive(Clone, Debug)]
pub enum Tree {
    /// Text that has to arrive as it is, whatever quotes that takes.
    Text(String),
    /// YAML to be written as it stands: words that may turn out not to be text, tags, odd quoting.
    Raw(&'static str),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

fn entry(key: &str, tree: Tree) -> (String, Tree) {
    (key.to_string(), tree)
}
