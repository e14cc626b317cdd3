//! Keys of steps (connector.md 18.3).

/// The key of a step in `stepResults`, made of the step's name.
///
/// Runs of anything but ASCII letters and digits separate words; each word is lower case, and all but the first begin
/// with a capital.
///
/// ```
/// use linchpin::js::step_key;
///
/// assert_eq!(step_key("Fetch All Invoices"), "fetchAllInvoices");
/// assert_eq!(step_key("Parse CSV-file #2"), "parseCsvFile2");
/// ```
#[must_use]
pub fn step_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_first = key.is_empty();
        for (at, char) in word.chars().enumerate() {
            key.push(if at == 0 && !is_first {
                char.to_ascii_uppercase()
            } else {
                char.to_ascii_lowercase()
            });
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_lowered_and_joined() {
        let cases = [
            ("Trigger", "trigger"),
            ("SEND", "send"),
            ("Ask the Team's bot", "askTheTeamSBot"),
            ("XML -> JSON", "xmlJson"),
            ("  2nd try  ", "2ndTry"),
            ("makeThisLower", "makethislower"),
            ("Čaj 5", "aj5"),
            ("***", ""),
            ("", ""),
        ];
        for (name, key) in cases {
            assert_eq!(step_key(name), key, "{name}");
        }
    }
}
