//! Types of files by the endings of their names (iml.md 10 `mime`).

/// Endings that the tables of npm know, and the crate `mime_guess` does not or otherwise. The platform is written in
/// JavaScript, so those count.
#[rustfmt::skip]
const OF_NPM: &[(&str, &str)] = &[
    ("3mf", "model/3mf"),
    ("aif", "audio/x-aiff"),
    ("aiff", "audio/x-aiff"),
    ("c", "text/x-c"),
    ("cab", "application/vnd.ms-cab-compressed"),
    ("cc", "text/x-c"),
    ("cer", "application/pkix-cert"),
    ("cpp", "text/x-c"),
    ("cxx", "text/x-c"),
    ("dcm", "application/dicom"),
    ("docm", "application/vnd.ms-word.document.macroenabled.12"),
    ("dotm", "application/vnd.ms-word.template.macroenabled.12"),
    ("dtd", "application/xml-dtd"),
    ("dwg", "image/vnd.dwg"),
    ("dxf", "image/vnd.dxf"),
    ("emf", "image/emf"),
    ("flac", "audio/x-flac"),
    ("h", "text/x-c"),
    ("hh", "text/x-c"),
    ("ico", "image/vnd.microsoft.icon"),
    ("java", "text/x-java-source"),
    ("jsx", "text/jsx"),
    ("kdbx", "application/x-keepass2"),
    ("key", "application/vnd.apple.keynote"),
    ("m2t", "video/mp2t"),
    ("m2ts", "video/mp2t"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("m4p", "application/mp4"),
    ("manifest", "text/cache-manifest"),
    ("map", "application/json"),
    ("mid", "audio/midi"),
    ("midi", "audio/midi"),
    ("mts", "video/mp2t"),
    ("numbers", "application/vnd.apple.numbers"),
    ("obj", "model/obj"),
    ("otf", "font/otf"),
    ("pages", "application/vnd.apple.pages"),
    ("pcx", "image/vnd.zbrush.pcx"),
    ("potm", "application/vnd.ms-powerpoint.template.macroenabled.12"),
    ("ppam", "application/vnd.ms-powerpoint.addin.macroenabled.12"),
    ("ppsm", "application/vnd.ms-powerpoint.slideshow.macroenabled.12"),
    ("pptm", "application/vnd.ms-powerpoint.presentation.macroenabled.12"),
    ("psd", "image/vnd.adobe.photoshop"),
    ("rar", "application/vnd.rar"),
    ("rpm", "application/x-redhat-package-manager"),
    ("sldm", "application/vnd.ms-powerpoint.slide.macroenabled.12"),
    ("smi", "application/smil+xml"),
    ("stl", "model/stl"),
    ("toml", "application/toml"),
    ("ts", "video/mp2t"),
    ("usdz", "model/vnd.usdz+zip"),
    ("vcs", "text/x-vcalendar"),
    ("vsdx", "application/vnd.visio"),
    ("wmf", "image/wmf"),
    ("woff", "font/woff"),
    ("wsdl", "application/wsdl+xml"),
    ("xlam", "application/vnd.ms-excel.addin.macroenabled.12"),
    ("xlf", "application/xliff+xml"),
    ("xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("xlsm", "application/vnd.ms-excel.sheet.macroenabled.12"),
    ("xltm", "application/vnd.ms-excel.template.macroenabled.12"),
    ("xml", "application/xml"),
    ("xsd", "application/xml"),
    ("xsl", "application/xml"),
    ("xslt", "application/xslt+xml"),
    ("yaml", "text/yaml"),
    ("yml", "text/yaml"),
];

/// The MIME type of a file by the ending of its name, in any case.
pub(crate) fn by_name(name: &str) -> Option<&'static str> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (_, ending) = file.rsplit_once('.')?;
    let of_npm = OF_NPM.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, ty)| *ty);
    of_npm.or_else(|| mime_guess::from_ext(ending).first_raw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        let cases = [
            ("a.png", Some("image/png")),
            ("dir.d/b.tar.GZ", Some("application/gzip")),
            (
                "c:\\docs\\d.Docx",
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ),
            (".csv", Some("text/csv")),
            ("plan.XML", Some("application/xml")),
            ("voice.m4a", Some("audio/mp4")),
            ("talk.key", Some("application/vnd.apple.keynote")),
            ("e.unheardof", None),
            ("dir.png/file", None),
            ("f.", None),
            ("png", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(by_name(name), expected, "{name}");
        }
    }

    #[test]
    fn the_own_table_only_corrects() {
        for (ending, ty) in OF_NPM {
            assert_ne!(mime_guess::from_ext(ending).first_raw(), Some(*ty), "{ending} is no correction");
        }
    }
}
