use domain::{lang::Lang, rights::Role};
use web::pages::{
    akun::{
        AccountRow, AccountState, AkunPage, CreatePage, DetailPage, LinkPage, Problem, RoleFields, RoleLine,
        RoleTime, SessionLine, Spot,
    },
    layout::Section,
    people_list::PageNumbers,
    terminal::Choice,
    undangan::{InvitationForm, UndanganPage},
};

use super::{Screen, frame, put};

pub fn add(out: &mut Vec<Screen>, lang: Lang) -> Result<(), askama::Error> {
    let p = |id: &'static str, en: &'static str| lang.pick(id, en).to_owned();
    let role = |key: &str, role: Role, unit: &str, days: String, time| RoleLine {
        key: key.into(),
        role: role.label(),
        unit: unit.into(),
        days,
        time,
    };
    let since = || p("sejak 2 Januari 2026", "since 2 January 2026");
    let everywhere = p("Seluruh pemda", "Whole government");
    let row = |name: &str, login: &str, roles: Vec<RoleLine>, last: Option<&str>, state, mine| AccountRow {
        key: login.into(),
        name: name.into(),
        login: login.into(),
        roles,
        last_login: last.map(str::to_owned),
        state,
        mine,
    };
    let clerk = role("01", Role::AdminOpd, "Dinas Pendidikan", since(), RoleTime::Now);
    let head = role("02", Role::Atasan, "Bidang Pembinaan Sekolah Menengah Pertama", since(), RoleTime::Now);
    let auditor = role(
        "03",
        Role::Auditor,
        &everywhere,
        p("1 Desember 2026 sampai 31 Januari 2027", "1 December 2026 to 31 January 2027"),
        RoleTime::Future,
    );
    let officer = role("04", Role::Bkpsdm, &everywhere, since(), RoleTime::Now);
    let list = AkunPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Akun),
        search: String::new(),
        rows: vec![
            row(
                "Ahmad Fauzi",
                "198702022011012002",
                vec![officer],
                Some("08.02"),
                AccountState::Active,
                true,
            ),
            row(
                "Ratna Dewi Anggraini",
                "auditor.bpk",
                vec![auditor.clone()],
                None,
                AccountState::Waiting,
                false,
            ),
            row(
                "Siti Rahmawati",
                "198504122010012002",
                vec![clerk.clone(), head.clone()],
                Some("20 November 2026 16.31"),
                AccountState::Resting("08.45 WIB".into()),
                false,
            ),
            row(
                "Yoga Pratama",
                "operator",
                vec![],
                Some("2 November 2026 08.30"),
                AccountState::Locked,
                false,
            ),
        ],
        pages: PageNumbers { page: 1, of: 3, people: 131 },
    };
    put(out, "akun", &list)?;
    put(
        out,
        "akun-kosong",
        &AkunPage {
            search: "zzz".into(),
            rows: vec![],
            pages: PageNumbers { page: 1, of: 1, people: 0 },
            ..list
        },
    )?;
    let choice = |key: &str, label: &str| Choice { key: key.into(), label: label.into() };
    let fields = RoleFields {
        roles: Role::ALL.into_iter().map(|r| choice(r.code(), r.label())).collect(),
        units: vec![
            choice("DISDIK", "Dinas Pendidikan"),
            choice("DUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil"),
        ],
        everywhere: true,
        from: "2026-11-23".into(),
        today: "2026-11-23".into(),
        ..RoleFields::default()
    };
    let create = CreatePage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Akun),
        login: String::new(),
        name: String::new(),
        fields: fields.clone(),
        error: None,
    };
    put(out, "akun-baru", &create)?;
    let wrong = CreatePage {
        login: "198504122010012003".into(),
        error: Some(p(
            "Tidak ada pegawai dengan NIP ini. Periksa angkanya, atau impor data pegawai dahulu.",
            "No employee has this number. Check the digits, or import the employees first.",
        )),
        ..create
    };
    put(out, "akun-baru-salah", &wrong)?;
    let link = LinkPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Akun),
        key: "01".into(),
        name: "Siti Rahmawati".into(),
        login: "198504122010012002".into(),
        link: "hadir.contoh.go.id/undangan/5d1c0f7a9be24c6680a7e1b3d2f4968c07a5b1e2d3c4f506".into(),
        until: p("26 November 2026 08.12 WIB", "26 November 2026 08.12 WIB"),
    };
    put(out, "akun-tautan", &link)?;
    let detail = DetailPage {
        shell: frame::shell(lang, Role::Bkpsdm, Section::Akun),
        key: "01".into(),
        name: "Siti Rahmawati".into(),
        facts: vec![
            ("NIP", "198504122010012002".into()),
            ("Masuk terakhir", "23 November 2026 07.41 WIB".into()),
            ("Dibuat", "2 Januari 2026 09.15 WIB".into()),
        ],
        state: AccountState::Active,
        roles: vec![clerk, head, RoleLine { time: RoleTime::Past, ..auditor }],
        sessions: vec![SessionLine {
            browser:
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile"
                    .into(),
            ip: "10.20.3.14".into(),
            seen: p("12 menit lalu", "12 minutes ago"),
        }],
        mine: false,
        fields,
        problem: Some(Problem {
            spot: Spot::Take("02".into()),
            text: p("Tulis alasannya dengan kalimat singkat.", "Write the reason as a short sentence."),
            reason: "x".into(),
        }),
    };
    put(out, "akun-satu", &detail)?;
    let locked =
        DetailPage { state: AccountState::Locked, sessions: vec![], problem: None, ..detail.clone() };
    put(out, "akun-terkunci", &locked)?;
    put(out, "akun-saya", &DetailPage { mine: true, problem: None, ..detail })?;
    let form = InvitationForm {
        token: "5d1c".into(),
        name: "Siti Rahmawati".into(),
        login: "198504122010012002".into(),
        error: None,
    };
    let invitation = UndanganPage { shell: frame::outside(lang), form: Some(form) };
    put(out, "undangan", &invitation)?;
    put(out, "undangan-lewat", &UndanganPage { form: None, ..invitation })
}
