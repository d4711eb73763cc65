//! What terminals upload, table by table: pure parsers from bytes to typed records.

pub mod att_photo;
pub mod attlog;
pub mod attlog_dat;
pub mod operlog;
pub mod options;
pub mod rtlog;
