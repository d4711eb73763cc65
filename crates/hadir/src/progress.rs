//! A progress bar on standard error; nothing where that is no terminal.

use domain::lang::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use service::progress::Progress;

/// A bar that shows what long work reports.
pub struct Bar(ProgressBar);

impl Bar {
    /// A bar that appears with the first report.
    pub fn new() -> Bar {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{msg:<34} {wide_bar} {pos}/{len} {eta}");
        Bar(style.map_or(bar.clone(), |style| bar.with_style(style)))
    }

    /// Shows a state.
    pub fn show(&self, progress: Progress) {
        self.0.set_message(progress.label(Lang::En));
        self.0.set_length(progress.total);
        self.0.set_position(progress.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
