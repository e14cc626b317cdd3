//! `pagination` (connector.md 12.1).

use std::collections::HashSet;

use super::build::Prepared;
use super::eval;
use crate::error::{Error, ErrorKind};
use crate::plan::{EndpointCall, Pagination, ValueTemplate};
use crate::scope::{Root, Scope};
use crate::value::{Object, Value};

/// `pagination.limit` begins here, grows with each page, and stops growing.
const FIRST_LIMIT: u64 = 20;
const LIMIT_GROWTH: u64 = 5;
const GREATEST_LIMIT: u64 = 500;

/// How far a request has paged.
pub(crate) struct Paging {
    /// The number of the page that is read next, from 1.
    page: u64,
    offset: u64,
    limit: u64,
    /// Items that have been emitted.
    pub(crate) emitted: u64,
    /// What `pagination` asks of the next page.
    pub(crate) overlay: Option<Overlay>,
    /// Requests that were sent: sending one again would page for ever (rulings 28).
    sent: HashSet<u64>,
    /// The latest of them.
    last: u64,
}

/// The evaluated fields of `pagination`, which lie over the request.
#[derive(Clone)]
pub(crate) struct Overlay {
    pub(crate) merge: bool,
    pub(crate) url: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) headers: Option<Object>,
    pub(crate) qs: Option<Object>,
    pub(crate) body: Option<Value>,
    pub(crate) endpoint: Option<EndpointCall>,
}

/// Whether there is another page.
#[derive(Debug, PartialEq)]
pub(crate) enum Next {
    More,
    End,
    /// There is, but a cap forbids it.
    Capped(u64),
}

impl Paging {
    pub(crate) fn new() -> Self {
        Self {
            page: 1,
            offset: 0,
            limit: FIRST_LIMIT,
            emitted: 0,
            overlay: None,
            sent: HashSet::new(),
            last: 0,
        }
    }

    /// Sets the variables `pagination.*`.
    pub(crate) fn set_variables(&self, scope: &mut Scope) {
        let mut variables = Object::with_capacity(3);
        variables.insert("page", Value::from(self.page));
        variables.insert("offset", Value::from(self.offset));
        variables.insert("limit", Value::from(self.limit));
        scope.set(Root::Pagination, variables);
    }

    /// Decides on another page after one was read, and prepares it.
    pub(crate) fn go_on(
        &mut self,
        pagination: &Pagination,
        most_pages: Option<u64>,
        scope: &mut Scope,
    ) -> Result<Next, Error> {
        let holds = |scope: &Scope| eval::holds(pagination.condition.as_ref(), scope);
        if !holds(scope)? {
            return Ok(Next::End);
        }
        let read = self.page;
        self.page += 1;
        self.offset += self.limit;
        self.limit = (self.limit * LIMIT_GROWTH).min(GREATEST_LIMIT);
        self.set_variables(scope);
        // The condition is asked about the next page as well, with the answer of this one.
        if !holds(scope)? {
            return Ok(Next::End);
        }
        let overlay = Overlay::evaluate(pagination, scope)?;
        // A link to follow that is not there says that there is no next page.
        if pagination.url.is_some() && overlay.url.is_none() {
            return Ok(Next::End);
        }
        if let Some(most) = most_pages
            && read >= most
        {
            return Ok(Next::Capped(most));
        }
        self.overlay = Some(overlay);
        Ok(Next::More)
    }

    /// The last request is to be sent once more, on purpose.
    pub(crate) fn forget_last(&mut self) {
        self.sent.remove(&self.last);
    }

    /// Notes a request before it is sent.
    ///
    /// # Errors
    /// `PageLimit` when the very same one was sent before.
    pub(crate) fn note(&mut self, prepared: &Prepared) -> Result<(), Error> {
        self.last = prepared.identity;
        if self.sent.insert(prepared.identity) {
            return Ok(());
        }
        let message = "paging stopped: the next page has the same request as one that was sent before";
        Err(Error::new(ErrorKind::PageLimit, message).at("pagination"))
    }
}

impl Overlay {
    fn evaluate(pagination: &Pagination, scope: &Scope) -> Result<Self, Error> {
        let object = |template: &Option<ValueTemplate>| -> Result<Option<Object>, Error> {
            Ok(match eval::optional(template.as_ref(), scope)? {
                Some(Value::Object(object)) => Some(object),
                _ => None,
            })
        };
        let text = |template: &Option<_>| -> Result<Option<String>, Error> {
            let text = template.as_ref().map(|template| eval::text(template, scope)).transpose()?;
            Ok(text.filter(|text| !text.trim().is_empty()))
        };
        Ok(Self {
            merge: pagination.merge_with_parent,
            url: text(&pagination.url)?,
            method: text(&pagination.method)?,
            headers: object(&pagination.headers)?,
            qs: object(&pagination.qs)?,
            body: eval::optional(pagination.body.as_ref(), scope)?,
            endpoint: pagination.endpoint.clone(),
        })
    }
}

/// The error of a cap that was reached (rulings 28).
pub(crate) fn page_limit(what: &str, most: u64) -> Error {
    let message = format!("stopped at the cap of {most} {what} while there was more to read");
    Error::new(ErrorKind::PageLimit, message).at("pagination")
}
