//! Dates and times (iml.md 9.4, 11).

mod calendar;
mod civil;
mod detect;
mod format;
mod parse;
mod resolve;
mod scan;
mod token;
mod zone;
