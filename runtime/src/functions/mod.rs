//! Functions.
mod date;
