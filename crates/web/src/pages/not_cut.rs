//! Why somebody's TPP is not cut.

use domain::{lang::Lang, org::Stage};
use service::month::PersonSheet;

/// Why nothing is cut, if so.
pub(crate) fn not_cut(person: &PersonSheet, lang: Lang) -> Option<String> {
    let text = match person.stage {
        Stage::Berlaku => {
            return person.tpp.is_none().then(|| {
                lang.pick(
                    "Tidak ada kebijakan TPP yang mencakup pegawai ini.",
                    "No TPP policy covers this person.",
                )
                .to_owned()
            });
        }
        Stage::UjiCoba => {
            lang.pick("Masa uji coba: belum memengaruhi TPP.", "Trial period: nothing is cut yet.")
        }
        Stage::Pendataan => {
            lang.pick("Masa pendataan: belum memengaruhi TPP.", "Data entry: nothing is cut yet.")
        }
    };
    Some(text.to_owned())
}
