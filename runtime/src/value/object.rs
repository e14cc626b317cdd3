//! Collections.

use std::hash::BuildHasher;
use std::sync::{Arc, LazyLock};

use hashbrown::{DefaultHashBuilder, HashTable};
use smol_str::SmolStr;

use super::Value;

/// A collection: keys in the order in which they were put (rulings 2). Cloning is O(1); a collection that is shared
/// is copied when it is changed.
///
/// ```
/// use linchpin::value::{Object, Value};
///
/// let mut task = Object::new();
/// task.set("title", "Water the plants");
/// task.set("done", false);
/// assert_eq!(task.get("title"), Some(&Value::from("Water the plants")));
/// assert_eq!(task.keys().collect::<Vec<_>>(), ["title", "done"]);
/// ```
#[derive(Clone, Default)]
pub struct Object(Option<Arc<Entries>>);

#[derive(Clone, Default)]
struct Entries {
    list: Vec<(SmolStr, Value)>,
    /// Positions in `list` by hash. Small collections have none: walking them is faster.
    index: Option<HashTable<u32>>,
}

/// Collections with more keys than this get an index.
const INDEX_ABOVE: usize = 24;

/// Room for the keys of most collections that are read.
const USUAL_LENGTH: usize = 8;

/// Seeded once per process, so that a service cannot choose keys that collide.
static HASHER: LazyLock<DefaultHashBuilder> = LazyLock::new(DefaultHashBuilder::default);

fn hash(key: &str) -> u64 {
    HASHER.hash_one(key)
}

impl Entries {
    fn with_capacity(capacity: usize) -> Self {
        Self { list: Vec::with_capacity(capacity), index: None }
    }

    #[inline]
    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => self.list.iter().position(|(known, _)| known == key),
            Some(index) => self.indexed_position(index, key),
        }
    }

    fn indexed_position(&self, index: &HashTable<u32>, key: &str) -> Option<usize> {
        let same = |at: &u32| self.list.get(*at as usize).is_some_and(|(known, _)| known == key);
        index.find(hash(key), same).map(|at| *at as usize)
    }

    fn put(&mut self, key: SmolStr, value: Value) {
        match self.position(&key) {
            Some(at) => {
                if let Some((_, old)) = self.list.get_mut(at) {
                    *old = value;
                }
            }
            None => self.push(key, value),
        }
    }

    /// Appends a key that is known to be new.
    #[inline]
    fn push(&mut self, key: SmolStr, value: Value) {
        self.list.push((key, value));
        if self.index.is_some() || self.list.len() > INDEX_ABOVE {
            self.index_last();
        }
    }

    #[cold]
    fn index_last(&mut self) {
        let Self { list, index } = self;
        let rehash = |at: &u32| list.get(*at as usize).map_or(0, |(key, _)| hash(key));
        let from = if index.is_some() { list.len() - 1 } else { 0 };
        let table = index.get_or_insert_with(|| HashTable::with_capacity(list.len() * 2));
        for (at, (key, _)) in list.iter().enumerate().skip(from) {
            // A collection of four thousand million keys does not fit into memory.
            let Ok(at) = u32::try_from(at) else { return };
            table.insert_unique(hash(key), at, rehash);
        }
    }

    fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.position(key)?;
        if let Some(index) = &mut self.index {
            let removed = u32::try_from(at).ok()?;
            if let Ok(entry) = index.find_entry(hash(key), |found| *found == removed) {
                entry.remove();
            }
            for position in index.iter_mut().filter(|position| **position > removed) {
                *position -= 1;
            }
        }
        Some(self.list.remove(at).1)
    }
}

