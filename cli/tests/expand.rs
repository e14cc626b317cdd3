//! `linchpin expand`, run as a program.

mod support;

use support::{BAD, GOOD, folder, linchpin, workspace};

#[test]
fn the_code_is_formatted_rust() {
    let folder = folder(&[("connector.json", GOOD)]);
    let run = linchpin(folder.path(), &["expand", "connector.json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    for line in ["pub struct Client(", "pub struct GetTime {", "    pub fn get_time(&self, input: GetTime)"] {
        assert!(run.stdout.contains(line), "{line} is not in\n{}", run.stdout);
    }
    let again = linchpin(folder.path(), &["expand", "connector.json"]);
    assert_eq!(run.stdout, again.stdout, "not the same twice");
    let place = folder.path().display().to_string();
    assert!(!run.stdout.contains(&place), "the code holds a path of this machine");
}

#[test]
fn modules_can_be_chosen() {
    let tasks = workspace().join("examples/connectors/tasks");
    let run =
        linchpin(&tasks, &["expand", "connector.json", "--module", "getTask", "--module", "delete_task"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("fn get_task") && run.stdout.contains("fn delete_task"));
    assert!(!run.stdout.contains("fn create_task") && !run.stdout.contains("fn list_projects"));

    let run = linchpin(&tasks, &["expand", "connector.json", "--module", "getTusk"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("LP0404") && run.stderr.contains("`getTask`"), "{run:?}");
}

#[test]
fn nothing_is_printed_of_a_connector_with_mistakes() {
    let folder = folder(&[("connector.json", BAD)]);
    let run = linchpin(folder.path(), &["expand", "connector.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("error[LP0201]"), "{run:?}");
}
