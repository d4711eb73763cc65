//! The pages of Hadir: what they look like and, later, what answers behind them.

pub mod assets;
pub mod pages;
