//! Sample input for every module: values that can be recognised in what is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use linchpin_spec::check::place::Owner;
use linchpin_spec::check::walk;
use linchpin_spec::model::{Connector, Field, ModuleKind, Parameter, ParameterType, Validation};
use regex::Regex;
use syn::{GenericArgument, PathArguments, Type};

use crate::generated::{Generated, last};

/// The code of `fn prepare(setup) -> Result<Prepared, Error>`: a client with sample credentials, and a call of every
/// module that can be called.
pub(crate) fn prepare(generated: &Generated, connector: &Connector) -> String {
    let mut code = String::from(
        "#[allow(unused, clippy::all)] fn prepare(setup: crate::Setup) -> ::std::result::Result<crate::Prepared, ::linchpin::Error> {\n\
         let mut prepared = crate::Prepared::default();\n\
         let mut builder = setup.apply(client::Client::builder());\n",
    );
    for name in &connector.common.names {
        let _ = writeln!(code, "let builder = setup.common(builder, &mut prepared, {:?});", name.value);
    }
    let hosts = keys_of_hosts(connector);
    for (ident, name) in &generated.credentials {
        let connection = connector.connections.iter().find(|connection| connection.id.value == *name);
        let fields = connection.map_or(&[][..], |connection| &connection.parameters);
        let samples = Samples { hosts: hosts.clone(), ..Samples::new(generated, rules(fields)) };
        let _ = writeln!(code, "let mut credentials = {};", samples.literal(ident, 0));
        for key in read_keys(connector) {
            let _ = writeln!(
                code,
                "crate::fill(&mut credentials.extra, &{:?}, {key:?}, {:?});",
                names(generated, ident),
                samples.text(&key)
            );
        }
        let _ = writeln!(code, "prepared.credentials({name:?}, credentials.clone());");
        let _ = writeln!(code, "let builder = builder.connection(credentials);");
    }
    code.push_str("let client = builder.build()?;\n");
    for method in &generated.methods {
        let module = connector.modules.iter().find(|module| module.id.value == method.module);
        let rules = rules(module.map_or(&[][..], |module| &module.parameters));
        let templates = templates(connector, &method.module);
        let samples = Samples { templates, ..Samples::new(generated, rules) };
        let (ident, id) = (&method.ident, &method.module);
        // What waits for somebody else is no call.
        let run = match module.map(|module| module.kind) {
            Some(ModuleKind::InstantTrigger | ModuleKind::Responder) => continue,
            Some(ModuleKind::Trigger) => "call.poll(&mut ::linchpin::trigger::TriggerState::all()).await",
            _ => "call.await",
        };
        let _ = writeln!(
            code,
            "{{ let input = {}; let call = client.{ident}(input.clone()); prepared.call({id:?}, input, \
             async move {{ {run}.map(|_| ()) }}); }}",
            samples.literal(&method.input, 0)
        );
    }
    code.push_str(&crate::events::events(generated, connector));
    code.push_str("Ok(prepared)\n}\n");
    code
}

/// Keys of connections that templates read.
fn read_keys(connector: &Connector) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    walk::templates(connector, &mut |template, _| {
        keys.extend(keys_in(&template.source.value, "connection."));
    });
    keys
}

/// Keys of connections from which addresses are made that begin with an expression.
fn keys_of_hosts(connector: &Connector) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    walk::requests(connector, &mut |request, _, _| {
        let address = request.base_url.as_ref().or(request.url.as_ref());
        let first = address.and_then(|address| address.source.value.trim().strip_prefix("{{"));
        let first = first.map(|rest| rest.split("}}").next().unwrap_or_default()).unwrap_or_default();
        keys.extend(keys_in(first, "connection."));
        keys.extend(keys_in(first, "parameters."));
    });
    keys
}

/// The keys behind `root` in a text.
fn keys_in<'t>(text: &'t str, root: &str) -> impl Iterator<Item = String> + use<'t> {
    let rests: Vec<&str> = text.split(root).skip(1).collect();
    let end = |rest: &str| {
        rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len())
    };
    rests.into_iter().map(move |rest| rest[..end(rest)].to_owned()).filter(|key| !key.is_empty())
}

/// What the fields of a struct are called in the connector.
fn names<'a>(generated: &'a Generated, ident: &str) -> Vec<&'a str> {
    generated.structs.get(ident).into_iter().flatten().map(|field| field.name.as_str()).collect()
}

/// Rules of all parameters, nested ones included, by name.
pub(crate) fn rules(fields: &[Field]) -> BTreeMap<String, &Validation> {
    let mut found = BTreeMap::new();
    collect(fields, &mut found);
    found
}

fn collect<'a>(fields: &'a [Field], found: &mut BTreeMap<String, &'a Validation>) {
    for field in fields {
        let Field::Parameter(parameter) = field else { continue };
        let Parameter { name, ty, validate, nested, nested_false, .. } = &**parameter;
        found.entry(name.value.clone()).or_insert(validate);
        collect(nested, found);
        collect(nested_false, found);
        inner(ty, found);
    }
}

fn inner<'a>(ty: &'a ParameterType, found: &mut BTreeMap<String, &'a Validation>) {
    match ty {
        ParameterType::Array(item) => inner(item, found),
        ParameterType::Collection(fields) => collect(fields, found),
        ParameterType::Select(options) => {
            collect(&options.nested, found);
            collect(&options.placeholder_nested, found);
            options.choices.iter().for_each(|choice| collect(&choice.nested, found));
        }
        _ => {}
    }
}

/// The texts of all templates of a module.
fn templates<'a>(connector: &'a Connector, id: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    walk::templates(connector, &mut |template, place| {
        if matches!(place.owner, Owner::Module(module) if module.id.value == id) {
            found.push(&*template.source.value);
        }
    });
    found
}

