//! What `replace` searches: text, or a regular expression between slashes.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::regexp::Regexp;
use super::replacement::{Found, expand};
use crate::error::Error;
use crate::functions::args::Call;
use crate::scope::Site;
use crate::value::Value;

/// What is said of a pattern that takes more work than it may.
const TOO_MANY_STEPS: &str = "the regular expression takes too many steps for this text";

/// The longest time that replacing in one text may take, in milliseconds.
const LONGEST_RUN: i64 = 5_000;

/// The search of a `replace` that is known at build time: it is compiled once.
///
/// ```
/// use linchpin::functions::{Pattern, replace_with};
/// use linchpin::{scope::Scope, value::Value};
///
/// static DIGITS: Pattern = Pattern::new("/[0-9]+/g");
/// let scope = Scope::new();
/// let args = [Value::from("4 of 10"), Value::Undefined, Value::from("<$&>")];
/// assert_eq!(replace_with(scope.at("doc"), &DIGITS, &args.each_ref())?, Value::from("<4> of <10>"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    search: OnceLock<Search>,
}

impl Pattern {
    /// What `replace` takes as its second argument: text, or a regular expression such as `/a+/g`.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, search: OnceLock::new() }
    }

    fn search(&self) -> &Search {
        self.search.get_or_init(|| Search::new(self.text))
    }
}

/// What is searched.
#[derive(Debug)]
enum Search {
    /// Text, everywhere it occurs.
    Text(String),
    /// A regular expression.
    Regexp(Box<Regexp>),
    /// What is wrong with the regular expression.
    Invalid(String),
}

impl Search {
    fn new(text: &str) -> Self {
        match literal_parts(text) {
            Some((pattern, flags)) => match Regexp::new(pattern, flags) {
                Ok(regexp) => Self::Regexp(Box::new(regexp)),
                Err(problem) => Self::Invalid(format!("the regular expression is not valid: {problem}")),
            },
            None => Self::Text(text.to_owned()),
        }
    }
}

