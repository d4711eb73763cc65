//! The pages of Hadir: what they look like ([`pages`]) and what answers behind them ([`server`]).

pub mod assets;
pub mod pages;
pub mod server;
