//! The pages of Hadir: what they look like ([`pages`]) and what answers behind them ([`server`]), and the door for devices
//! that are no terminals of the push protocol.

mod api;
pub mod assets;
pub mod pages;
pub mod server;
