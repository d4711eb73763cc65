//! Invented people: names, numbers and posts that look right and belong to nobody.

use std::collections::HashSet;

use domain::employment::EmploymentKind;
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use rand::{Rng, seq::IndexedRandom};

use super::{
    habit::Habit,
    regency::{OPDS, OpdKind},
};

/// An invented employee.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// NIP or NI PPPK, 18 digits.
    pub number: String,
    /// Name without titles.
    pub name: String,
    /// Title after the name, may be empty.
    pub back_title: &'static str,
    /// Date of birth.
    pub birth: Date,
    /// Female.
    pub female: bool,
    /// Kind of employment.
    pub kind: EmploymentKind,
    /// Golongan ruang, for example `III/b` or `IX`.
    pub golongan: &'static str,
    /// Name of the post.
    pub jabatan: String,
    /// Kind of the post as SIASN writes it.
    pub jenis_jabatan: &'static str,
    /// Eselon or empty.
    pub eselon: &'static str,
    /// Class 1..=17.
    pub kelas: u8,
    /// Index into [`OPDS`].
    pub opd: usize,
    /// Index into the parts of the OPD; `None` for the head.
    pub part: Option<usize>,
    /// Index of the direct superior in the population.
    pub superior: Option<usize>,
    /// PIN on the terminals of the OPD.
    pub pin: u32,
    /// How the person behaves.
    pub habit: Habit,
}

const MEN: [&str; 24] = [
    "Ahmad", "Budi", "Chandra", "Dedi", "Eko", "Fajar", "Gunawan", "Hendra", "Irwan", "Joko", "Kurniawan",
    "Lukman", "Mulyadi", "Nurdin", "Oki", "Purnomo", "Rahmat", "Saiful", "Taufik", "Usman", "Wahyu", "Yusuf",
    "Zainal", "Bambang",
];
const WOMEN: [&str; 24] = [
    "Ani", "Citra", "Dewi", "Endah", "Fitri", "Hasnah", "Indah", "Juwita", "Kartika", "Lestari", "Maya",
    "Nurul", "Okta", "Putri", "Rina", "Siti", "Tuti", "Umi", "Vina", "Wulan", "Yanti", "Zubaidah", "Rohani",
    "Mega",
];
const FAMILY: [&str; 32] = [
    "Santoso", "Wijaya", "Hidayat", "Saputra", "Siregar", "Nasution", "Harahap", "Lubis", "Rahmawati",
    "Kusuma", "Pratama", "Setiawan", "Maulana", "Firmansyah", "Ramadhan", "Syahputra", "Handayani", "Utami",
    "Susanti", "Marlina", "Hakim", "Nugroho", "Iskandar", "Effendi", "Basri", "Yulianto", "Permata",
    "Anggraini", "Febrianto", "Suryadi", "Halim", "Mansyur",
];

struct Post {
    title: &'static str,
    kind: &'static str,
    golongan: &'static str,
    kelas: u8,
    back_title: &'static str,
    weight: u32,
}

const fn post(
    title: &'static str,
    kind: &'static str,
    golongan: &'static str,
    kelas: u8,
    back_title: &'static str,
    weight: u32,
) -> Post {
    Post { title, kind, golongan, kelas, back_title, weight }
}

