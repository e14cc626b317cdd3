//! Types of files (iml.md 10).

use super::args::Call;
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
    Ok(by_name(&name).map_or(Value::Undefined, Value::from))
}

/// The MIME type of a file by the ending of its name.
fn by_name(name: &str) -> Option<&'static str> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (_, ending) = file.rsplit_once('.')?;
    mime_guess::from_ext(ending).first_raw()
}

#[cfg(test)]
mod tests {
    use super::by_name;

    #[test]
    fn the_ending_decides() {
        let cases = [
            ("a.png", Some("image/png")),
            ("dir.d/b.tar.GZ", Some("application/gzip")),
            (
                "c:\\docs\\d.Docx",
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ),
            (".csv", Some("text/csv")),
            ("e.unheardof", None),
            ("dir.png/file", None),
            ("f.", None),
            ("png", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(by_name(name), expected, "{name}");
        }
    }
}
