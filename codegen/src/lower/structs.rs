//! Forms and interfaces as structs.

use std::collections::BTreeMap;

use linchpin_spec::facts::{self, Flat, flatten, takes_many};
use linchpin_spec::json::{Kind, Node};
use linchpin_spec::model::{Field as Definition, Parameter, ParameterType};

use super::names::{self, Namespace};
use super::types::{Default, Enum, Field, Role, Struct, Type};
use super::{doc, enums};

/// More required parameters than this are given by name, so that equal types cannot be swapped (rulings 22).
const MOST_ARGUMENTS: usize = 3;

/// Names of methods and of the field that every input has.
const RESERVED_FIELDS: &[&str] = &["new", "set", "set_null", "extra"];

/// All types of one client; names of types are given once.
pub(crate) struct Types {
    pub(crate) structs: Vec<Struct>,
    pub(crate) enums: Vec<Enum>,
    names: Namespace,
    /// RPCs by their ids, and the methods that they are.
    rpcs: BTreeMap<String, String>,
}

impl Types {
    /// No types yet, with the names that are given already.
    pub(crate) fn new(names: Namespace, rpcs: BTreeMap<String, String>) -> Self {
        Self { structs: Vec::new(), enums: Vec::new(), names, rpcs }
    }

    /// Adds the struct `name` for a list of fields, with the structs and enums in it.
    pub(crate) fn add(&mut self, name: &str, role: &Role, doc: Vec<String>, fields: &[Definition]) {
        let flat = flatten(fields);
        let natural = flat.iter().map(|field| names::value(&field.parameter.name.value)).collect();
        let field_names = Namespace::reserving(RESERVED_FIELDS).claim_all(natural);
        let position = self.structs.len();
        // The struct stands in front of those in it: the space is kept, and filled in below.
        let empty =
            Struct { name: name.to_owned(), role: role.clone(), doc, fields: Vec::new(), required: None };
        self.structs.push(empty);
        let mut lowered = Vec::new();
        for (field, field_name) in flat.iter().zip(field_names) {
            lowered.push(self.field(name, role, field, field_name));
        }
        let count = lowered.iter().filter(|field| field.required).count();
        let required = (count > MOST_ARGUMENTS)
            .then(|| self.names.claim(&format!("{}Required", name.trim_end_matches('_'))));
        if let Some(space) = self.structs.get_mut(position) {
            space.fields = lowered;
            space.required = required;
        }
    }

    fn field(&mut self, owner: &str, role: &Role, flat: &Flat<'_>, name: String) -> Field {
        let parameter = flat.parameter;
        let mut doc = doc::lines(parameter.label.as_deref(), parameter.help.as_deref());
        if !role.is_read()
            && let Some(method) = supplier(parameter).and_then(|id| self.rpcs.get(id))
        {
            doc.extend((!doc.is_empty()).then(String::new));
            doc.push(format!("Values: [`Rpc::{method}`]."));
        }
        let ty = if flat.ambiguous { Type::Value } else { self.ty(owner, role, parameter) };
        let is_output = role.is_read();
        // The fields of a choice are checked when it runs; none of them is ever an argument (rulings 22).
        let required = parameter.required && !flat.conditional && !is_output;
        let default = facts::default(parameter).filter(|_| !required && !flat.conditional && !is_output);
        let default = default.and_then(|default| self.default(default, &ty));
        Field { key: parameter.name.value.clone(), name, ty, required, default, doc }
    }

    fn ty(&mut self, owner: &str, role: &Role, parameter: &Parameter) -> Type {
        // An underscore inside a name would be warned of.
        let plain = |name: &str| name.trim_end_matches('_').to_owned();
        let suggested = || plain(owner) + &plain(&names::ty(&parameter.name.value));
        let ty = self.ty_of(&suggested, role, parameter, &parameter.ty);
        if takes_many(parameter) { Type::List(Box::new(ty)) } else { ty }
    }

    fn ty_of(
        &mut self,
        suggested: &dyn Fn() -> String,
        role: &Role,
        parameter: &Parameter,
        ty: &ParameterType,
    ) -> Type {
        match ty {
            ParameterType::Any | ParameterType::Visual => Type::Value,
            ParameterType::Text => Type::Text,
            // What a service returns is not the caller's secret; it stays plain text in outputs.
            ParameterType::Secret if role.is_read() => Type::Text,
            ParameterType::Secret => Type::Secret,
            ParameterType::Number => Type::Number,
            ParameterType::Integer => Type::Integer,
            ParameterType::Unsigned => Type::Unsigned,
            ParameterType::Port => Type::Port,
            ParameterType::Boolean => Type::Boolean,
            ParameterType::Date => Type::Date,
            ParameterType::Buffer => Type::Buffer,
            ParameterType::Array(item) => Type::List(Box::new(self.ty_of(suggested, role, parameter, item))),
            ParameterType::Collection(fields) => self.collection(suggested, role, parameter, fields),
            ParameterType::Select(options) => {
                let doc = doc::lines(parameter.label.as_deref(), None);
                let Some(mut lowered) = enums::lower(String::new(), doc, options) else { return Type::Value };
                lowered.name = self.names.claim(&suggested());
                let name = lowered.name.clone();
                self.enums.push(lowered);
                Type::Enum(name)
            }
        }
    }

    fn collection(
        &mut self,
        suggested: &dyn Fn() -> String,
        role: &Role,
        parameter: &Parameter,
        fields: &[Definition],
    ) -> Type {
        if flatten(fields).is_empty() {
            return Type::Object;
        }
        let name = self.names.claim(&suggested());
        let doc = doc::lines(parameter.label.as_deref(), None);
        self.add(&name, &role.of_parts(), doc, fields);
        Type::Struct(name)
    }

    /// What `new` fills in.
    fn default(&self, default: &Node, ty: &Type) -> Option<Default> {
        match (&default.kind, ty) {
            (Kind::String(_), Type::Text) | (Kind::Bool(_), Type::Boolean) => {
                Some(Default::Literal(default.clone()))
            }
            (Kind::Number(number), Type::Number) if number.parse().is_ok_and(f64::is_finite) => {
                Some(Default::Literal(default.clone()))
            }
            (Kind::Number(number), Type::Integer) if number.parse::<i64>().is_ok() => {
                Some(Default::Literal(default.clone()))
            }
            (Kind::Number(number), Type::Unsigned) if number.parse::<u64>().is_ok() => {
                Some(Default::Literal(default.clone()))
            }
            (Kind::Number(number), Type::Port) if number.parse::<u16>().is_ok() => {
                Some(Default::Literal(default.clone()))
            }
            (_, Type::Enum(name)) => {
                let lowered = self.enums.iter().find(|known| known.name == *name)?;
                let chosen = lowered.variants.iter().find(|variant| variant.value.kind == default.kind);
                // A default that is no option, such as an empty text, stands for nothing chosen.
                chosen.map(|variant| Default::Variant(variant.name.clone()))
            }
            _ => Some(Default::Converted(default.clone())),
        }
    }
}

/// The RPC that knows which values a field may have.
fn supplier(parameter: &Parameter) -> Option<&str> {
    let mut ty = &parameter.ty;
    while let ParameterType::Array(item) = ty {
        ty = item;
    }
    let options = match ty {
        ParameterType::Select(options) => options.rpc.as_ref(),
        _ => None,
    };
    let button = parameter.button.as_ref().map(|button| &button.rpc);
    options.or(parameter.offers.as_ref()).or(button).map(|reference| reference.name.as_str())
}
