//! How a part of a person's page is put into words.

use crate::domain::contact::Address;
use crate::domain::people::LinkRow;

/// A value after its label, where it has one.
pub(super) fn labelled(label: &str, value: &str) -> String {
    if label.is_empty() {
        value.to_owned()
    } else {
        format!("{label}: {value}")
    }
}

/// A postal address in one line.
pub(super) fn address(address: &Address) -> String {
    let town = format!("{} {}", address.postcode, address.city);
    let parts = [
        address.po_box.as_str(),
        &address.extended,
        &address.street,
        town.trim(),
        &address.region,
        &address.country,
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let line = parts.collect::<Vec<_>>().join(", ").replace('\n', ", ");
    labelled(&address.label, &line)
}

/// How they are linked to another; a link that an import suggests and nobody confirmed is a question.
pub(super) fn link(row: &LinkRow, name: &str) -> String {
    let text = if row.inverse {
        format!("{}: {} {name}", row.name, row.kind.phrase())
    } else {
        format!("{} {}", row.kind.phrase(), row.name)
    };
    if row.confirmed {
        text
    } else {
        format!("{text}? (suggested by an import)")
    }
}