/// Gives values that can be recognised.
pub(crate) struct Samples<'a> {
    pub(crate) generated: &'a Generated,
    pub(crate) rules: BTreeMap<String, &'a Validation>,
    pub(crate) templates: Vec<&'a str>,
    /// Fields that hold an address with its scheme.
    pub(crate) hosts: BTreeSet<String>,
}

/// Texts that patterns ask for, tried in this order.
const CANDIDATES: &[&str] = &[
    "/sample",
    "12345",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "https://sample.example/",
    "sample@sample.example",
    "0b5f4a5e-6c1d-4c1c-9d53-0a1b2c3d4e5f",
    "#a1b2c3",
    "+12025550123",
    "SAMPLE",
    "sample_1",
    "12:30",
    "US",
    "en",
];

impl<'a> Samples<'a> {
    /// Samples that keep to these rules.
    pub(crate) fn new(generated: &'a Generated, rules: BTreeMap<String, &'a Validation>) -> Self {
        Self { generated, rules, templates: Vec::new(), hosts: BTreeSet::new() }
    }

    /// A struct literal with a sample in every field.
    pub(crate) fn literal(&self, ident: &str, depth: usize) -> String {
        let mut code = format!("client::{ident} {{ ");
        for field in self.generated.structs.get(ident).into_iter().flatten() {
            let value = match field.ident.as_str() {
                "extra" if field.name.is_empty() => "::linchpin::Object::new()".to_owned(),
                _ => self.value(&field.ty, &field.name, depth),
            };
            let _ = write!(code, "{}: {value}, ", field.ident);
        }
        code.push('}');
        code
    }

    fn value(&self, ty: &Type, name: &str, depth: usize) -> String {
        let inside =
            |wrap: &str| argument(ty).map(|inner| format!("{wrap}({})", self.value(inner, name, depth + 1)));
        match last(ty).as_str() {
            "Option" if depth > 6 || self.has_pattern(name) => "::std::option::Option::None".to_owned(),
            "Option" => inside("::std::option::Option::Some").unwrap_or_default(),
            "Vec" => argument(ty).map_or_else(String::new, |inner| {
                format!("::std::vec![{}]", self.value(inner, name, depth + 1))
            }),
            "String" => format!("::std::string::String::from({:?})", self.text(name)),
            "Secret" => format!("::linchpin::Secret::from({:?})", self.text(name)),
            "Value" => format!("::linchpin::Value::from({:?})", self.text(name)),
            "f64" => format!("{:?}_f64", self.number(name, 7.5)),
            number @ ("i64" | "u64" | "u16") => format!("{}_{number}", self.number(name, 7.0).ceil()),
            "bool" => "true".to_owned(),
            "Date" => "::linchpin::Date::from_millis(1_767_225_600_000)".to_owned(),
            "Bytes" => "::bytes::Bytes::from_static(b\"sample bytes\")".to_owned(),
            "Object" => "::linchpin::Object::new()".to_owned(),
            ident => match self.generated.enums.get(ident) {
                Some(first) => format!("client::{ident}::{first}"),
                None => self.literal(ident, depth + 1),
            },
        }
    }

    fn rule(&self, name: &str) -> Option<&Validation> {
        self.rules.get(name).filter(|rule| !rule.off).copied()
    }

    fn has_pattern(&self, name: &str) -> bool {
        self.rule(name).is_some_and(|rule| rule.pattern.is_some())
    }

    /// A text that names its field, keeps to the rules, and has the form that the templates count on.
    fn text(&self, name: &str) -> String {
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut text = format!("sample-{}", letters.to_ascii_lowercase());
        if self.hosts.contains(name) {
            return format!("https://{text}.example");
        }
        let path = format!("parameters.{name}");
        if self.templates.iter().any(|template| template.contains(&format!("parseJSON({path}"))) {
            return format!("{{\"{text}\":1}}");
        }
        if self.templates.iter().any(|template| follows_a_host(template, &path)) {
            text.insert(0, '/');
        }
        let Some(rule) = self.rule(name) else { return text };
        if let Some(allowed) = rule.one_of.first() {
            return allowed.clone();
        }
        if let Some(pattern) = rule.pattern.as_ref().and_then(|pattern| Regex::new(&pattern.value).ok()) {
            let mut candidates = std::iter::once(text.as_str()).chain(CANDIDATES.iter().copied());
            text = candidates.find(|candidate| pattern.is_match(candidate)).unwrap_or(&text).to_owned();
        }
        while rule.min.is_some_and(|min| (text.len() as f64) < min) {
            text.push('x');
        }
        if let Some(max) = rule.max.filter(|max| (text.len() as f64) > *max) {
            text.truncate(max.max(0.0) as usize);
        }
        text
    }

    fn number(&self, name: &str, wanted: f64) -> f64 {
        let rule = self.rule(name);
        let min = rule.and_then(|rule| rule.min).unwrap_or(f64::MIN);
        let max = rule.and_then(|rule| rule.max).unwrap_or(f64::MAX);
        wanted.max(min).min(max)
    }
}

/// The type in angle brackets.
fn argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// True when the variable at `path` stands where the path of a url begins.
fn follows_a_host(template: &str, path: &str) -> bool {
    let is_it = |(at, _): &(usize, &str)| {
        let after = template[at + 2..].trim_start().strip_prefix(path);
        after.is_some_and(|rest| rest.trim_start().starts_with("}}"))
    };
    template.match_indices("{{").filter(is_it).any(|(at, _)| {
        let before = &template[..at];
        before.is_empty() || before.split_once("://").is_some_and(|(_, host)| !host.contains('/'))
    })
}
