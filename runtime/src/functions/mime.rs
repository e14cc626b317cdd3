//! Types of files (iml.md 10).

use super::args::Call;
use crate::codec::mime::by_name;
use crate::error::Error;
use crate::scope::Site;
use crate::value::Value;

/// `mime(filename) → text`: the MIME type by the ending of the name, in any case. Undefined where there is no ending
/// or an unknown one (iml.md 10).
///
/// ```
/// # use linchpin::{functions, scope::Scope, value::Value};
/// # let scope = Scope::new();
/// assert_eq!(functions::mime(scope.at("doc"), &[&Value::from("scan 1.JPG")])?, Value::from("image/jpeg"));
/// assert!(functions::mime(scope.at("doc"), &[&Value::from("README")])?.is_nullish());
/// # Ok::<(), linchpin::error::Error>(())
/// ```
///
/// # Errors
/// None.
pub fn mime(site: Site<'_>, args: &[&Value]) -> Result<Value, Error> {
    let name = Call::new(site, "mime", args).value(0).text_form();
    Ok(by_name(&name).map_or(Value::Undefined, Value::text))
}
