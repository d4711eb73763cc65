//! A punch as the rules see it: a moment in local time, where it came from and what is known of the place.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Which way a punch goes, where the source says so reliably.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Not said (the usual case: state key not pressed, status 255).
    #[default]
    Unknown,
    /// Check-in.
    In,
    /// Check-out.
    Out,
}

/// Whether a punch was made inside the allowed place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceState {
    /// No place is recorded (a wired terminal stands where it stands).
    #[default]
    Unknown,
    /// Inside.
    Inside,
    /// Too coarse to say.
    Unsure,
    /// Outside.
    Outside,
}

/// A punch to be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Punch {
    /// Stable reference to the stored fact, shown with the judgement.
    pub id: String,
    /// Local civil time in the zone of the work place.
    pub at: DateTime,
    /// Direction, if known.
    #[serde(default)]
    pub direction: Direction,
    /// Place, if known.
    #[serde(default)]
    pub place: PlaceState,
    /// The source for display: terminal name, `impor berkas`, ….
    #[serde(default)]
    pub source: String,
    /// A punch that is stored but must not be counted (flagged, or marked "skip").
    #[serde(default)]
    pub skip: bool,
}

/// A place on earth in degrees, as a phone reports it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Degrees north, -90 to 90.
    pub latitude: f64,
}

impl GeoPoint {
    /// Whether the numbers name a place at all: NaN, infinities and degrees beyond the globe do not. (0, 0) does.
    pub fn is_valid(self) -> bool {
        self.longitude.abs() <= 180.0 && self.latitude.abs() <= 90.0
    }
}

/// The point that is stored with a punch: none unless keeping places is switched on and the point is one.
pub fn kept_point(keep_places: bool, reported: Option<GeoPoint>) -> Option<GeoPoint> {
    reported.filter(|point| keep_places && point.is_valid())
}
