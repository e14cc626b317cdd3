//! Which scopes a login asks for (connector.md 3.11).

use crate::error::{Error, ErrorKind};
use crate::plan::Connection;

/// Those of the connection, and those of everything that uses it.
pub(super) fn all(plan: &Connection) -> Vec<String> {
    let mut scopes = Vec::new();
    let of_modules = plan.module_scopes.iter().flat_map(|(_, scopes)| scopes.iter());
    plan.scope.iter().chain(of_modules).for_each(|scope| add(&mut scopes, scope.to_string()));
    scopes
}

/// Those of the connection, and those of the components with these names.
pub(super) fn of(plan: &Connection, names: &[&str]) -> Result<Vec<String>, Error> {
    let mut scopes = Vec::new();
    plan.scope.iter().for_each(|scope| add(&mut scopes, scope.to_string()));
    for name in names {
        let mut found = plan.module_scopes.iter().filter(|(known, _)| known == name).peekable();
        if found.peek().is_none() {
            let message = format!("nothing that uses the connection {} is called {name:?}", plan.name);
            return Err(Error::new(ErrorKind::InvalidConfiguration, message));
        }
        found.flat_map(|(_, scopes)| scopes.iter()).for_each(|scope| add(&mut scopes, scope.to_string()));
    }
    Ok(scopes)
}

/// Adds a scope that is not there yet: their order is kept.
pub(super) fn add(scopes: &mut Vec<String>, scope: String) {
    if !scopes.contains(&scope) {
        scopes.push(scope);
    }
}
