//! Where each tile and entry bundle lies (c2sp.org/tlog-tiles, "Merkle Tree" and "Log entries").

/// Hashes in a full tile, and entries in a full bundle.
pub const WIDTH: u16 = 256;

/// What a file of the tree holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shelf {
    /// Bundles of entries.
    Entries,
    /// Hashes of the level: 0 for leaves, above that each hash stands for a full tile one level below.
    Hashes(u8),
}

/// One tile or bundle: which, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// Entries, or hashes of a level.
    pub shelf: Shelf,
    /// Which one from the left, from 0.
    pub index: u64,
    /// How many entries or hashes it holds: 1 to 256; under 256 it is a partial one.
    pub width: u16,
}

impl Tile {
    /// The full tile at `index`.
    pub fn full(shelf: Shelf, index: u64) -> Self {
        Self { shelf, index, width: WIDTH }
    }

    /// Whether nothing will ever be added to it.
    pub fn is_full(&self) -> bool {
        self.width == WIDTH
    }

    /// Reads a path in the one form that [`Tile::path`] writes; `None` for anything else.
    pub fn parse(path: &str) -> Option<Self> {
        let (shelf, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let shelf = match shelf {
            "entries" => Shelf::Entries,
            level => Shelf::Hashes(level.parse().ok()?),
        };
        let (number, width) = match rest.split_once(".p/") {
            None => (rest, WIDTH),
            Some((number, width)) => (number, width.parse().ok().filter(|width| (1..WIDTH).contains(width))?),
        };
        let mut index = 0_u64;
        for part in number.split('/') {
            let digits: u64 = part.strip_prefix('x').unwrap_or(part).parse().ok()?;
            index = index.checked_mul(1000)?.checked_add(digits)?;
        }
        let tile = Self { shelf, index, width };
        (tile.path() == path).then_some(tile)
    }

    /// Its path under the log's directory or address, such as `tile/0/x001/234.p/7`.
    pub fn path(&self) -> String {
        let full = self.full_path();
        if self.is_full() { full } else { format!("{full}.p/{}", self.width) }
    }

    /// The path it has, or will have, when full.
    pub fn full_path(&self) -> String {
        let mut number = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        match self.shelf {
            Shelf::Entries => format!("tile/entries/{number}"),
            Shelf::Hashes(level) => format!("tile/{level}/{number}"),
        }
    }

    /// The directory of its partial forms.
    pub fn partial_directory(&self) -> String {
        format!("{}.p", self.full_path())
    }

    /// The tile at `index` of `shelf` as it is in a log of `size` entries; `None` when it has nothing yet.
    pub fn in_log(shelf: Shelf, index: u64, size: u64) -> Option<Self> {
        let have = hashes_at(shelf, size);
        let before = index.checked_mul(u64::from(WIDTH))?;
        let width = u16::try_from(have.checked_sub(before)?.min(u64::from(WIDTH))).ok()?;
        (width > 0).then_some(Self { shelf, index, width })
    }

    /// The partial tile or bundle at the right end of `shelf` in a log of `size` entries, if there is one.
    pub fn partial_in_log(shelf: Shelf, size: u64) -> Option<Self> {
        Self::in_log(shelf, hashes_at(shelf, size) / u64::from(WIDTH), size)
    }
}

/// How many entries or hashes a shelf has in a log of `size` entries.
pub(crate) fn hashes_at(shelf: Shelf, size: u64) -> u64 {
    match shelf {
        Shelf::Entries => size,
        Shelf::Hashes(level) => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
    }
}

/// The shelves a log of `size` entries has: the entries, then the levels from the leaves up.
pub(crate) fn shelves(size: u64) -> impl Iterator<Item = Shelf> {
    let entries = (size > 0).then_some(Shelf::Entries);
    entries.into_iter().chain(levels(size).map(Shelf::Hashes))
}

/// The levels that hold hashes in a log of `size` entries, from the leaves up.
pub(crate) fn levels(size: u64) -> impl Iterator<Item = u8> {
    (0..8_u8).take_while(move |level| hashes_at(Shelf::Hashes(*level), size) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        let tile = |shelf, index, width| Tile { shelf, index, width }.path();
        assert_eq!(tile(Shelf::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(tile(Shelf::Hashes(1), 0, 17), "tile/1/000.p/17");
        assert_eq!(tile(Shelf::Entries, 273, 112), "tile/entries/273.p/112");
        assert_eq!(tile(Shelf::Entries, 1000, 256), "tile/entries/x001/000");
        assert_eq!(Tile::full(Shelf::Entries, 7).partial_directory(), "tile/entries/007.p");
    }

    #[test]
    fn a_path_is_read_in_its_one_form_only() {
        for path in ["tile/0/000", "tile/entries/x001/x234/067.p/9", "tile/63/999.p/255", "tile/1/x018/446"] {
            assert_eq!(Tile::parse(path).map(|tile| tile.path()).as_deref(), Some(path));
        }
        let huge = format!("tile/0/{}000", "x999/".repeat(40));
        for path in [
            "",
            "checkpoint",
            "tile/0",
            "tile/00/000",
            "tile/+1/000",
            "tile/256/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/001",
            "tile/0/001/000",
            "tile/0/x001/x000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/07",
            "tile/0/000.p/1/2",
            "tile/0/../../1.high-water",
            "tile/entries/..",
            "tile/data/000",
            "/tile/0/000",
            "tile/0//000",
            "tile/0/000/",
            huge.as_str(),
        ] {
            assert_eq!(Tile::parse(path), None, "{path}");
        }
    }

    #[test]
    fn the_tiles_of_seventy_thousand_entries_are_those_of_the_specification() {
        let partial = |shelf| Tile::partial_in_log(shelf, 70_000).map(|tile| (tile.index, tile.width));
        assert_eq!(partial(Shelf::Entries), Some((273, 112)));
        assert_eq!(partial(Shelf::Hashes(0)), Some((273, 112)));
        assert_eq!(partial(Shelf::Hashes(1)), Some((1, 17)));
        assert_eq!(partial(Shelf::Hashes(2)), Some((0, 1)));
        assert_eq!(partial(Shelf::Hashes(3)), None);
        assert_eq!(levels(70_000).count(), 3);
        assert_eq!(Tile::in_log(Shelf::Hashes(1), 0, 70_000), Some(Tile::full(Shelf::Hashes(1), 0)));
        // A log of 256 has a full tile of leaves and a level above with one hash.
        assert_eq!(Tile::partial_in_log(Shelf::Hashes(0), 256), None);
        assert_eq!(Tile::partial_in_log(Shelf::Hashes(1), 256).map(|tile| tile.width), Some(1));
        assert_eq!(shelves(0).count(), 0);
    }
}
