//! What the plans of generated clients say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are not seen as tests")]

use client_tests::kitchen;
use linchpin::__private::v1::Generated;

#[test]
fn the_connector_knows_its_hosts_and_what_verification_teaches() {
    let plan = kitchen::Client::CONNECTOR;
    assert_eq!(plan.hosts.iter().collect::<Vec<_>>(), ["api.kitchen.example"]);
    let chef = plan.connections.iter().find(|connection| connection.name == "chef").unwrap();
    assert_eq!(chef.learned.iter().collect::<Vec<_>>(), ["kitchen"]);
    let guest = plan.connections.iter().find(|connection| connection.name == "guest").unwrap();
    assert!(guest.learned.is_empty());
}
