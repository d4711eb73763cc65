//! The `hadir` binary.
fn main() {}
