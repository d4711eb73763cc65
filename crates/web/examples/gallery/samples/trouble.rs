use domain::{lang::Lang, rights::Role};
use web::pages::{
    galat::{GalatPage, PageError},
    kemajuan::{JobState, KemajuanPage},
    layout::{Section, Shell},
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let shell =
        Shell { freshness: None, current: None, ..frame::shell(lang, Role::AdminOpd, Section::Beranda) };
    let bare = Shell { me: None, sections: vec![], ..shell.clone() };
    let reason = lang
        .pick("Bulan ditulis YYYY-MM, misalnya 2026-11.", "Write a month as YYYY-MM, for example 2026-11.");
    for (name, shell, error) in [
        ("galat-400", &shell, PageError::BadRequest { reason: reason.into() }),
        ("galat-403", &shell, PageError::Forbidden),
        ("galat-403-formulir", &shell, PageError::StaleForm),
        ("galat-404", &shell, PageError::NotFound),
        ("galat-413", &shell, PageError::TooLarge { limit_mb: 32 }),
        ("galat-500", &bare, PageError::Internal { code: "8F3A-21C0".into() }),
        ("galat-503", &bare, PageError::DatabaseDown { code: "8F3B-0007".into() }),
    ] {
        put(out, name, &GalatPage { shell: shell.clone(), error })?;
    }
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let job = |state| KemajuanPage {
        shell: shell.clone(),
        title: p("Impor siasn-november.xlsx", "Import siasn-november.xlsx"),
        state,
    };
    let running = JobState::Running { done: 18_240, total: Some(50_000), unit: p("baris", "rows") };
    put(out, "kemajuan", &job(running))?;
    put(out, "kemajuan-menunggu", &job(JobState::Waiting))?;
    put(out, "kemajuan-selesai", &job(JobState::Done { href: "/pegawai/impor/c".into() }))?;
    let failed = JobState::Failed {
        reason: p("Berkas terpotong di baris 812.", "The file is cut off at row 812."),
        href: "/pegawai/impor".into(),
    };
    put(out, "kemajuan-gagal", &job(failed))
}
