//! The frame around every page: name of the regency, menu, language, who is logged in, how fresh the data is.

mod menu;
mod texts;

pub use menu::{MenuItem, Section};
pub use texts::FrameTexts;

use domain::lang::Lang;

use crate::{
    assets,
    pages::markup::{Icon, Markup, csrf_field},
};

/// What every page knows.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Language of the page.
    pub lang: Lang,
    /// Name of the regional government: `Kabupaten Contoh`.
    pub regency: String,
    /// Whether all data is invented; shows the ribbon.
    pub demo: bool,
    /// Who is logged in; `None` before login.
    pub me: Option<Me>,
    /// The sections this person may open, in order; see [`Section::visible`].
    pub sections: Vec<Section>,
    /// The section of this page.
    pub current: Option<Section>,
    /// The log that the browser shall remember; `None` when none is published.
    pub log: Option<Remembered>,
    /// Path and query of this page, where the language switch comes back to.
    pub path: String,
    /// Token of the session against forged forms; empty before login. Letters and digits only.
    pub csrf: String,
    /// How old the shown data is; `None` on pages without attendance data.
    pub freshness: Option<Freshness>,
    /// Whether the log is not signed at present, and whoever looks must know: decisions are refused until it is.
    pub log_stopped: bool,
    /// The result of what was just done.
    pub flash: Option<Flash>,
}

/// A log for browsers to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Address below which it is published: `/log/1/`.
    pub address: String,
    /// Its key, in a demo: each demo has another log at the same address, and that is no fault.
    pub demo_key: Option<String>,
}

/// The person who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Name with titles.
    pub name: String,
    /// Role in words: `Admin OPD`.
    pub role: String,
}

/// How fresh the shown data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// Moment of the newest data, with zone: `08.12 WIB`.
    pub until: String,
    /// What is missing, as a sentence: `2 terminal belum mengirim sejak 07.00.`
    pub missing: Option<String>,
}

/// How a message is meant. Decides colour and role; the words must say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Neutral information.
    Info,
    /// Done, in order.
    Good,
    /// Needs attention.
    Warn,
    /// Failed or serious.
    Bad,
}

impl Tone {
    /// Class of the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Info => "info",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }
}

/// A message after an action: `Rekap November dikunci.`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

impl Shell {
    /// Words of the frame.
    pub fn words(&self) -> FrameTexts {
        FrameTexts(self.lang)
    }

    /// The menu, in order.
    pub fn menu(&self) -> Vec<MenuItem> {
        self.sections.iter().map(|s| s.item(self.lang, self.current == Some(*s))).collect()
    }

    /// Whether this page says that the log is not signed; the page of the log says it by itself.
    pub fn says_stop(&self) -> bool {
        self.log_stopped && self.current != Some(Section::Log)
    }

    /// The hidden field that every form which changes something must hold.
    pub fn csrf_field(&self) -> Markup {
        csrf_field(&self.csrf)
    }

    /// The language to switch to.
    pub fn other_lang(&self) -> Lang {
        match self.lang {
            Lang::Id => Lang::En,
            Lang::En => Lang::Id,
        }
    }

    /// Address of the stylesheet.
    pub fn css(&self) -> &'static str {
        &assets::stylesheet().path
    }

    /// Address of the script.
    pub fn js(&self) -> &'static str {
        &assets::script().path
    }

    /// Address of the script that remembers the log.
    pub fn log_js(&self) -> &'static str {
        &assets::log_script().path
    }

    /// Address of the icon.
    pub fn icon(&self) -> &'static str {
        &assets::icon().path
    }

    /// The drawing of the account menu on phones.
    pub fn me_icon(&self) -> Markup {
        Icon::Person.svg()
    }

    /// The icon of "more".
    pub fn more_icon(&self) -> Markup {
        Icon::Menu.svg()
    }
}
