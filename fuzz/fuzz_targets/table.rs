//! Tables of contacts, accounts and deals: the size of the reads does not matter, records come in the order of their lines, and people
//! are the same once they are written as our own table and read again.
#![no_main]

use chitbook::domain::contact::Card;
use chitbook::exchange::csv::{Layout, Map, Maps, read};
use chitbook::exchange::draft::Record;
use chitbook_fuzz::Drops;
use libfuzzer_sys::fuzz_target;
use std::io::Read;

/// The records of a table, and nothing where it is refused as a whole; `told` is what was said of some columns.
fn records(source: impl Read, told: Option<&Map>) -> Option<Vec<Record>> {
    let maps = Maps {
        said: None,
        remembered: &|_| told.cloned(),
        home: "USD",
    };
    let table = read(source, &maps).ok()?;
    Some(table.map(|record| record.unwrap()).collect())
}

/// A card as far as the columns of others can tell it: they force a tag with ` ::: ` in it to be two, and some labels to small letters.
fn told(mut card: Card) -> Card {
    let tags = card.tags.iter().flat_map(|tag| tag.split(" ::: "));
    card.tags = tags.map(str::to_owned).collect();
    let labels = card.emails.iter_mut().map(|email| &mut email.label);
    let labels = labels.chain(card.phones.iter_mut().map(|phone| &mut phone.label));
    let labels = labels.chain(card.webs.iter_mut().map(|web| &mut web.label));
    let labels = labels.chain(card.addresses.iter_mut().map(|address| &mut address.label));
    for label in labels.chain(card.dates.iter_mut().map(|date| &mut date.label)) {
        *label = label.to_lowercase();
    }
    card.cleaned()
}

fuzz_target!(|bytes: &[u8]| {
    let said = ["Who=name", "Tel=phone", "Born=birthday", "Where=city"].map(str::to_owned);
    let said = Map::parse(&said).unwrap();
    // What was said stands above what the columns look like, so it is a reading of its own.
    for told in [None, Some(&said)] {
        goes_round(bytes, told);
    }
});

/// Reads a table twice, and once more what is written of it.
fn goes_round(bytes: &[u8], told_of: Option<&Map>) {
    let all = records(bytes, told_of);
    assert_eq!(all, records(Drops::new(bytes), told_of));
    let all = all.unwrap_or_default();
    assert!(all.is_sorted_by_key(Record::line));
    let cards: Vec<Card> = all
        .into_iter()
        .filter_map(|record| match record {
            Record::Draft(draft) => Some(draft.card),
            _ => None,
        })
        .collect();
    let mut layout = Layout::new();
    cards.iter().for_each(|card| layout.widen(card));
    let mut text = layout.header();
    cards
        .iter()
        .for_each(|card| text.push_str(&layout.row(card)));
    let again = records(text.as_bytes(), None).unwrap_or_default();
    let again: Vec<Card> = again
        .into_iter()
        .map(|record| match record {
            Record::Draft(draft) => told(draft.card),
            other => panic!("{other:?}\n{text}"),
        })
        .collect();
    let cards: Vec<Card> = cards.into_iter().map(told).collect();
    assert_eq!(again, cards, "{text}");
}
