//! Invented people: names put together from common parts, so that a sheet of a hundred is as varied as a real one.

const FIRST: [&str; 20] = [
    "Siti", "Ahmad", "Budi", "Dewi", "Eko", "Fitri", "Gunawan", "Hesti", "Indra", "Joko", "Kartika",
    "Lukman", "Maya", "Nurhayati", "Oktaviani", "Putu", "Rizky", "Sri", "Tarmizi", "Yuliana",
];
const LAST: [&str; 23] = [
    "Rahmawati", "Fauzi", "Santoso", "Lestari", "Prasetyo", "Handayani", "Wibowo", "Susanti", "Saputra",
    "Kurniawan", "Maharani", "Hakim", "Anggraini", "Siregar", "Nasution", "Marpaung", "Hidayat", "Wahyuni",
    "Siahaan", "Permata", "Ramadhan", "Utami", "Zulkarnain",
];
const TITLES: [&str; 6] = [", S.Pd.", ", S.Kom.", "", ", S.E.", ", A.Md.", ", S.Sos., M.Si."];
const GRADES: [&str; 6] = ["III/d", "III/b", "II/d", "III/c", "II/c", "IX"];

/// An invented person.
pub struct Person {
    pub key: String,
    pub name: String,
    pub nip: String,
    pub grade: &'static str,
}

/// A small generator of repeatable numbers (xorshift), so that pages do not change between runs.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// Person number `n`, always the same.
pub fn person(n: usize) -> Person {
    let mut dice = Dice::new(n as u64 + 7);
    for _ in 0..4 {
        dice.roll(9);
    }
    let mut pick = |of: usize| dice.roll(of as u64) as usize;
    let name = format!("{} {}{}", FIRST[pick(20)], LAST[pick(23)], TITLES[pick(6)]);
    let (year, month, day) = (1968 + pick(32), 1 + pick(12), 1 + pick(28));
    let (tmt_year, tmt_month, sex) = (year + 23 + pick(3), 1 + pick(12), 1 + pick(2));
    let nip = format!("{year}{month:02}{day:02} {tmt_year}{tmt_month:02} {sex} {:03}", 1 + pick(40));
    let key = format!(
        "0193{:04x}-{:04x}-7{:03x}-a{:03x}-{:012x}",
        pick(65536),
        pick(65536),
        pick(4096),
        pick(4096),
        pick(1 << 44)
    );
    Person { key, name, nip, grade: GRADES[pick(6)] }
}
