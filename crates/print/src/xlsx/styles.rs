//! The formats of the workbook, made once.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::table::{Look, Tone};

/// Grey of weekends and holidays.
const GREY: u32 = 0xD9_D9_D9;
/// Fill of the heading rows.
const HEADING: u32 = 0xE7_EE_F7;

/// All formats of a workbook.
pub(super) struct Styles {
    pub(super) kop: Format,
    pub(super) kop_address: Format,
    pub(super) kop_last: Format,
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) heading: Format,
    pub(super) heading_grey: Format,
    pub(super) number_row: Format,
    pub(super) empty: Format,
    pub(super) upper: Format,
    pub(super) lower: Format,
    pub(super) total_label: Format,
    pub(super) note: Format,
    pub(super) signature: Format,
    pub(super) signature_name: Format,
    pub(super) label: Format,
    pub(super) plain: Format,
    pub(super) section: Format,
    pub(super) draft: Format,
    next_day: Format,
    cells: Vec<(Look, Format)>,
    totals: Vec<(Look, Format)>,
    guarded: Vec<(Look, Format)>,
    tones: Vec<(Tone, Format)>,
}

const LOOKS: [Look; 8] = [
    Look::Centre,
    Look::Left,
    Look::Digits,
    Look::Mark,
    Look::Count,
    Look::Rupiah,
    Look::Percent,
    Look::Time,
];
const TONES: [Tone; 6] = [Tone::Plain, Tone::Amber, Tone::Red, Tone::Blue, Tone::Grey, Tone::Faint];

impl Styles {
    pub(super) fn new() -> Styles {
        let text = |size: f64| Format::new().set_font_size(size).set_align(FormatAlign::VerticalCenter);
        let centre = |size: f64| text(size).set_align(FormatAlign::Center);
        let boxed = |format: Format| format.set_border(FormatBorder::Thin);
        let heading = boxed(centre(9.0)).set_bold().set_text_wrap();
        let line =
            |format: Format| format.set_border_left(FormatBorder::Thin).set_border_right(FormatBorder::Thin);
        Styles {
            kop: centre(16.0).set_bold(),
            kop_address: centre(10.0),
            kop_last: centre(10.0).set_border_bottom(FormatBorder::Double),
            title: centre(13.0).set_bold(),
            subtitle: centre(10.0),
            heading: heading.clone().set_background_color(Color::RGB(HEADING)),
            heading_grey: heading.set_background_color(Color::RGB(GREY)),
            number_row: boxed(centre(7.0)).set_italic().set_shrink(),
            empty: boxed(centre(9.0)).set_italic(),
            upper: line(text(9.0)).set_border_top(FormatBorder::Thin).set_text_wrap().set_bold(),
            lower: line(text(9.0)).set_border_bottom(FormatBorder::Thin).set_num_format("@"),
            total_label: boxed(centre(9.0)).set_bold().set_background_color(Color::RGB(HEADING)),
            note: text(8.0).set_align(FormatAlign::Left),
            signature: centre(10.0).set_text_wrap(),
            signature_name: centre(10.0).set_bold().set_underline(FormatUnderline::Single),
            label: boxed(text(10.0)).set_bold().set_text_wrap(),
            plain: boxed(text(10.0)).set_text_wrap(),
            section: text(12.0).set_bold(),
            draft: centre(10.0).set_bold().set_font_color(Color::RGB(0xC0_00_00)),
            next_day: cell(Look::Time).set_num_format(r#"hh\.mm" (+1)""#),
            cells: LOOKS.map(|look| (look, cell(look))).into(),
            totals: LOOKS
                .map(|look| (look, cell(look).set_bold().set_background_color(Color::RGB(HEADING))))
                .into(),
            guarded: LOOKS.map(|look| (look, cell(look).set_quote_prefix())).into(),
            tones: TONES.map(|tone| (tone, toned(tone))).into(),
        }
    }

    /// A cell of the body.
    pub(super) fn cell(&self, look: Look) -> &Format {
        find(&self.cells, look, &self.empty)
    }

    /// A text that would become a formula if someone edited the cell.
    pub(super) fn guarded(&self, look: Look) -> &Format {
        find(&self.guarded, look, &self.empty)
    }

    /// A cell of the row of totals.
    pub(super) fn total(&self, look: Look) -> &Format {
        find(&self.totals, look, &self.empty)
    }

    /// A day code.
    pub(super) fn tone(&self, tone: Tone) -> &Format {
        find(&self.tones, tone, &self.empty)
    }

    /// A time of day; `next_day` shows `(+1)` behind it.
    pub(super) fn time(&self, next_day: bool) -> &Format {
        if next_day { &self.next_day } else { self.cell(Look::Time) }
    }
}

fn find<'a, K: PartialEq>(formats: &'a [(K, Format)], key: K, otherwise: &'a Format) -> &'a Format {
    formats.iter().find(|(k, _)| *k == key).map_or(otherwise, |(_, format)| format)
}

fn cell(look: Look) -> Format {
    let base = Format::new()
        .set_font_size(9.0)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter);
    match look {
        Look::Centre => base.set_align(FormatAlign::Center).set_shrink(),
        Look::Left => base.set_text_wrap(),
        Look::Digits => base.set_align(FormatAlign::Center).set_num_format("@"),
        Look::Mark => base.set_font_size(8.0).set_align(FormatAlign::Center).set_shrink(),
        // General, not "#,##0.##": that prints "20." for 20.
        Look::Count => base.set_align(FormatAlign::Center),
        Look::Rupiah => base.set_num_format("#,##0_)"),
        Look::Percent => base.set_align(FormatAlign::Center).set_num_format("0.00%"),
        Look::Time => base.set_align(FormatAlign::Center).set_num_format(r"hh\.mm"),
    }
}

fn toned(tone: Tone) -> Format {
    let base = cell(Look::Mark);
    let fill = |format: Format, back: u32, ink: u32| {
        format.set_background_color(Color::RGB(back)).set_font_color(Color::RGB(ink))
    };
    match tone {
        Tone::Plain => base,
        Tone::Amber => fill(base, 0xFF_E6_99, 0x5C_3D_00).set_bold(),
        Tone::Red => fill(base, 0xF4_B0_B0, 0x7A_00_00).set_bold(),
        Tone::Blue => fill(base, 0xDD_EB_F7, 0x1F_3D_66),
        Tone::Grey => fill(base, GREY, 0x59_59_59),
        Tone::Faint => base.set_font_color(Color::RGB(0x59_59_59)).set_italic(),
    }
}
