//! One file for each command. `run` gives true when all is well, false when what is wrong has been shown.

pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod connections;
pub(crate) mod expand;
pub(crate) mod explain;
pub(crate) mod functions;
pub(crate) mod krate;
pub(crate) mod login;
pub(crate) mod run;