const PNS_POSTS: [Post; 7] = [
    post("Analis Kebijakan Ahli Muda", "Jabatan Fungsional", "III/d", 9, "S.IP., M.Si.", 8),
    post("Perencana Ahli Pertama", "Jabatan Fungsional", "III/b", 8, "S.E.", 14),
    post("Penelaah Teknis Kebijakan", "Jabatan Pelaksana", "III/a", 7, "S.Sos.", 24),
    post("Pengolah Data dan Informasi", "Jabatan Pelaksana", "II/d", 6, "A.Md.", 18),
    post("Bendahara Pengeluaran", "Jabatan Pelaksana", "III/b", 7, "S.E.", 6),
    post("Pengadministrasi Perkantoran", "Jabatan Pelaksana", "II/b", 5, "", 22),
    post("Arsiparis Terampil", "Jabatan Fungsional", "II/c", 6, "A.Md.", 8),
];
const PPPK_POSTS: [Post; 3] = [
    post("Penata Layanan Operasional", "Jabatan Pelaksana", "IX", 7, "S.Kom.", 40),
    post("Pengelola Layanan Operasional", "Jabatan Pelaksana", "VII", 6, "A.Md.", 30),
    post("Operator Layanan Operasional", "Jabatan Pelaksana", "V", 5, "", 30),
];
const NURSE_POSTS: [Post; 3] = [
    post("Perawat Terampil", "Jabatan Fungsional", "II/d", 7, "A.Md.Kep.", 50),
    post("Perawat Ahli Pertama", "Jabatan Fungsional", "III/b", 8, "S.Kep., Ners", 30),
    post("Bidan Terampil", "Jabatan Fungsional", "II/d", 7, "A.Md.Keb.", 20),
];

/// Makes `count` people, spread over the OPDs; every OPD gets a head and a head of each part first.
pub(super) fn make(rng: &mut impl Rng, count: usize) -> Vec<Person> {
    let sizes = sizes(count);
    let mut people = Vec::with_capacity(count);
    let mut sequence = 0;
    // The sequence in the number repeats after 998 people, so a large population may draw one twice.
    let mut taken = HashSet::with_capacity(count);
    for (opd, size) in sizes.into_iter().enumerate() {
        let first = people.len();
        for place in 0..size {
            sequence += 1;
            let person = loop {
                let person = one(rng, opd, place, first, sequence);
                if taken.insert(person.number.clone()) {
                    break person;
                }
            };
            people.push(person);
        }
    }
    people
}

/// How many people each OPD has; larger OPDs weigh more, nobody is lost to rounding.
fn sizes(count: usize) -> Vec<usize> {
    let weight = |opd: usize| match OPDS[opd].kind {
        OpdKind::Hospital => 9,
        OpdKind::Kecamatan => 2,
        _ if matches!(OPDS[opd].code, "DISDIK" | "DINKES" | "SETDA") => 6,
        _ if matches!(OPDS[opd].code, "SATPOLPP" | "PUPR" | "BKPSDM" | "DISHUB") => 4,
        _ => 3,
    };
    let total: usize = (0..OPDS.len()).map(weight).sum();
    let mut sizes: Vec<usize> = (0..OPDS.len()).map(|o| count * weight(o) / total).collect();
    let mut left = count - sizes.iter().sum::<usize>();
    let places = sizes.len();
    for i in 0.. {
        if left == 0 {
            break;
        }
        sizes[i % places] += 1;
        left -= 1;
    }
    sizes
}

fn one(rng: &mut impl Rng, opd: usize, place: usize, first: usize, sequence: u32) -> Person {
    let kind_of_opd = OPDS[opd].kind;
    let parts = kind_of_opd.parts();
    let female = rng.random_bool(0.52);
    let (kind, base) = if place == 0 {
        (EmploymentKind::Pns, head_post(kind_of_opd))
    } else if place <= parts.len() {
        (EmploymentKind::Pns, part_head_post())
    } else {
        let kind = match rng.random_range(0..100) {
            0..3 => EmploymentKind::Cpns,
            3..62 => EmploymentKind::Pns,
            62..86 => EmploymentKind::Pppk,
            _ => EmploymentKind::PppkParuhWaktu,
        };
        (kind, staff_post(rng, kind, kind_of_opd))
    };
    let part = match place {
        0 => None,
        p if p <= parts.len() => Some(p - 1),
        p => Some(p % parts.len()),
    };
    let superior = match place {
        0 => None,
        p if p <= parts.len() => Some(first),
        _ => part.map(|part| first + 1 + part),
    };
    let jabatan = match (place, part) {
        (0, _) => head_of(opd),
        (p, Some(part)) if p <= parts.len() => format!("Kepala {}", parts[part].1),
        _ => base.title.to_owned(),
    };
    let (number, birth) = number(rng, kind, female, place == 0, sequence);
    let given = if female { WOMEN.choose(rng) } else { MEN.choose(rng) };
    let name =
        format!("{} {}", given.copied().unwrap_or("Siti"), FAMILY.choose(rng).copied().unwrap_or("Santoso"));
    Person {
        number,
        name,
        back_title: base.back_title,
        birth,
        female,
        kind,
        golongan: base.golongan,
        jabatan,
        jenis_jabatan: base.kind,
        eselon: match place {
            0 => "II.b",
            p if p <= parts.len() => "III.b",
            _ => "",
        },
        kelas: base.kelas,
        opd,
        part,
        superior,
        pin: 101 + u32::try_from(place).unwrap_or(0),
        habit: Habit::draw(rng),
    }
}

