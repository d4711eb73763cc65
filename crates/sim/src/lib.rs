//! Simulation with ground truth: an invented regency and the machines on its walls, load for a server, and the weak
//! network in between.

pub mod load;
pub mod network;
pub mod population;
pub mod terminal;
