//! Functions.
mod date;
mod pattern;
