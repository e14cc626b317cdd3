//! What a generated client offers, read from its code.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{
    Expr, ExprCall, File, FnArg, GenericArgument, ImplItem, Item, ItemImpl, Lit, PathArguments, ReturnType,
    Type,
};

/// Types and methods of a generated client.
#[derive(Default)]
pub(crate) struct Generated {
    /// Fields of each struct: name, type, and name in the connector.
    pub(crate) structs: BTreeMap<String, Vec<Field>>,
    /// The first variant of each enum.
    pub(crate) enums: BTreeMap<String, String>,
    /// Methods that call a module.
    pub(crate) methods: Vec<Method>,
    /// Methods that give a webhook; their input is its form.
    pub(crate) webhooks: Vec<Method>,
    /// Structs with credentials, and the names of their connections.
    pub(crate) credentials: Vec<(String, String)>,
}

/// A field of a generated struct.
pub(crate) struct Field {
    pub(crate) ident: String,
    pub(crate) ty: Type,
    /// The key in the connector; that of `extra` is empty.
    pub(crate) name: String,
}

/// A method of a generated client.
pub(crate) struct Method {
    pub(crate) ident: String,
    pub(crate) input: String,
    /// Id of the module.
    pub(crate) module: String,
}

impl Generated {
    /// Reads generated code.
    pub(crate) fn read(file: &File) -> Self {
        let mut found = Self::default();
        for item in &file.items {
            match item {
                Item::Struct(item) => {
                    let field = |field: &syn::Field| {
                        let ident = field.ident.as_ref()?.to_string();
                        Some(Field { ident, ty: field.ty.clone(), name: String::new() })
                    };
                    found
                        .structs
                        .insert(item.ident.to_string(), item.fields.iter().filter_map(field).collect());
                }
                Item::Enum(item) => {
                    let first = item.variants.first().map(|variant| variant.ident.to_string());
                    found.enums.insert(item.ident.to_string(), first.unwrap_or_default());
                }
                Item::Impl(item) => found.implementation(item),
                _ => {}
            }
        }
        found.names(file);
        found
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let of = last(&item.self_ty);
        let interface = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        match interface.map(|segment| segment.ident.to_string()).as_deref() {
            Some("Credentials") => {
                let name = item.items.iter().find_map(|item| match item {
                    ImplItem::Const(name) if name.ident == "NAME" => text(&name.expr),
                    _ => None,
                });
                self.credentials.push((of, name.unwrap_or_default()));
            }
            None if of == "Client" => self.methods.extend(item.items.iter().filter_map(method)),
            None if of == "Webhooks" => self.webhooks.extend(item.items.iter().filter_map(webhook)),
            _ => {}
        }
    }

    /// Finds what the fields are called in the connector: `fields(&["name", ..], &[&self.field, ..], ..)`.
    fn names(&mut self, file: &File) {
        for item in &file.items {
            let Item::Impl(item) = item else { continue };
            let Some(fields) = self.structs.get_mut(&last(&item.self_ty)) else { continue };
            let mut calls = Calls::default();
            syn::visit::Visit::visit_item_impl(&mut calls, item);
            for (ident, name) in calls.fields {
                fields
                    .iter_mut()
                    .filter(|field| field.ident == ident)
                    .for_each(|field| field.name.clone_from(&name));
            }
        }
    }
}

/// Calls of `fields` in an implementation: field and name.
#[derive(Default)]
struct Calls {
    fields: Vec<(String, String)>,
}

impl<'ast> syn::visit::Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let (true, [names, values, ..]) = (ends(&call.func, "fields"), arguments.as_slice()) {
            for (name, value) in elements(names).zip(elements(values)) {
                if let (Some(name), Expr::Reference(value)) = (text(name), value)
                    && let Expr::Field(field) = &*value.expr
                {
                    self.fields.push((field.member.to_token_stream().to_string(), name));
                }
            }
        }
        syn::visit::visit_expr_call(self, call);
    }
}

/// The elements of `&[..]`.
fn elements(expr: &Expr) -> impl Iterator<Item = &Expr> {
    let array = match expr {
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Array(array) => Some(array),
            _ => None,
        },
        _ => None,
    };
    array.into_iter().flat_map(|array| &array.elems)
}

fn method(item: &ImplItem) -> Option<Method> {
    let ImplItem::Fn(method) = item else { return None };
    let arguments: Vec<&FnArg> = method.sig.inputs.iter().collect();
    let [FnArg::Receiver(_), FnArg::Typed(input)] = arguments.as_slice() else { return None };
    let code = method.block.to_token_stream().to_string();
    // The plan of the module stands first in the method, and its name first in the plan.
    let (_, rest) = code.split_once("plan :: Module {")?;
    let module = rest.split('"').nth(1)?.to_owned();
    Some(Method { ident: method.sig.ident.to_string(), input: last(&input.ty), module })
}

fn webhook(item: &ImplItem) -> Option<Method> {
    let ImplItem::Fn(method) = item else { return None };
    let ReturnType::Type(_, output) = &method.sig.output else { return None };
    let Type::Path(path) = &**output else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    let GenericArgument::Type(form) = arguments.args.first()? else { return None };
    let code = method.block.to_token_stream().to_string();
    let (_, rest) = code.split_once("plan :: Webhook {")?;
    let module = rest.split('"').nth(1)?.to_owned();
    Some(Method { ident: method.sig.ident.to_string(), input: last(form), module })
}

/// The last name of a path.
pub(crate) fn last(ty: &Type) -> String {
    let Type::Path(path) = ty else { return String::new() };
    path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

fn ends(function: &Expr, name: &str) -> bool {
    matches!(function, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
