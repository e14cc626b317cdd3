//! What emitted code asks of the features of this crate: a macro that emits code cannot see them (rulings 18).

/// Items that need the feature `js`, for a reason that stands before them.
#[cfg(feature = "js")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_js {
    ($why:literal $($item:item)*) => { $($item)* };
}

/// Items that need the feature `js`, which is off: says what to write.
#[cfg(not(feature = "js"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_js {
    ($why:literal $($item:item)*) => {
        ::core::compile_error!(::core::concat!(
            $why,
            "; this needs the feature `js` of the crate `linchpin`. Write into the `[dependencies]` of Cargo.toml:\n\n\
             linchpin = { version = \"",
            ::core::env!("CARGO_PKG_VERSION"),
            "\", features = [\"js\"] }\n\n\
             or give custom functions in Rust: include_connector!(.., functions = path)"
        ));
    };
}
