//! A draft: text being typed and not yet filed. It survives anything.

use super::id::Id;
use super::moment::Moment;
use serde::{Deserialize, Serialize};

/// What was being typed, as the book keeps it until it is filed or thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its identity; none until it was saved once.
    pub id: Option<Id>,
    /// About whom.
    pub contact: Option<Id>,
    /// The form or note it belongs to: `touch`, `person`, `chit`, …
    pub kind: String,
    /// What to call it when it is offered again: "Touch with Barney Rubble".
    pub title: String,
    /// The text, or the form's fields.
    pub body: String,
    /// When it was begun: of a call, when its clock was. None: when it is saved for the first time.
    #[serde(default)]
    pub started: Option<Moment>,
    /// When it was saved last, as the book knows it. Who reads these two out of the book sets their zone.
    #[serde(default)]
    pub saved: Option<Moment>,
}
