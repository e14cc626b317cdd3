//! Spans of time as options of tokens write them: `2 days`, `10h`, `-1.5 min`.

/// The milliseconds of a span. A number without a unit is milliseconds; months are not a unit.
pub(crate) fn millis(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    let end =
        text.find(|char: char| !(char.is_ascii_digit() || matches!(char, '-' | '.'))).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    // What the parser of numbers takes besides: signs within, and points without digits behind them.
    let is_plain = number.ends_with(|char: char| char.is_ascii_digit());
    let number: f64 = if is_plain { number.parse().ok()? } else { return None };
    Some(number * unit_millis(unit.trim_start())?)
}

fn unit_millis(unit: &str) -> Option<f64> {
    const SECOND: f64 = 1_000.0;
    const DAY: f64 = 86_400.0 * SECOND;
    let units: [(&[&str], f64); 7] = [
        (&["", "ms", "msec", "msecs", "millisecond", "milliseconds"], 1.0),
        (&["s", "sec", "secs", "second", "seconds"], SECOND),
        (&["m", "min", "mins", "minute", "minutes"], 60.0 * SECOND),
        (&["h", "hr", "hrs", "hour", "hours"], 3_600.0 * SECOND),
        (&["d", "day", "days"], DAY),
        (&["w", "week", "weeks"], 7.0 * DAY),
        (&["y", "yr", "yrs", "year", "years"], 365.25 * DAY),
    ];
    let is_meant = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(unit));
    units.into_iter().find(|(names, _)| is_meant(names)).map(|(_, millis)| millis)
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn numbers_with_units() {
        let cases = [
            ("250", 250.0),
            ("10s", 10_000.0),
            ("1.5 min", 90_000.0),
            (".5h", 1_800_000.0),
            ("2 Days", 172_800_000.0),
            ("-1w", -604_800_000.0),
            ("1y", 31_557_600_000.0),
        ];
        for (text, expected) in cases {
            assert_eq!(millis(text), Some(expected), "{text}");
        }
        for wrong in ["", "s", "1 fortnight", "1 month", "1-2s", "1.s", "--1s", "1e3s", "s1"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }
}
