//! A draft: text being typed and not yet filed. It survives anything.

use super::id::Id;
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
}
