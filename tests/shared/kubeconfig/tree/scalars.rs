//! Values without anything below them, and values that went wrong.

use super::{
    Forest, Tree,
    vocabulary::{BASE64, BROKEN_BASE64, NAMES, PATHS, WORDS},
};

impl Forest<'_> {
    pub(super) fn names(&mut self) -> Tree {
        let length = self.random.below(3);
        let items = (0..length).map(|_| self.name()).collect();
        let list = Tree::List(items);
        self.spoil(list)
    }

    pub(super) fn name(&mut self) -> Tree {
        let few = self.random.percent(60);
        let name = if few { self.random.pick(&NAMES[..4]) } else { self.random.pick(NAMES) };
        let tree = Tree::Text(name.to_string());
        self.spoil(tree)
    }

    pub(super) fn path(&mut self) -> Tree {
        let tree = Tree::Text(self.random.pick(PATHS).to_string());
        self.spoil(tree)
    }

    pub(super) fn data(&mut self) -> Tree {
        let broken = self.random.percent(2);
        let text = if broken { self.random.pick(BROKEN_BASE64) } else { self.random.pick(&BASE64[..8]) };
        let tree = Tree::Text(text.to_string());
        if self.random.percent(2) { Tree::Raw("[104, 105, 1e1]") } else { self.spoil(tree) }
    }

    pub(super) fn boolean(&mut self) -> Tree {
        Tree::Raw(self.random.pick(&["true", "false", "yes", "off", "True", "y"]))
    }

    /// Now and then something else where the tree should stand.
    pub(super) fn spoil(&mut self, tree: Tree) -> Tree {
        if self.random.below(1000) < self.mischief { Tree::Raw(self.random.pick(WORDS)) } else { tree }
    }
}
