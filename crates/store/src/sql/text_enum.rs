//! Enums that are stored as short codes.

/// Declares a public enum with a stored code per variant, `ALL`, `code()`, `parse()` and its column form.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All variants.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)*
                }
            }

            /// Reads a stored code.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }
        }

        impl $crate::sql::value::Column for $name {
            const KIND: $crate::sql::value::Kind = $crate::sql::value::Kind::Text;
            fn to_value(&self) -> $crate::sql::value::Value {
                $crate::sql::value::Value::Text(self.code().to_owned())
            }
            fn from_cell(cell: $crate::sql::value::Cell<'_>) -> Option<Self> {
                if let $crate::sql::value::Cell::Text(code) = cell { Self::parse(code) } else { None }
            }
        }
    };
}
pub(crate) use text_enum;
