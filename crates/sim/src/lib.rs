//! Simulation with ground truth: an invented regency and the machines on its walls, and load for a server.

pub mod load;
pub mod population;
pub mod terminal;
