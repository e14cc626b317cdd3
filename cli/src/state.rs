//! Where a polling trigger goes on, in a file.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use linchpin::clock::{Clock, SystemClock};
use linchpin::trigger::TriggerState;
use linchpin::value::Date;

use crate::output::told;

/// What a polling trigger remembers, and where it begins.
#[derive(Args)]
pub(crate) struct State {
    /// File in which a polling trigger remembers what it has delivered; without it, every run is the first one
    #[arg(long = "state", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where the first run of a polling trigger starts: `all`, `now`, a date, or the id of an item
    #[arg(long, value_name = "START", default_value = "all")]
    start: String,
}

impl State {
    /// Refuses the flags where there is nothing to remember.
    pub(crate) fn check_unused(&self) -> Result<(), String> {
        if self.file.is_none() && self.start == "all" {
            return Ok(());
        }
        Err("`--state` and `--start` are for polling triggers".to_owned())
    }

    /// The state in the file; where to start if there is none. `by_date` says what the trigger knows items by.
    pub(crate) fn load(&self, by_date: bool) -> Result<TriggerState, String> {
        let text = match &self.file {
            None => return self.first(by_date),
            Some(file) => match fs::read(file) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return self.first(by_date),
                Err(error) => return Err(format!("{}: {error}", file.display())),
            },
        };
        let shown = self.file.as_deref().unwrap_or(Path::new("")).display();
        TriggerState::from_json(&text).map_err(|error| format!("{shown}: {}", told(&error)))
    }

    fn first(&self, by_date: bool) -> Result<TriggerState, String> {
        match self.start.as_str() {
            "all" => Ok(TriggerState::all()),
            "now" => Ok(TriggerState::from_now(SystemClock.now())),
            date if by_date => {
                let start = date_of(date).ok_or_else(|| {
                    format!("`--start {date}`: this trigger goes by dates; write one, such as 2026-01-31, `all` or `now`")
                })?;
                Ok(TriggerState::since(start))
            }
            id => TriggerState::starting_at(id).map_err(|error| format!("`--start {id}`: {}", told(&error))),
        }
    }

    /// Keeps the state: beside the file first, so that a crash leaves the old one or the new one.
    pub(crate) fn save(&self, state: &TriggerState) -> Result<(), String> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut fresh = file.clone().into_os_string();
        fresh.push(".new");
        let written = fs::write(&fresh, state.to_json()).and_then(|()| fs::rename(&fresh, file));
        written.map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// A moment, or a day, which begins at midnight in UTC.
fn date_of(text: &str) -> Option<Date> {
    text.parse().or_else(|_| format!("{text}T00:00:00Z").parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_dates() {
        assert_eq!(date_of("2026-01-31"), date_of("2026-01-31T01:00:00+01:00"));
        assert!(date_of("2026-01-31").is_some() && date_of("tomorrow").is_none());
    }
}
