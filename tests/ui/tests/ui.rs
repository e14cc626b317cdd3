//! Builds every file in `cases` and compares what the compiler says with the file beside it.
//!
//! After a wanted change of wording: `TRYBUILD=overwrite cargo test -p ui-tests`, then read the difference.

use std::process::Command;

/// The compiler whose words the expected files hold. Its own part of a message changes from version to version.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn mistakes_are_told_where_they_are() {
    let version = Command::new("rustc").arg("--version").output().unwrap().stdout;
    let version = String::from_utf8_lossy(&version).into_owned();
    if !version.starts_with(COMPILER) {
        println!("passed over: the messages are those of {COMPILER}x, this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
