//! Checks by a program in Go that shares no code with us.