/// Pattern and flags of a regular expression in slashes; `None` where `text` is none (iml.md 9.2).
///
/// The pattern reaches to the last slash and is not empty; behind it stand nothing but flags.
fn literal_parts(text: &str) -> Option<(&str, &str)> {
    let (pattern, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    let all_flags = flags.chars().all(|letter| "dgimsuvy".contains(letter));
    (!pattern.is_empty() && all_flags).then_some((pattern, flags))
}

/// `replace(text, search, replacement) → text`: the text with something else in place of what is searched.
///
/// Text is replaced wherever it occurs. `/pattern/flags` is a regular expression of JavaScript, of which the first
/// match is replaced, or each with the flag `g`. In the replacement `$&` stands for the match, `$1` to `$99` for its
/// groups, `` $` `` and `$'` for what is before and behind it, `$$` for a dollar sign. A nullish replacement is
/// empty; a blank search changes nothing; nullish text gives null (iml.md 9.2, rulings 5).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// let args = [Value::from("Lovelace, Ada"), Value::from("/(\\w+), (\\w+)/"), Value::from("$2 $1")];
/// let text = functions::replace(scope.at("doc"), &args.each_ref())?;
/// assert_eq!(text, Value::from("Ada Lovelace"));
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// A regular expression that is not valid, has named groups, or takes more work than it may.
pub fn replace(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let call = Call::new(site, "replace", args);
    let text = call.value(1).text_form();
    if literal_parts(&text).is_none() {
        return replace_search(&call, &text, None);
    }
    replace_search(&call, &text, Some(&*cached(&text)))
}

/// [`replace`] with a search that is known at build time, in place of the second argument.
///
/// # Errors
/// As [`replace`].
pub fn replace_with(site: Site<'_>, pattern: &Pattern, args: &[&Value]) -> Result<Value, Error> {
    replace_search(&Call::new(site, "replace", args), pattern.text, Some(pattern.search()))
}

/// Replaces. Without a compiled search `literal` is the text that is searched.
fn replace_search(call: &Call<'_>, literal: &str, search: Option<&Search>) -> Result<Value, Error> {
    let Some(text) = call.text(0) else { return Ok(Value::Null) };
    let replacement = call.value(2).text_form();
    let replaced = match search {
        None => replace_text(&text, literal, &replacement),
        Some(Search::Text(literal)) => replace_text(&text, literal, &replacement),
        Some(Search::Regexp(regexp)) => {
            let clock = call.site.scope.clock();
            let start = clock.now().as_millis();
            let is_late = || clock.now().as_millis().saturating_sub(start) > LONGEST_RUN;
            match regexp.replace(&text, &replacement, is_late) {
                Ok(replaced) => replaced,
                Err(_) => return Err(call.invalid(1, TOO_MANY_STEPS)),
            }
        }
        Some(Search::Invalid(problem)) => return Err(call.invalid(1, problem)),
    };
    Ok(match (replaced, call.value(0)) {
        // Nothing changed: the text need not be copied.
        (Cow::Borrowed(_), same @ Value::Text(_)) => same.clone(),
        (replaced, _) => Value::from(replaced.into_owned()),
    })
}

/// Replaces a text wherever it occurs. There are no groups, but the other signs of a replacement count.
fn replace_text<'a>(text: &'a str, literal: &str, replacement: &str) -> Cow<'a, str> {
    if literal.is_empty() || !text.contains(literal) {
        return Cow::Borrowed(text);
    }
    if !replacement.contains('$') {
        return Cow::Owned(text.replace(literal, replacement));
    }
    let mut out = String::new();
    let mut copied = 0;
    for (start, found) in text.match_indices(literal) {
        let range = (start, start + found.len());
        out.push_str(text.get(copied..start).unwrap_or_default());
        expand(&mut out, replacement, &Found { text, range, groups: 0 }, |_| None);
        copied = range.1;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

/// Searches that came up while running, the last ones last.
static CACHE: Mutex<VecDeque<(String, Arc<Search>)>> = Mutex::new(VecDeque::new());

/// The most searches that are kept.
const CACHED: usize = 64;

/// The longest search that is kept, in bytes.
const LONGEST_CACHED: usize = 1_024;

/// The compiled form of a search that is known only while running.
fn cached(text: &str) -> Arc<Search> {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, search)) = cache.iter().find(|(known, _)| known == text) {
        return Arc::clone(search);
    }
    // Compiling takes a while, and others need the cache.
    drop(cache);
    let search = Arc::new(Search::new(text));
    if text.len() <= LONGEST_CACHED {
        cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHED {
            cache.pop_front();
        }
        cache.push_back((text.to_owned(), Arc::clone(&search)));
    }
    search
}

