//! Installations: constants that are not in a connector's files, since each organisation has its own (connector.md 3.16).

use std::borrow::Cow;
use std::fmt;

use super::core::Core;
use crate::convert::{Secrets, ToObject};
use crate::engine::eval;
use crate::engine::job::add_secrets;
use crate::error::{Error, ErrorKind};
use crate::plan::{Connection, Install, ValueTemplate};
use crate::scope::Root;
use crate::value::{Object, Value};

/// The form of an installation, filled in: generated for connectors and connections that have one.
pub trait Installation: ToObject {
    /// The client that it is for.
    type Client;
    /// The connection that it belongs to; `None` for that of the whole connector.
    const CONNECTION: Option<&'static str>;
}

/// The form of an installation, filled in, for connectors that are no generated code.
pub struct GivenInstallation {
    connection: Option<Cow<'static, str>>,
    values: Object,
}

impl GivenInstallation {
    /// The values of the connector's own form.
    #[must_use]
    pub fn of_connector(values: Object) -> Self {
        Self { connection: None, values }
    }

    /// The values of a connection's form.
    pub fn of_connection(connection: impl Into<Cow<'static, str>>, values: Object) -> Self {
        Self { connection: Some(connection.into()), values }
    }

    pub(super) fn new<I: Installation>(form: &I) -> Self {
        Self { connection: I::CONNECTION.map(Cow::Borrowed), values: form.to_object(Secrets::Shown) }
    }
}

impl fmt::Debug for GivenInstallation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenInstallation").field("connection", &self.connection).finish_non_exhaustive()
    }
}

/// What an installation adds to `common`; in words what its form lacks, where nobody has filled it in.
pub(crate) type Installed = Result<Object, String>;

/// Puts what was supplied over the constants of `core`: of the connector, then of its connections.
///
/// A form that nobody has given is taken as empty, if it may be; explicit constants go before what it says then.
pub(super) fn apply(core: &mut Core, given: &[GivenInstallation]) -> Result<(), Error> {
    let plan = core.plan.clone();
    let form = |connection: Option<&str>| {
        given.iter().rfind(|given| given.connection.as_deref() == connection).map(|given| &given.values)
    };
    for given in given {
        check_known(core, given.connection.as_deref())?;
    }
    if let Some(install) = &plan.install {
        let common = core.common.clone();
        let installed = run(core, install, form(None), &common)
            .map_err(|error| error.in_module("install").blotted(&core.blotter))?;
        core.common.spread(&Value::from(installed.map_err(|lack| missing("the connector", &lack))?));
    }
    for connection in plan.connections.iter() {
        let Some(install) = &connection.install else { continue };
        let common = core.connection_common(connection);
        let installed = run(core, install, form(Some(&connection.name)), &common).map_err(|error| {
            error.in_module(&format!("{}.install", connection.name)).blotted(&core.blotter)
        })?;
        core.installed.insert(connection.name.to_string(), installed);
    }
    Ok(())
}

fn check_known(core: &Core, connection: Option<&str>) -> Result<(), Error> {
    let plan = &core.plan;
    let (known, whose) = match connection {
        None => (plan.install.is_some(), plan.name.to_string()),
        Some(name) => {
            let found = plan.connections.iter().find(|connection| connection.name == name);
            (found.is_some_and(|found| found.install.is_some()), format!("the connection {name:?}"))
        }
    };
    let message = || format!("{whose} has no form for its installation");
    if known { Ok(()) } else { Err(Error::new(ErrorKind::InvalidConfiguration, message())) }
}

/// What an installation adds to `common`, which its templates see as it is before.
fn run(
    core: &mut Core,
    install: &Install,
    form: Option<&Object>,
    common: &Object,
) -> Result<Installed, Error> {
    let mut values = form.cloned().unwrap_or_default();
    let values_of = Value::from(values.clone());
    add_secrets(&install.parameters, &values_of, &mut core.blotter);
    core.blotter.add_leaves(&values_of);
    let checked = core.check(&install.parameters, &mut values);
    match (checked, form) {
        (Ok(()), _) => {}
        (Err(error), Some(_)) => return Err(error),
        (Err(_), None) if is_given_otherwise(install, common) => return Ok(Ok(Object::new())),
        (Err(error), None) => return Ok(Err(error.message().to_owned())),
    }
    let mut scope = core.scope();
    scope.set(Root::Common, common.clone());
    scope.set(Root::Parameters, values);
    let mut added = match eval::optional(install.common.as_ref(), &scope)?.unwrap_or_default() {
        Value::Object(added) => added,
        Value::Undefined | Value::Null => Object::new(),
        other => {
            let message =
                format!("what an installation adds must be a collection, not {}", other.type_name());
            return Err(Error::new(ErrorKind::InvalidConfiguration, message).at("install.common"));
        }
    };
    let is_set = |key: &str| common.get(key).is_some_and(|value| !value.is_nullish());
    added.retain(|key, value| !matches!(value, Value::Undefined) && (form.is_some() || !is_set(key)));
    core.blotter.add_leaves(&Value::from(added.clone()));
    Ok(Ok(added))
}

/// Whether all that an installation would add is there already: a program may give constants without the form.
fn is_given_otherwise(install: &Install, common: &Object) -> bool {
    match &install.common {
        Some(ValueTemplate::Object(members)) => {
            members.iter().all(|(key, _)| common.get(key).is_some_and(|value| !value.is_nullish()))
        }
        _ => false,
    }
}

fn missing(what: &str, lack: &str) -> Error {
    let message = format!("{what} is not installed, `ClientBuilder::install` does that: {lack}");
    Error::new(ErrorKind::InvalidConfiguration, message)
}

impl Core {
    /// Refuses to use a connection whose installation lacks something.
    pub(crate) fn check_installed(&self, connection: &Connection) -> Result<(), Error> {
        match self.installed.get(&*connection.name) {
            Some(Err(lack)) => Err(missing("the connection", lack).in_module(&connection.name)),
            _ => Ok(()),
        }
    }
}
