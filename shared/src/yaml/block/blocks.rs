//! Which mapping or list a line belongs to, by its indentation.

/// Deeper texts are left to the full parser, which has a limit of its own.
const DEEPEST: usize = 64;

/// The blocks that are open, from the root on, and the one the last pair announced. What a block is to the reader is
/// its role.
#[derive(Debug)]
pub(crate) struct Blocks<Role> {
    open: Vec<Block<Role>>,
    expected: Option<Expected<Role>>,
}

#[derive(Clone, Copy, Debug)]
struct Block<Role> {
    indent: usize,
    is_sequence: bool,
    role: Role,
}

/// A block that may follow below a pair without a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<Role> {
    /// The column of the pair's key.
    pub indent: usize,
    /// The role the block gets if it is a mapping; none where it must not be one.
    pub mapping: Option<Role>,
    /// The role it gets if it is a list.
    pub sequence: Option<Role>,
}

/// The block a line belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<Role> {
    pub role: Role,
    /// Whether the block starts with this line.
    pub opens: bool,
}

impl<Role: Copy> Blocks<Role> {
    pub fn new() -> Self {
        Self { open: Vec::new(), expected: None }
    }

    /// Whether no line has been placed yet.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Remembers that a block may stand below the last pair.
    pub fn expect(&mut self, expected: Expected<Role>) {
        self.expected = Some(expected);
    }

    /// Finds the block of a line; opens the one that was expected, and closes those that have ended. The first line
    /// opens the root. Steps aside where the indentation fits nothing.
    pub fn place(
        &mut self,
        indent: usize,
        dash: bool,
        root: Role,
        mut close: impl FnMut(Role),
    ) -> Option<Place<Role>> {
        let Some(top) = self.open.last() else {
            self.push(indent, false, root)?;
            return (indent == 0 && !dash).then_some(Place { role: root, opens: true });
        };
        match self.expected.take() {
            Some(expected) if indent > expected.indent || (indent == expected.indent && dash) => {
                let role = if dash { expected.sequence? } else { expected.mapping? };
                self.push(indent, dash, role)?;
                return Some(Place { role, opens: true });
            }
            // More indentation without a key that waits: a text of several lines.
            None if indent > top.indent => return None,
            _ => {}
        }
        while self.open.last()?.indent > indent {
            close(self.open.pop()?.role);
        }
        let top = self.open.last()?;
        if top.is_sequence && !dash && top.indent == indent {
            // A list may stand no deeper than the key it belongs to.
            close(self.open.pop()?.role);
        }
        let top = self.open.last()?;
        (top.indent == indent && top.is_sequence == dash).then_some(Place { role: top.role, opens: false })
    }

    /// Opens the mapping that starts behind a dash, at the column of its first key.
    pub fn open_item(&mut self, column: usize, role: Role) -> Option<()> {
        self.push(column, false, role)
    }

    /// The roles of the blocks that are still open, the innermost first.
    pub fn into_open(self) -> impl Iterator<Item = Role> {
        self.open.into_iter().rev().map(|block| block.role)
    }

    fn push(&mut self, indent: usize, is_sequence: bool, role: Role) -> Option<()> {
        self.open.push(Block { indent, is_sequence, role });
        (self.open.len() <= DEEPEST).then_some(())
    }
}
