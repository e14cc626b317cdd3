//! What a user reads when a connector, or a call of a client, has a mistake: see `cases` and `tests/ui.rs`.
