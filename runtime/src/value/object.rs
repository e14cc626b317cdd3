//! Collections.

use std::sync::Arc;

use smol_str::SmolStr;

use super::Value;

/// A collection: keys in the order in which they were put. Cloning is O(1).
#[derive(Debug, Clone, Default)]
pub struct Object(Arc<Vec<(SmolStr, Value)>>);
