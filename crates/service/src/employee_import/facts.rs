//! The dated facts of a person that an import can set.

use std::ops::{Index, IndexMut};

use domain::lang::Lang;

/// One dated fact of a person. The order is that of lists and of [`Field::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Employment kind, [`domain::employment::EmploymentKind::code`].
    Kind,
    /// Golongan, [`domain::golongan::Golongan::code`].
    Golongan,
    /// Jabatan, free text.
    Jabatan,
    /// Kind of jabatan, [`domain::jabatan::JabatanKind::code`].
    JabatanKind,
    /// Eselon, [`domain::jabatan::Eselon::code`].
    Eselon,
    /// Kelas jabatan 1 to 17.
    Class,
    /// Unit, its id.
    Unit,
    /// Direct superior, the id of the employee.
    Superior,
    /// Work schedule, its code.
    Schedule,
    /// Monthly TPP of this person in rupiah.
    Tpp,
    /// PIN on the terminals of the device group of the import.
    Pin,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 11] = [
        Field::Kind,
        Field::Golongan,
        Field::Jabatan,
        Field::JabatanKind,
        Field::Eselon,
        Field::Class,
        Field::Unit,
        Field::Superior,
        Field::Schedule,
        Field::Tpp,
        Field::Pin,
    ];

    /// The name for people.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Field::Kind => lang.pick("Jenis pegawai", "Employment kind"),
            Field::Golongan => lang.pick("Golongan", "Golongan"),
            Field::Jabatan => lang.pick("Jabatan", "Jabatan"),
            Field::JabatanKind => lang.pick("Jenis jabatan", "Kind of jabatan"),
            Field::Eselon => lang.pick("Eselon", "Eselon"),
            Field::Class => lang.pick("Kelas jabatan", "Kelas jabatan"),
            Field::Unit => lang.pick("Unit kerja", "Unit"),
            Field::Superior => lang.pick("Atasan langsung", "Direct superior"),
            Field::Schedule => lang.pick("Jadwal", "Schedule"),
            Field::Tpp => lang.pick("Besaran TPP", "TPP amount"),
            Field::Pin => lang.pick("PIN mesin", "Terminal PIN"),
        }
    }
}

/// A value for each field; `None` means "not said", never "cleared".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts([Option<String>; Field::ALL.len()]);

impl Facts {
    /// The values that are said.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        Field::ALL.into_iter().zip(&self.0).filter_map(|(field, value)| value.as_deref().map(|v| (field, v)))
    }
}

impl Index<Field> for Facts {
    type Output = Option<String>;

    fn index(&self, field: Field) -> &Option<String> {
        &self.0[field as usize]
    }
}

impl IndexMut<Field> for Facts {
    fn index_mut(&mut self, field: Field) -> &mut Option<String> {
        &mut self.0[field as usize]
    }
}