/// Whether a pattern of `validate` matches somewhere in a text (connector.md 15.4). It is a regular expression without
/// slashes around it and without flags.
///
/// # Errors
/// What is wrong with the pattern, or that it takes more work than it may.
pub(crate) fn test(pattern: &str, text: &str) -> Result<bool, Cow<'static, str>> {
    match &*cached(&format!("/{pattern}/")) {
        Search::Regexp(regexp) => regexp.is_match(text).map_err(|_| Cow::Borrowed(TOO_MANY_STEPS)),
        Search::Invalid(problem) => Err(Cow::Owned(problem.clone())),
        // Nothing between the slashes, which matches everywhere.
        Search::Text(_) => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::args::run;
    use crate::scope::Scope;

    fn replaced(text: &str, search: &str, replacement: &str) -> String {
        let args = [text, search, replacement].map(Value::from);
        run(replace, &args).unwrap().to_text().to_string()
    }

    #[test]
    fn text_is_replaced_everywhere() {
        assert_eq!(replaced("a.b.c", ".", "-"), "a-b-c");
        assert_eq!(replaced("1+1", "+", "$&$&"), "1++1");
        assert_eq!(replaced("x=1", "=", "[$`|$'|$$|$1]"), "x[x|1|$|$1]1");
        assert_eq!(replaced("abc", "", "x"), "abc");
        assert_eq!(replaced("aaa", "aa", "b"), "ba");
    }

    #[test]
    fn slashes_make_a_regular_expression() {
        assert_eq!(literal_parts("/a/"), Some(("a", "")));
        assert_eq!(literal_parts("/a/b/gi"), Some(("a/b", "gi")));
        assert_eq!(literal_parts("///"), Some(("/", "")));
        for text in ["", "/", "//", "a/b/", "/a", "/a/b", "/a/ g"] {
            assert_eq!(literal_parts(text), None, "{text}");
        }
        assert_eq!(replaced("/v1/a", "/^\\//", ""), "v1/a");
        assert_eq!(replaced("/v1/a", "/v1/", ""), "//a");
        assert_eq!(replaced("see /v1/users", "/v1/users", "x"), "see x");
    }

    #[test]
    fn arguments_are_coerced() {
        assert!(matches!(run(replace, &[Value::Null, Value::from("a"), Value::from("b")]), Ok(Value::Null)));
        assert!(matches!(run(replace, &[]), Ok(Value::Null)));
        assert_eq!(
            run(replace, &[Value::from(1001), Value::from(0), Value::from("-")]).unwrap(),
            Value::from("1--1")
        );
        assert_eq!(run(replace, &[Value::from("abc"), Value::from("b")]).unwrap(), Value::from("ac"));
        assert_eq!(
            run(replace, &[Value::from("abc"), Value::Null, Value::from("x")]).unwrap(),
            Value::from("abc")
        );
        assert_eq!(
            run(replace, &[Value::from("b"), Value::from("/b/"), Value::EmptyText]).unwrap(),
            Value::from("")
        );
    }

    #[test]
    fn wrong_patterns_are_errors_with_their_place() {
        for search in ["/(/", "/(?<year>\\d+)/", "/a/gg", "/a/uv"] {
            let error = run(replace, &["a", search, ""].map(Value::from)).unwrap_err();
            let error = format!("{error:?}");
            assert!(error.contains("replace, argument 2: the regular expression is not valid"), "{error}");
        }
        let letters = Value::from(format!("{}!", "a".repeat(60)));
        let error = run(replace, &[letters, Value::from("/^(?=(a+)+$)/"), Value::from("")]).unwrap_err();
        assert!(format!("{error:?}").contains("too many steps"), "{error:?}");
    }

    #[test]
    fn compiled_searches_give_the_same() {
        static REGEXP: Pattern = Pattern::new("/o/g");
        static TEXT: Pattern = Pattern::new("o");
        static WRONG: Pattern = Pattern::new("/(/");
        let scope = Scope::new();
        let args = ["foo", "ignored", "0"].map(Value::from);
        let site = scope.at("test");
        assert_eq!(replace_with(site, &REGEXP, &args.each_ref()).unwrap(), Value::from("f00"));
        assert_eq!(replace_with(site, &TEXT, &args.each_ref()).unwrap(), Value::from("f00"));
        assert!(replace_with(site, &WRONG, &args.each_ref()).is_err());
    }

    #[test]
    fn the_cache_keeps_a_bounded_number() {
        for number in 0..CACHED * 3 {
            assert_eq!(replaced("a1", &format!("/a|n{number}/"), "x"), "x1");
        }
        assert!(CACHE.lock().unwrap().len() <= CACHED);
    }

    #[test]
    fn validation_searches_unanchored() {
        assert_eq!(test("^[0-9]+$", "123"), Ok(true));
        assert_eq!(test("[0-9]", "a1b"), Ok(true));
        assert_eq!(test("^[0-9]+$", "12a"), Ok(false));
        assert_eq!(test("/b/", "a/b/c"), Ok(true));
        assert_eq!(test("/b/", "b"), Ok(false));
        assert_eq!(test("", "anything"), Ok(true));
        assert_eq!(test("a/b", "xa/by"), Ok(true));
        assert!(test("(", "a").is_err());
        assert!(test("^(?=a)(a+)+$", &format!("{}!", "a".repeat(60))).is_err());
    }
}
