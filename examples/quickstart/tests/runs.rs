//! The program shows what the README promises, and ends by itself.

use std::process::Command;

#[test]
fn it_shows_everything_and_ends() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_quickstart")).env_remove("CLICOLOR_FORCE").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "account    ada@tasks.example",
        "title      Write a connector",
        "t_1        HIGH: Write a connector",
        "t_7        NORMAL: Task number 7",
        "size       14",
        "kind       Data",
        "message    there is no task `t_99`",
        "s, then it was sent again",
        "lines      8",
    ] {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
    assert!(!text.contains("t_8  "), "the limit of 7 was not kept:\n{text}");
    assert!(!text.contains('\u{1b}'), "colour in a pipe:\n{text}");
}
