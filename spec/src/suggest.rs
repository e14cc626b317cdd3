//! "Did you mean" as help of a diagnostic.

use crate::diagnostic::Diagnostic;
use crate::similar::nearest;

impl Diagnostic {
    /// Adds the candidate that `word` is probably meant to be, or nothing when none is near.
    #[must_use]
    pub(crate) fn did_you_mean<'a>(self, word: &str, candidates: impl Iterator<Item = &'a str>) -> Self {
        match nearest(word, candidates) {
            Some(candidate) => self.help(format!("did you mean `{candidate}`?")),
            None => self,
        }
    }
}
