//! What can stand in the register of who did or saw what.

use domain::lang::Lang;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $id:literal, $en:literal;)*) => {
        /// Something that is registered.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $name,)*
        }

        impl Action {
            /// All actions.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// The stored code: `month.read`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Action::$name => $code,)*
                }
            }

            /// The action in words.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Action::$name, Lang::Id) => $id, (Action::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

actions! {
    /// Somebody looked at the month of a unit.
    ReadMonth: "month.read", "Melihat rekap bulan", "Read a month sheet";
    /// Somebody looked at the day of a unit.
    ReadDay: "day.read", "Melihat daftar hadir", "Read a day list";
    /// Somebody looked at the pay of a unit.
    ReadTpp: "tpp.read", "Melihat daftar TPP", "Read a pay list";
    /// Somebody looked at one person.
    ReadEmployee: "employee.read", "Melihat data pegawai", "Read a person's data";
    /// The readings of some time were entered in the log together; the store writes it.
    DigestReadings: "read.digest", "Mencatat pembacaan data ke log transparansi", "Entered readings in the log";
    /// Punches that had waited for the log were entered, of which some did not come from this program; the store writes it.
    EnterUnproved: "log.unproved", "Mencatat presensi tertunda yang bukan dari program ini", "Entered waiting punches that did not come from this program";
    /// The end of the log in the database had been edited and was computed anew from its entries.
    RebuildEnd: "log.end_rebuilt", "Menghitung ulang ujung log yang diubah di luar program", "Computed the end of the log anew after it was edited behind the program";
    /// A month was locked, verified or opened again; the detail tells which.
    CloseMonth: "month.close", "Mengunci, memverifikasi atau membuka rekap", "Locked, verified or reopened a month";
    /// A reason was recorded for days.
    RecordStatus: "status.record", "Mencatat keterangan", "Recorded a reason";
    /// A recorded reason no longer counts.
    RevokeStatus: "status.revoke", "Mencabut keterangan", "Revoked a reason";
    /// The first officer proposed a policy.
    ProposePolicy: "policy.propose", "Mengusulkan kebijakan TPP", "Proposed a TPP policy";
    /// The second officer put it in force.
    ActivatePolicy: "policy.activate", "Memberlakukan kebijakan TPP", "Put a TPP policy in force";
    /// A day or a period was added to a calendar.
    AddCalendar: "calendar.add", "Menambah hari pada kalender", "Added to a calendar";
    /// A day or a period of a calendar no longer counts.
    RevokeCalendar: "calendar.revoke", "Mencabut hari dari kalender", "Revoked an entry of a calendar";
    /// A unit or a person was given a work schedule.
    AssignSchedule: "schedule.assign", "Menetapkan jadwal kerja", "Assigned a work schedule";
    /// A person joined a group of a repeating roster.
    JoinGroup: "schedule.group", "Menetapkan regu", "Assigned a roster group";
    /// Shifts of a roster were saved.
    SaveRoster: "roster.save", "Menyimpan jadwal dinas", "Saved a roster";
    /// A file of shifts was applied.
    ImportRoster: "roster.import", "Mengimpor jadwal dinas", "Imported a roster";
    /// A file of shifts was undone.
    UndoRoster: "roster.undo", "Membatalkan impor jadwal dinas", "Undid an import of a roster";
    /// An OPD entered a stage.
    SetStage: "stage.set", "Mengubah tahap OPD", "Moved an OPD to another stage";
    /// An account was made.
    CreateAccount: "account.create", "Membuat akun", "Made an account";
    /// An account received a role.
    GrantRole: "account.grant", "Memberi peran", "Granted a role";
    /// An account lost a role.
    RevokeRole: "account.revoke", "Mencabut peran", "Revoked a role";
    /// A link that sets a passphrase was made.
    InviteAccount: "account.invite", "Membuat tautan akun", "Made a link for an account";
    /// An account was locked by whoever manages accounts.
    CloseAccount: "account.close", "Mengunci akun", "Locked an account";
    /// An account was let in again.
    OpenAccount: "account.open", "Membuka kunci akun", "Unlocked an account";
    /// All sessions of an account were ended.
    EndSessions: "account.sessions", "Mengakhiri semua sesi akun", "Ended all sessions of an account";
    /// An account was locked by wrong passphrases.
    LockAccount: "account.locked", "Akun terkunci karena salah sandi", "Account locked by wrong passphrases";
    /// A passphrase was changed.
    ChangePassphrase: "account.passphrase", "Mengganti kata sandi", "Changed a passphrase";
    /// A file of employees was applied.
    ImportEmployees: "employee.import", "Mengimpor data pegawai", "Imported employees";
    /// An import of employees was undone.
    UndoEmployees: "employee.import.undo", "Membatalkan impor pegawai", "Undid an import of employees";
    /// Facts of a person were deleted under the data protection law.
    Erase: "person.erase", "Menghapus data pribadi", "Erased personal data";
    /// Monthly figures for TPP policies were taken in.
    ImportFigures: "figures.import", "Mengimpor angka bulanan TPP", "Imported monthly figures";
    /// A file of punches was taken in.
    ImportPunches: "attlog.import", "Mengimpor berkas presensi", "Imported a file of punches";
    /// A file of punches was taken back.
    UndoPunches: "attlog.undo", "Membatalkan impor berkas presensi", "Undid a file of punches";
    /// A PIN was connected with a person.
    MapPin: "pin.map", "Menghubungkan PIN", "Connected a PIN";
    /// A list of PINs was connected.
    MapPins: "pin.map_many", "Menghubungkan daftar PIN", "Connected a list of PINs";
    /// A terminal was approved.
    ApproveTerminal: "terminal.approve", "Menyetujui terminal", "Approved a terminal";
    /// A device that sends punches as JSON got its token.
    AddDevice: "device.add", "Mendaftarkan perangkat presensi", "Added a device for punches";
    /// The place or networks of a terminal were changed.
    ChangeTerminal: "terminal.change", "Mengubah data terminal", "Changed a terminal";
    /// A terminal that was out of service may be approved again.
    ReopenTerminal: "terminal.reopen", "Membuka lagi terminal yang dihentikan", "Let a terminal in again";
    /// A terminal was taken out of service.
    RetireTerminal: "terminal.retire", "Menghentikan terminal", "Took a terminal out of service";
    /// A command was queued for a terminal.
    CommandTerminal: "terminal.command", "Memberi perintah ke terminal", "Sent a command to a terminal";
    /// An alert was read.
    AcknowledgeAlert: "terminal.acknowledge", "Menandai peringatan terminal sudah dibaca", "Marked an alert as read";
    /// A line in quarantine was decided.
    DecideLine: "terminal.line", "Memutuskan baris karantina", "Decided on a line in quarantine";
}

impl Action {
    /// Reads a stored code.
    pub fn parse(code: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|action| action.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_own_and_leads_back() {
        assert!(Action::ALL.iter().all(|action| Action::parse(action.code()) == Some(*action)));
        assert_eq!(Action::parse("month.dance"), None);
    }
}