impl Object {
    /// An empty collection.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// An empty collection with room for `capacity` keys.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self((capacity > 0).then(|| Arc::new(Entries::with_capacity(capacity))))
    }

    fn entries(&mut self) -> &mut Entries {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    fn list(&self) -> &[(SmolStr, Value)] {
        self.0.as_deref().map_or(&[], |entries| &entries.list)
    }

    /// The number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list().len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[must_use]
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Value> {
        let entries = self.0.as_deref()?;
        entries.list.get(entries.position(key)?).map(|(_, value)| value)
    }

    /// The value of a key, to be changed in place.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let at = self.0.as_deref()?.position(key)?;
        self.entries().list.get_mut(at).map(|(_, value)| value)
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Puts a value under a key that is part of the program: the key is not copied. A key that is there keeps its
    /// place.
    #[inline]
    pub fn insert(&mut self, key: &'static str, value: Value) {
        self.entries().put(SmolStr::new_static(key), value);
    }

    /// Puts a value under a key. A key that is there keeps its place.
    pub fn insert_text(&mut self, key: SmolStr, value: Value) {
        self.entries().put(key, value);
    }

    /// Puts anything that is a value under a key. A key that is there keeps its place.
    pub fn set(&mut self, key: impl Into<SmolStr>, value: impl Into<Value>) {
        self.insert_text(key.into(), value.into());
    }

    /// Puts all entries of a collection; any other value adds nothing (iml.md 12, spread).
    pub fn spread(&mut self, value: &Value) {
        if let Value::Object(object) = value {
            self.extend(object.clone());
        }
    }

    /// Takes a key out. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        // Looking first keeps a shared collection shared when there is nothing to take out.
        self.0.as_deref()?.position(key)?;
        self.entries().remove(key)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &Value) -> bool) {
        if self.iter().all(|(key, value)| keep(key, value)) {
            return;
        }
        *self = std::mem::take(self).into_iter().filter(|(key, value)| keep(key, value)).collect();
    }

    /// Keys and values, in order.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.list().iter())
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(key, _)| key.as_str())
    }

    /// The values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// Whether JavaScript's order of the keys differs from their own.
    pub(super) fn has_index_like_keys(&self) -> bool {
        self.keys().any(|key| array_index(key).is_some())
    }

    /// Keys and values in the order that JavaScript lists them: keys that look like array indexes first, ascending,
    /// then the others in order (rulings 2: for `keys()` and JSON text).
    pub fn iter_like_javascript(&self) -> impl Iterator<Item = (&SmolStr, &Value)> {
        let mut indexes: Vec<(u32, usize)> = Vec::new();
        for (at, key) in self.keys().enumerate() {
            if let Some(index) = array_index(key) {
                indexes.push((index, at));
            }
        }
        indexes.sort_unstable();
        let has_indexes = !indexes.is_empty();
        let first =
            indexes.into_iter().filter_map(|(_, at)| self.list().get(at)).map(|(key, value)| (key, value));
        first.chain(self.iter().filter(move |(key, _)| !has_indexes || array_index(key).is_none()))
    }
}

/// A collection that is being read: it has no other owner, so nothing needs to be checked for one.
///
/// Services send lists of collections that look alike. As long as the keys are those of the one before, in the same
/// order, they need not be compared with each other.
pub(super) struct Builder<'a> {
    entries: Entries,
    /// The entries of the one before, from the next on; `None` once a key differed.
    like: Option<&'a [(SmolStr, Value)]>,
}

impl<'a> Builder<'a> {
    /// `like` is a collection that may have the same keys.
    pub(super) fn new(like: Option<&'a Object>) -> Self {
        let capacity = like.map_or(USUAL_LENGTH, Object::len);
        Self { entries: Entries::with_capacity(capacity), like: like.map(Object::list) }
    }

    /// Takes the next key, and gives what the collection before has under it.
    pub(super) fn expect(&mut self, key: &str) -> Option<&'a Value> {
        let (next, rest) = self.like?.split_first()?;
        self.like = (next.0 == key).then_some(rest);
        self.like.is_some().then_some(&next.1)
    }

    /// Puts the value of the key that was expected last.
    pub(super) fn put(&mut self, key: SmolStr, value: Value, was_expected: bool) {
        if was_expected {
            self.entries.push(key, value);
        } else {
            self.like = None;
            self.entries.put(key, value);
        }
    }

    pub(super) fn finish(self) -> Object {
        Object((!self.entries.list.is_empty()).then(|| Arc::new(self.entries)))
    }
}

/// The number, if a key is one that JavaScript treats as an array index: canonical decimal below 2^32 - 1.
fn array_index(key: &str) -> Option<u32> {
    let first = *key.as_bytes().first()?;
    let is_canonical = first.is_ascii_digit() && (first != b'0' || key.len() == 1);
    if !is_canonical || key.len() > 10 {
        return None;
    }
    key.parse().ok().filter(|index| *index < u32::MAX)
}

