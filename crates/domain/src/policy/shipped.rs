//! The policies that come with the product, as examples to copy from.

/// A policy file that comes with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// File name without `.toml`; equal to `[policy] id`.
    pub id: &'static str,
    /// The text.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        /// All of them; the default comes first.
        pub const SHIPPED: &[Shipped] = &[
            $(Shipped { id: $id, text: include_str!(concat!("../../../../policies/", $id, ".toml")) }),*
        ];
    };
}

shipped![
    "default-60-40",
    "tanggamus-2017",
    "ogan-ilir-2022",
    "tulang-bawang-2025",
    "manado-2026",
    "lahat-2022",
    "sampang-2021",
    "regency-3",
    "permentan-68-2012",
    "dki-per-minute",
];

/// A shipped policy by id.
pub fn shipped(id: &str) -> Option<Shipped> {
    SHIPPED.iter().copied().find(|policy| policy.id == id)
}
