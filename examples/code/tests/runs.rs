//! The program shows what it promises, and ends by itself.

use std::process::Command;

#[test]
fn it_shows_everything_and_ends() {
    let output = Command::new(env!("CARGO_BIN_EXE_code-blocks")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "the form asks for {\"teamName\"",
        "the first choice is Some(\"low\")",
        "the caller is told b\"received\"",
        "[info] 4 words for Corner shop, 4 in all",
        "[info] 3 words for Corner shop, 7 in all",
        "[info] the password is ***",
        "counted {\"words\":3,\"digest\":\"",
        "a mistake: codeBlock: codeBlock: line 2, column 18: ReferenceError: missing is not defined",
    ] {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
    assert!(!text.contains("tea-for-two"), "{text}");
}
