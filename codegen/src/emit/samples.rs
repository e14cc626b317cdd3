//! Samples, for mocks.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::Sample;

/// The constant `SAMPLES`.
pub(crate) fn samples(samples: &[Sample]) -> TokenStream {
    let samples = samples.iter().map(|Sample { module, request, body, last_page }| {
        quote! {
            __lp::plan::Sample {
                module: __lp::Cow::Borrowed(#module),
                request: #request,
                body: __lp::Cow::Borrowed(#body),
                last_page: __lp::Cow::Borrowed(#last_page),
            }
        }
    });
    quote! {
        /// What the service answers, so that modules give their samples: for mocks.
        #[allow(dead_code)]
        pub const SAMPLES: &[__lp::plan::Sample] = &[#(#samples),*];
    }
}
