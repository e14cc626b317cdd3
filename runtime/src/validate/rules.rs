//! The rules of `validate` (connector.md 15.4).

use super::Check;
use crate::functions::pattern;
use crate::plan::Rules;
use crate::value::Value;

impl Check<'_> {
    /// Rules of texts and numbers.
    pub(super) fn scalar(&mut self, rules: &Rules, value: &Value, path: &str) {
        match value {
            Value::Text(text) => self.text(rules, text, path),
            Value::EmptyText => self.text(rules, "", path),
            Value::Number(number) => {
                let number = number.as_f64();
                if rules.min.is_some_and(|min| number < min) {
                    self.complain(
                        path,
                        format!("is too small, at least {} is needed", rules.min.unwrap_or_default()),
                    );
                }
                if rules.max.is_some_and(|max| number > max) {
                    self.complain(
                        path,
                        format!("is too big, at most {} is allowed", rules.max.unwrap_or_default()),
                    );
                }
            }
            _ => {}
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "no text is so long")]
    fn text(&mut self, rules: &Rules, text: &str, path: &str) {
        // As JavaScript counts, in units of UTF-16.
        let length = text.encode_utf16().count() as f64;
        if let Some(min) = rules.min.filter(|min| length < *min) {
            self.complain(path, format!("is too short, at least {min} characters are needed"));
        }
        if let Some(max) = rules.max.filter(|max| length > *max) {
            self.complain(path, format!("is too long, at most {max} characters are allowed"));
        }
        if let Some(pattern) = &rules.pattern {
            match pattern::test(pattern, text) {
                Ok(true) => {}
                Ok(false) => self.complain(path, format!("does not match {pattern}")),
                Err(_) => self.complain(path, format!("cannot be compared with {pattern}")),
            }
        }
        if !rules.one_of.is_empty() && !rules.one_of.iter().any(|allowed| allowed == text) {
            self.complain(path, format!("must be one of {}", rules.one_of.join(", ")));
        }
    }

    /// Rules of lists.
    pub(super) fn items(&mut self, rules: &Rules, items: &[Value], path: &str) {
        let count = items.len() as u64;
        if let Some(min) = rules.min_items.filter(|min| count < *min) {
            self.complain(path, format!("has fewer than {min} items"));
        }
        if let Some(max) = rules.max_items.filter(|max| count > *max) {
            self.complain(path, format!("has more than {max} items"));
        }
        let repeats = |at: usize| items.iter().take(at).any(|before| items.get(at) == Some(before));
        if rules.unique && (0..items.len()).any(repeats) {
            self.complain(path, "has items that are equal");
        }
    }
}
