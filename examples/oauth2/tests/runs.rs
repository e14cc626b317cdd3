//! The program shows what it promises, without a network, and ends by itself.

use std::process::Command;

#[test]
fn it_logs_in_renews_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_oauth2-example")).arg(folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "logged in    Ada",
        "scopes       profile shelf:read shelf:write",
        "book         The Left Hand of Darkness",
        "searches     20",
        "refreshes    1",
        "refused      LoginDenied: The login was refused: access_denied",
        "revoked      true",
        "needs login  true",
    ] {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
}
