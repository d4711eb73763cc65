use domain::lang::Lang;
use web::pages::masuk::{LoginProblem, MasukPage};

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
    let locked = MasukPage { problem: Some(LoginProblem::Locked { until: "08.45 WIB".into() }), ..page };
    put(out, "masuk-terkunci", &locked)
}
