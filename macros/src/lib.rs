//! `include_connector!` and `iml!`.
