//! The screens: plain view structs with the template beside each of them.
//!
//! A folder per feature holds the view struct (`mod.rs` or a file named after the screen), its templates (`*.html`)
//! and its words in both languages (`texts.rs`). A view struct is data only: a handler fills it and calls
//! [`askama::Template::render`]. Every page has a field `shell` of type [`layout::Shell`], the frame around it.
//!
//! | folder | screens | path |
//! |---|---|---|
//! | [`masuk`] | login | `/masuk` |
//! | [`siapkan`] | first run | `/siapkan/{token}` |
//! | [`sandi`] | change of passphrase | `/sandi` |
//! | [`beranda`] | start page of each role | `/beranda` |
//! | [`hari_ini`] | day list (X1) | `/hari-ini` |
//! | [`rekap`] | month sheet (X2, X3) and the day behind a cell | `/rekap/{unit}/{month}/`, `…/{employee}/{day}` |
//! | [`tpp`] | pay list (X7) and its explanation | `/tpp/{unit}/{month}/`, `…/{employee}` |
//! | [`kartu`] | card of one person | `/kartu/{employee}/{month}` |
//! | [`terminal`] | terminals, one terminal | `/terminal`, `/terminal/{key}` |
//! | [`cakupan`] | rollout, stage of one OPD | `/cakupan`, `/cakupan/{unit}` |
//! | [`impor`] | import of employees, its preview, its result | `/pegawai/impor`, `/pegawai/impor/{key}` |
//! | [`aturan`] | policies, one policy | `/aturan`, `/aturan/{key}` |
//! | [`jadwal`] | schedules of units, shifts by month, one person, import | `/jadwal`, `/jadwal/{unit}/{month}/` |
//! | [`kalender`] | holidays of a year, one entry | `/kalender`, `/kalender/{key}` |
//! | [`akun`] | accounts, one account, a new one and its link | `/akun`, `/akun/{key}`, `/akun/baru` |
//! | [`undangan`] | setting the passphrase behind that link | `/undangan/{token}` |
//! | [`bukti`] | receipt of one punch or recorded reason | `/bukti/{key}` |
//! | [`log`] | the transparency log | `/log`, `/log/{government}/…` |
//! | [`kemajuan`] | progress of long work | `/pekerjaan/{key}` |
//! | [`galat`] | errors | any |
//!
//! What several screens share lies beside the folders: [`layout`] the frame, [`reading`] looking at people's data,
//! [`unit_link`], [`people_list`], [`person_head`], [`mark`], [`day_words`], [`not_cut`], [`freshness`] parts of what they show,
//! [`figures`] and [`moment`] numbers and instants, [`texts`](mod@texts) and [`markup`] words and templates.

pub mod akun;
pub mod aturan;
pub mod beranda;
pub mod bukti;
pub mod cakupan;
pub mod day_words;
pub mod figures;
pub mod freshness;
pub mod galat;
pub mod hari_ini;
pub mod impor;
pub mod jadwal;
pub mod kalender;
pub mod kartu;
pub mod kemajuan;
pub mod layout;
pub mod log;
pub mod mark;
pub mod markup;
pub mod masuk;
pub mod moment;
pub mod not_cut;
pub mod people_list;
pub mod person_head;
pub mod reading;
pub mod rekap;
pub mod sandi;
pub mod siapkan;
pub mod terminal;
pub mod texts;
pub mod tpp;
pub mod undangan;
pub mod unit_link;