impl PartialEq for Object {
    /// The same keys with equal values, in any order.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<K: Into<SmolStr>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut object = Self::new();
        object.extend(entries);
        object
    }
}

impl<K: Into<SmolStr>, V: Into<Value>> Extend<(K, V)> for Object {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let entries = entries.into_iter();
        let (least, _) = entries.size_hint();
        if least == 0 {
            entries.for_each(|(key, value)| self.set(key, value));
            return;
        }
        let own = self.entries();
        own.list.reserve(least);
        entries.for_each(|(key, value)| own.put(key.into(), value.into()));
    }
}

/// Keys and values of an [`Object`], borrowed.
#[derive(Clone)]
pub struct Iter<'a>(std::slice::Iter<'a, (SmolStr, Value)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a SmolStr, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Object {
    type Item = (&'a SmolStr, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Keys and values of an [`Object`].
pub struct IntoIter(std::vec::IntoIter<(SmolStr, Value)>);

impl Iterator for IntoIter {
    type Item = (SmolStr, Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for IntoIter {}

impl IntoIterator for Object {
    type Item = (SmolStr, Value);
    type IntoIter = IntoIter;

    fn into_iter(self) -> IntoIter {
        let list = self.0.map(|entries| Arc::unwrap_or_clone(entries).list);
        IntoIter(list.unwrap_or_default().into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Object {
        (0..count).map(|at| (format!("key {at}"), at)).collect()
    }

    #[test]
    fn keeps_the_order_and_the_place_of_a_key_that_is_put_again() {
        let mut object: Object = [("b", 1), ("a", 2), ("10", 3), ("2", 4)].into_iter().collect();
        object.insert("a", Value::from(5));
        assert_eq!(object.keys().collect::<Vec<_>>(), ["b", "a", "10", "2"]);
        assert_eq!(object.get("a"), Some(&Value::from(5)));
    }

    #[test]
    fn lists_indexes_first_where_javascript_does() {
        let object: Object = ["b", "10", "2", "01", "-1", "4294967295", "4294967294", "0", "a"]
            .map(|key| (key, 0))
            .into_iter()
            .collect();
        let keys: Vec<_> = object.iter_like_javascript().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["0", "2", "10", "4294967294", "b", "01", "-1", "4294967295", "a"]);
    }

    #[test]
    fn finds_and_removes_at_every_size() {
        for count in [0, 1, INDEX_ABOVE - 1, INDEX_ABOVE, INDEX_ABOVE + 1, 200] {
            let mut object = numbered(count);
            assert_eq!(object.len(), count);
            for at in (0..count).rev().step_by(3) {
                let key = format!("key {at}");
                assert_eq!(object.remove(&key), Some(Value::from(at)));
                assert_eq!(object.remove(&key), None);
            }
            for at in 0..count {
                let is_gone = (count - 1 - at).is_multiple_of(3);
                let found = object.get(&format!("key {at}"));
                assert_eq!(found, (!is_gone).then(|| Value::from(at)).as_ref(), "{at} of {count}");
            }
            object.set("key 0", "again");
            assert_eq!(object.get("key 0"), Some(&Value::from("again")));
        }
    }

    #[test]
    fn a_clone_is_not_changed_with_its_original() {
        let mut original = numbered(3);
        let copy = original.clone();
        original.set("key 1", "changed");
        original.remove("key 2");
        assert_eq!(copy, numbered(3));
    }

    #[test]
    fn spread_overrides_and_ignores_what_is_no_collection() {
        let mut object = numbered(2);
        object.spread(&Value::Null);
        object.spread(&Value::from("text"));
        object.spread(&Value::from([("key 1", "x"), ("new", "y")].into_iter().collect::<Object>()));
        assert_eq!(object.keys().collect::<Vec<_>>(), ["key 0", "key 1", "new"]);
        assert_eq!(object.get("key 1"), Some(&Value::from("x")));
    }

    #[test]
    fn retain_drops_entries() {
        let mut object = numbered(30);
        object.retain(|key, _| key.ends_with('7'));
        assert_eq!(object.keys().collect::<Vec<_>>(), ["key 7", "key 17", "key 27"]);
    }
}
