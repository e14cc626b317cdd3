//! Responses (connector.md 7, 8, 11.4).

use std::borrow::Cow;

use linchpin::plan;
use linchpin_spec::facts;
use linchpin_spec::model::{
    ErrorEntry, ErrorMap, Iterate, ParseAs, Response, Tree, TriggerOrder, TriggerSpec, Valid,
};

use crate::maker::Maker;

impl Maker<'_> {
    /// What becomes of an answer.
    pub(crate) fn response(&self, response: &Response) -> plan::Response {
        let ways = facts::ways_to_read(&response.parse_as).into_iter();
        let parse_as = ways.map(|(from, to, kind)| (from, to, self.under("type", || self.parse_as(kind))));
        plan::Response {
            parse_as: parse_as.collect(),
            temp: self.value("temp", response.temp.as_ref()),
            valid: self.under("valid", || response.valid.as_ref().map(|valid| self.valid(valid))),
            error: self.under("error", || response.error.as_ref().map(|error| self.error_map(error))),
            iterate: self.under("iterate", || response.iterate.as_ref().map(|found| self.iterate(found))),
            output: self.output(response.output.as_ref()),
            limit: self.value("limit", response.limit.as_ref()),
            wrapper: self.value("wrapper", response.wrapper.as_ref()),
            trigger: self.under("trigger", || response.trigger.as_ref().map(|found| self.trigger(found))),
            account: facts::keeps_something(response).then(|| self.account(response)),
            unwrap: response.unwrap.unwrap_or(true),
        }
    }

    fn parse_as(&self, kind: &ParseAs) -> plan::ParseAs {
        match kind {
            ParseAs::Automatic => plan::ParseAs::Automatic,
            ParseAs::Json => plan::ParseAs::Json,
            ParseAs::Urlencoded => plan::ParseAs::Urlencoded,
            ParseAs::Xml => plan::ParseAs::Xml,
            ParseAs::Text => plan::ParseAs::Text,
            ParseAs::Binary => plan::ParseAs::Binary,
            ParseAs::Template(template) => plan::ParseAs::Template(self.text_template(template)),
        }
    }

    fn valid(&self, valid: &Valid) -> plan::Valid {
        plan::Valid {
            condition: self.value("condition", valid.condition.as_ref()),
            reads_status: facts::reads_status(valid),
            message: self.single("message", valid.message.as_ref()),
            ty: self.text("type", valid.ty.as_ref()),
        }
    }

    fn error_map(&self, error: &ErrorMap) -> plan::ErrorMap {
        let by_status = error.by_status.iter().map(|(status, entry)| {
            let entry = self.under(&status.to_string(), || self.error_entry(entry));
            (*status, entry)
        });
        plan::ErrorMap { general: self.error_entry(&error.general), by_status: by_status.collect() }
    }

    fn error_entry(&self, entry: &ErrorEntry) -> plan::ErrorEntry {
        plan::ErrorEntry {
            message: self.value("message", entry.message.as_ref()),
            ty: self.text("type", entry.ty.as_ref()),
        }
    }

    pub(crate) fn iterate(&self, iterate: &Iterate) -> plan::Iterate {
        plan::Iterate {
            container: self.under("container", || self.single_template(&iterate.container)),
            condition: self.value("condition", iterate.condition.as_ref()),
        }
    }

    pub(crate) fn output(&self, output: Option<&Tree>) -> plan::Output {
        match output {
            None => plan::Output::Whole,
            Some(_) if facts::yields_nothing(output) => plan::Output::Nothing,
            Some(tree) => plan::Output::Template(self.under("output", || self.value_template(tree))),
        }
    }

    fn trigger(&self, trigger: &TriggerSpec) -> plan::Trigger {
        plan::Trigger {
            by_date: trigger.by_date,
            order: match trigger.order {
                TriggerOrder::Ascending => plan::TriggerOrder::Ascending,
                TriggerOrder::Descending => plan::TriggerOrder::Descending,
                TriggerOrder::Unordered => plan::TriggerOrder::Unordered,
            },
            id: self.single("id", trigger.id.as_ref()),
            date: self.single("date", trigger.date.as_ref()),
        }
    }

    /// A value whose members, where they are known, are evaluated one by one.
    pub(crate) fn keyed(&self, whole: &Tree, members: Option<Vec<(&str, &Tree)>>) -> plan::ValueTemplate {
        let Some(members) = members else { return self.value_template(whole) };
        let member = |(key, value): (&str, &Tree)| {
            (Cow::Owned(key.to_owned()), self.under(key, || self.value_template(value)))
        };
        plan::ValueTemplate::Object(members.into_iter().map(member).collect())
    }

    /// What connections and webhooks keep.
    fn account(&self, response: &Response) -> plan::Account {
        let metadata = response.metadata.as_ref().and_then(|metadata| metadata.value.as_ref());
        plan::Account {
            data: self
                .under("data", || response.data.as_ref().map(|data| self.keyed(data, facts::members(data)))),
            metadata: self.value("metadata", metadata),
            uid: self.value("uid", response.uid.as_ref()),
            expires: self.single("expires", response.expires.as_ref()),
            scope: self.value("scope", response.scope.as_ref()),
            oauth: self.value("oauth", response.oauth.as_ref()),
        }
    }
}
