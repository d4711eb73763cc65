//! The transparency log in the browser and for mirrors.

pub(crate) mod mirror_handler;
