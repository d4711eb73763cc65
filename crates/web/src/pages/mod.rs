//! The screens: plain view structs with the template beside each of them.
//!
//! A folder per feature holds the view struct (`mod.rs`), its templates (`*.html`) and its words in both languages
//! (`texts.rs`). A view struct is data only: a handler fills it and calls [`askama::Template::render`]. Every struct
//! that stands inside the frame of the product has a field `shell` of type [`layout::Shell`].
//!
//! | folder | screen | path |
//! |---|---|---|
//! | [`masuk`] | login | `/masuk` |

pub mod layout;
pub mod markup;
pub mod masuk;
pub mod rekap;
pub mod texts;
