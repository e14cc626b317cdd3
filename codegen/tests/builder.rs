//! The API for build scripts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use std::fs;
use std::path::PathBuf;

use linchpin_codegen::Builder;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("linchpin-builder-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn connector(&self, modules: &str) -> PathBuf {
        let path = self.0.join("connector.json");
        fs::write(&path, format!(r#"{{ "name": "tasks", "modules": {{ {modules} }} }}"#)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const TWO: &str = r#"
    "getTask": { "type": "action", "communication": { "url": "https://tasks.example/{{parameters.id}}" } },
    "ping": { "type": "action", "communication": { "url": "https://tasks.example/ping" } }"#;

#[test]
fn writes_formatted_source_and_leaves_what_is_unchanged() {
    let folder = Folder::new("writes");
    let builder = Builder::new(folder.connector(TWO)).only(["ping"]);
    let file = folder.0.join("out/tasks.rs");
    builder.build_to(&file).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\n    pub fn ping(&self, input: Ping) -> __lp::Call<PingOutput> {\n"), "{text}");
    assert!(!text.contains("get_task") && !text.contains("include_bytes"));
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    builder.build_to(&file).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
}

#[test]
fn mistakes_are_told_in_full() {
    let folder = Folder::new("mistakes");
    let path = folder.connector(&TWO.replace("parameters.id", "uper(a) loer(b)"));
    let error = Builder::new(&path).build_to(&folder.0.join("tasks.rs")).unwrap_err();
    assert!(error.contains("error[LP0201]") && error.contains("uper") && error.contains("loer"), "{error}");
    assert!(!folder.0.join("tasks.rs").exists());
    let allowed = Builder::new(&path).allow("unknown-function").allow("unknown-variable");
    allowed.build_to(&folder.0.join("tasks.rs")).unwrap();

    let error = Builder::new(&path).warn("LP9999").derive("not a path").build_to(&path).unwrap_err();
    assert!(error.contains("`LP9999`") && error.contains("`not a path`"), "{error}");
    let error = Builder::new(folder.0.join("none.json")).build_to(&path).unwrap_err();
    assert!(error.contains("none.json"), "{error}");
}
