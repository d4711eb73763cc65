use domain::{lang::Lang, rights::Role, zone::Zone};
use web::pages::{
    layout::Section,
    masuk::{LoginProblem, MasukPage},
    sandi::SandiPage,
    siapkan::{SetupForm, SetupLink, SiapkanPage},
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let page = MasukPage {
        shell: frame::outside(lang),
        nip: String::new(),
        next: "/beranda".into(),
        problem: None,
        help: None,
    };
    put(out, "masuk", &page)?;
    let wrong = MasukPage {
        nip: "19870202 201101 2 002".into(),
        problem: Some(LoginProblem::Wrong { left: 3 }),
        help: Some("Siti Rahmawati (Admin Dinas Pendidikan), 0812 0000 0000".into()),
        ..page.clone()
    };
    put(out, "masuk-salah", &wrong)?;
    for (name, problem) in [
        ("masuk-terkunci", LoginProblem::Locked { until: "08.45 WIB".into() }),
        ("masuk-ditutup", LoginProblem::Closed),
        ("masuk-berakhir", LoginProblem::Expired),
    ] {
        put(out, name, &MasukPage { problem: Some(problem), ..page.clone() })?;
    }
    setup(out, lang)?;
    let mut shell = frame::shell(lang, Role::AdminOpd, Section::Beranda);
    shell.sections.clear();
    shell.freshness = None;
    let errors = vec![(
        "ulangi".to_owned(),
        lang.pick("Kedua kata sandi baru tidak sama.", "The two new passphrases differ.").to_owned(),
    )];
    put(out, "sandi", &SandiPage { shell, forced: true, errors })
}

fn setup(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let mut shell = frame::outside(lang);
    shell.path = "/siapkan/x".into();
    let page = SiapkanPage {
        shell,
        link: SetupLink::Valid { token: "k7w2p9".into() },
        form: SetupForm { zone: Zone::Wib, ..SetupForm::default() },
    };
    put(out, "siapkan", &page)?;
    let mistake = SetupForm {
        regency: "Kabupaten Contoh".into(),
        name: "Ahmad Fauzi".into(),
        nip: "1987020220110120".into(),
        errors: vec![(
            "nip".into(),
            lang.pick("NIP harus 18 angka; Anda mengisi 16.", "A NIP has 18 digits; you gave 16.").into(),
        )],
        ..SetupForm::default()
    };
    put(out, "siapkan-salah", &SiapkanPage { form: mistake, ..page.clone() })?;
    put(out, "siapkan-kedaluwarsa", &SiapkanPage { link: SetupLink::Expired, ..page.clone() })?;
    put(out, "siapkan-terpakai", &SiapkanPage { link: SetupLink::Used, ..page })
}
