//! Runs the program as a user would and keeps what it wrote.

#![allow(dead_code, reason = "each test program uses a part of this")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

pub(crate) mod server;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `linchpin` in `folder`.
pub(crate) fn linchpin(folder: &Path, arguments: &[&str]) -> Run {
    linchpin_with(folder, arguments, &[], "")
}

/// The program, ready to start. It keeps connections below `folder`.
pub(crate) fn command(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("LINCHPIN_STORE", folder.join("store"))
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs `linchpin` in `folder` with these variables, and pipes `stdin` in.
pub(crate) fn linchpin_with(
    folder: &Path,
    arguments: &[&str],
    environment: &[(&str, &str)],
    stdin: &str,
) -> Run {
    let mut child = command(folder, arguments, environment).spawn().unwrap();
    // A program that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The root folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A folder with one file for each pair of name and text.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// A one-file connector without a mistake.
pub(crate) const GOOD: &str = r#"{
    "name": "clock",
    "base": { "baseUrl": "https://api.clock.example" },
    "modules": {
        "getTime": {
            "type": "action",
            "expect": [{ "name": "zone", "type": "text", "label": "Zone", "required": true }],
            "communication": { "url": "/time/{{parameters.zone}}", "response": { "output": { "at": "{{body.at}}" } } },
            "interface": [{ "name": "at", "type": "text", "label": "Time" }]
        }
    }
}
"#;

/// Two mistakes: a function that does not exist, and a directive that does not either.
pub(crate) const BAD: &str = r#"{
    "name": "clock",
    "modules": {
        "getTime": {
            "type": "action",
            "communication": { "url": "https://api.clock.example/{{uper('x')}}", "hedders": {} }
        }
    }
}
"#;
