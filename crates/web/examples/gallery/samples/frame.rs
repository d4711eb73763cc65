use domain::{
    lang::Lang,
    rights::{Access, Grant, Role},
};
use jiff::civil::date;
use web::pages::layout::{Freshness, Me, Section, Shell};

/// The frame as `role` sees it at `section`.
pub fn shell(lang: Lang, role: Role, section: Section) -> Shell {
    let grant = Grant { role, unit: None, from: date(2026, 1, 1), until: None };
    let access = Access::new(None, vec![grant], date(2026, 11, 23));
    let name = match role {
        Role::AdminOpd => "Siti Rahmawati, S.Pd.",
        Role::Pimpinan => "Drs. H. Bambang Wiryawan, M.Si.",
        Role::Auditor => "Ratna Dewi, S.E., Ak.",
        Role::Sistem => "Yoga Pratama, S.Kom.",
        _ => "Ahmad Fauzi, S.Kom.",
    };
    Shell {
        lang,
        regency: "Kabupaten Contoh".into(),
        demo: true,
        me: Some(Me { name: name.into(), role: role.label().into() }),
        sections: Section::visible(&access),
        current: Some(section),
        log: None,
        path: section.href().into(),
        csrf: "c0ffee0123456789".into(),
        freshness: Some(Freshness {
            until: "08.12 WIB".into(),
            missing: Some(
                lang.pick(
                    "2 terminal belum mengirim sejak 07.00.",
                    "2 terminals have sent nothing since 07.00.",
                )
                .into(),
            ),
        }),
        log_stopped: false,
        flash: None,
    }
}

/// The frame before login.
pub fn outside(lang: Lang) -> Shell {
    Shell {
        lang,
        regency: "Kabupaten Contoh".into(),
        demo: true,
        me: None,
        sections: vec![],
        current: None,
        log: None,
        path: "/masuk".into(),
        csrf: String::new(),
        freshness: None,
        log_stopped: false,
        flash: None,
    }
}
