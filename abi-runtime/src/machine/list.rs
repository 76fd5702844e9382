//! First-in-first-out lists that run through the entries of an arena: an entry is in one list or in none.

/// A first-in-first-out list of entries of an arena, each of which has [`Links`].
#[derive(Clone, Copy, Debug)]
pub(super) struct List<I> {
    first: Option<I>,
    last: Option<I>,
}

/// The neighbours of an entry in the list that it is in, if any.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<I> {
    before: Option<I>,
    after: Option<I>,
}

impl<I> Links<I> {
    pub(super) const NONE: Links<I> = Links { before: None, after: None };
}

impl<I: Copy> List<I> {
    pub(super) const EMPTY: List<I> = List { first: None, last: None };

    pub(super) const fn first(&self) -> Option<I> {
        self.first
    }

    /// Adds an entry that is in no list.
    pub(super) fn push(&mut self, id: I, links: &mut impl LinksOf<I>) {
        *links.links(id) = Links { before: self.last, after: None };
        match self.last {
            Some(last) => links.links(last).after = Some(id),
            None => self.first = Some(id),
        }
        self.last = Some(id);
    }

    /// Takes out an entry, which is in this list.
    pub(super) fn unlink(&mut self, id: I, links: &mut impl LinksOf<I>) {
        let Links { before, after } = core::mem::replace(links.links(id), Links::NONE);
        match before {
            Some(before) => links.links(before).after = after,
            None => self.first = after,
        }
        match after {
            Some(after) => links.links(after).before = before,
            None => self.last = before,
        }
    }
}

/// A type that has the links of entries.
pub(super) trait LinksOf<I> {
    /// The links of an entry.
    fn links(&mut self, id: I) -> &mut Links<I>;

    /// The entry after another in its list.
    fn after(&mut self, id: I) -> Option<I>
    where
        I: Copy,
    {
        self.links(id).after
    }
}
