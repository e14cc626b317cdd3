//! Steps of flows, as code names them (connector.md 18.3).

/// The key of a step in `stepResults`: words are split at everything but ASCII letters and digits, lower-cased, and
/// all but the first begin with a capital. The runtime has the same function, for names that come when it runs.
///
/// ```
/// use linchpin_spec::facts::step_key;
///
/// assert_eq!(step_key("Fetch All Invoices"), "fetchAllInvoices");
/// ```
pub fn step_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut word = word.chars().map(|char| char.to_ascii_lowercase());
        let first = word.next().map(|first| if key.is_empty() { first } else { first.to_ascii_uppercase() });
        key.extend(first.into_iter().chain(word));
    }
    key
}