/// `Kepala Dinas Pendidikan`, `Camat Pesisir`, `Direktur RSUD …`.
pub fn head_of(opd: usize) -> String {
    let name = OPDS[opd].name;
    match OPDS[opd].kind {
        OpdKind::Kecamatan => name.replacen("Kecamatan", "Camat", 1),
        OpdKind::Hospital => format!("Direktur {name}"),
        OpdKind::Secretariat if name.starts_with("Inspektorat") => {
            name.replacen("Inspektorat", "Inspektur", 1)
        }
        OpdKind::Secretariat => name.replacen("Sekretariat", "Sekretaris", 1),
        _ => format!("Kepala {name}"),
    }
}

fn head_post(kind: OpdKind) -> &'static Post {
    const HEAD: Post = post("", "Jabatan Manajerial", "IV/c", 14, "S.Sos., M.Si.", 1);
    const CAMAT: Post = post("", "Jabatan Manajerial", "IV/a", 12, "S.STP., M.Si.", 1);
    if kind == OpdKind::Kecamatan { &CAMAT } else { &HEAD }
}

fn part_head_post() -> &'static Post {
    const PART: Post = post("", "Jabatan Manajerial", "III/d", 11, "S.E., M.M.", 1);
    &PART
}

fn staff_post(rng: &mut impl Rng, kind: EmploymentKind, opd: OpdKind) -> &'static Post {
    let posts: &'static [Post] = match kind {
        EmploymentKind::Pppk | EmploymentKind::PppkParuhWaktu => &PPPK_POSTS,
        _ if opd == OpdKind::Hospital => &NURSE_POSTS,
        _ => &PNS_POSTS,
    };
    posts.choose_weighted(rng, |p| p.weight).unwrap_or(&posts[0])
}

/// An 18-digit number by the rules of the kind. The sequence keeps invented numbers apart.
fn number(
    rng: &mut impl Rng,
    kind: EmploymentKind,
    female: bool,
    senior: bool,
    sequence: u32,
) -> (String, Date) {
    let year = if senior { rng.random_range(1967..1980) } else { rng.random_range(1972..2001) };
    let birth = date(year, 1, 1).saturating_add(i64::from(rng.random_range(0..365)).days());
    let start = (birth.year() + rng.random_range(22..27)).min(2024);
    let sex = if female { 2 } else { 1 };
    let serial = sequence % 998 + 1;
    let text = match kind {
        EmploymentKind::Cpns => format!("{}2025061{serial:03}", birth.strftime("%Y%m%d")).replacen(
            "2025061",
            &format!("202506{sex}"),
            1,
        ),
        EmploymentKind::Pns => {
            format!(
                "{}{start:04}{:02}{sex}{serial:03}",
                birth.strftime("%Y%m%d"),
                [1, 3, 4, 12][rng.random_range(0..4)]
            )
        }
        EmploymentKind::Pppk => {
            format!("{}{}21{sex}{serial:03}", birth.strftime("%Y%m%d"), rng.random_range(2021..2025))
        }
        EmploymentKind::PppkParuhWaktu => format!("{}202521{sex}{serial:03}", birth.strftime("%Y%m%d")),
    };
    (text, birth)
}
