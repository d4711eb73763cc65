//! Simulation with ground truth: an invented regency and the machines on its walls.

pub mod population;
pub mod terminal;
