//! Writes one workbook of each layout, and the CSV of the matrix, into a directory (default: the current one),
//! to be looked at in Excel or LibreOffice: `cargo run -p hadir-print --example samples -- out/`.

use std::{error::Error, fs, path::PathBuf};

use print::{DayListVariant, Dialect};

#[path = "../tests/workbooks/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let people = arguments.next().map_or(Ok(40), |n| n.parse())?;
    fs::create_dir_all(&out)?;
    let matrix = sample::matrix(people, 30);
    fs::write(out.join("x1.xlsx"), print::day_list(&sample::day_list(people, DayListVariant::Register))?)?;
    fs::write(out.join("x1b.xlsx"), print::day_list(&sample::day_list(people, DayListVariant::Board))?)?;
    fs::write(out.join("x2.xlsx"), print::month_matrix(&matrix)?)?;
    fs::write(out.join("x3.xlsx"), print::attendance_recap(&sample::recap(people))?)?;
    fs::write(out.join("x7.xlsx"), print::tpp_list(&sample::tpp(people))?)?;
    fs::write(out.join("x2.csv"), print::delimited(&matrix, Dialect::EXCEL_INDONESIA)?)?;
    Ok(())
}
