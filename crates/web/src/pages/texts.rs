//! Words in two languages, checked by the compiler.
//!
//! A feature lists its words once with [`texts!`](crate::pages::texts); a word without a translation, or a template
//! that asks for a word that is not listed, does not compile.

/// Declares the words of a feature: a small `Copy` type that holds the language, with one method for each word.
///
/// A word with arguments becomes a sentence that is put together with `format!`, in both languages:
///
/// ```
/// web::texts! {
///     /// Words of an example.
///     Words {
///         title: "Rekap bulan", "Month sheet";
///         people(n): "{n} pegawai", "{n} employees";
///     }
/// }
/// use domain::lang::Lang;
/// assert_eq!(Words(Lang::En).title(), "Month sheet");
/// assert_eq!(Words(Lang::Id).people(61), "61 pegawai");
/// ```
#[macro_export]
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident {
        $($key:ident $(($($arg:ident),+))? : $id:literal, $en:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name(pub ::domain::lang::Lang);

        impl $name {
            $($crate::texts!(@word $key [$($($arg)+)?] $id, $en);)*
        }
    };
    (@word $key:ident [] $id:literal, $en:literal) => {
        #[doc = $id]
        pub const fn $key(self) -> &'static str {
            match self.0 {
                ::domain::lang::Lang::Id => $id,
                ::domain::lang::Lang::En => $en,
            }
        }
    };
    (@word $key:ident [$($arg:ident)+] $id:literal, $en:literal) => {
        #[doc = $id]
        pub fn $key(self, $($arg: impl ::std::fmt::Display),+) -> String {
            match self.0 {
                ::domain::lang::Lang::Id => ::std::format!($id),
                ::domain::lang::Lang::En => ::std::format!($en),
            }
        }
    };
}
