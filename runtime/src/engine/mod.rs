//! Runs plans (connector.md 4 to 9, 12).
//!
//! One file per phase, in the order in which a request goes through them: `temp`, `condition`, `build`, `attempt`
//! with `send` and `receive`, `parse`, `valid` and `error_map`, `account`, `iterate` with output, `limit`, `pagination`.
//! `run` strings them together, `pages` pulls them page by page. The engine reads plans only: it does not know how they were made.

pub(crate) mod account;
mod attempt;
pub(crate) mod blotter;
pub(crate) mod build;
mod condition;
mod error_map;
pub(crate) mod eval;
mod fetch;
pub(crate) mod filter;
pub(crate) mod hosts;
pub(crate) mod iterate;
pub(crate) mod job;
mod limit;
mod log;
mod pages;
mod pagination;
pub(crate) mod parse;
pub(crate) mod receive;
mod run;
pub(crate) mod sanitize;
mod send;
pub(crate) mod temp;
mod valid;

pub(crate) use pages::{Pages, job as module_job};
pub(crate) use run::{Run, RunOptions};
