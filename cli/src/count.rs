//! How much there is in a connector.

use linchpin_spec::model::Connector;
use linchpin_spec::visit::for_each_template;

/// Numbers for the summary line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Modules of all kinds.
    pub(crate) modules: usize,
    /// RPCs.
    pub(crate) rpcs: usize,
    /// Strings with an expression in them; those of base count in each component that inherits them.
    pub(crate) templates: usize,
}

impl Counts {
    /// Counts what `connector` holds.
    pub(crate) fn of(connector: &mut Connector) -> Self {
        let mut templates = 0;
        for_each_template(connector, &mut |template| templates += usize::from(template.literal().is_none()));
        Self { modules: connector.modules.len(), rpcs: connector.rpcs.len(), templates }
    }
}
