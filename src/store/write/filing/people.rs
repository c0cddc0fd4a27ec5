//! Newcomers: the people a note brings into the book, and their names in everything else that is filed with it.

use super::super::super::Result;
use super::super::Writer;
use crate::domain::contact::Card;
use crate::domain::filing::{Item, need_told};
use crate::domain::id::Id;
use crate::domain::promise::Plan;
use crate::domain::record::Record;
use crate::domain::touch::Touch;
use std::collections::HashMap;

/// Whom each stand-in stood in for.
pub(super) struct Names {
    people: HashMap<Id, Id>,
    /// The same for the needs that lines of the note tell of.
    needs: HashMap<Id, Id>,
}

impl Writer<'_> {
    /// Adds the newcomers.
    pub(super) fn welcome(&mut self, newcomers: &[(Id, Card)]) -> Result<Names> {
        let mut names = HashMap::with_capacity(newcomers.len());
        for (stand_in, card) in newcomers {
            let card = card.clone().cleaned();
            let id = self.add_contact(&card)?;
            self.resolve_links(&card.name)?;
            names.insert(*stand_in, id);
        }
        Ok(Names {
            people: names,
            needs: HashMap::new(),
        })
    }
}

impl Names {
    /// The person in the book.
    fn of(&self, id: Id) -> Id {
        self.people.get(&id).copied().unwrap_or(id)
    }

    /// A line of the note told of a need, which is this one in the book.
    pub fn tell_need(&mut self, words: &str, need: Id) {
        self.needs.insert(need_told(words), need);
    }

    /// A touch with the people in the book.
    pub fn touch(&self, touch: &Touch) -> Touch {
        let people = touch.people.iter().map(|id| self.of(*id)).collect();
        Touch {
            people,
            ..touch.clone()
        }
    }

    /// A plan with the person in the book.
    pub fn plan(&self, plan: &Plan) -> Plan {
        Plan {
            contact: self.of(plan.contact),
            ..plan.clone()
        }
    }

    /// Who is mentioned, in the book.
    pub fn mentioned(&self, mentioned: &[(Id, String)]) -> Vec<(Id, String)> {
        let named = mentioned
            .iter()
            .map(|(id, words)| (self.of(*id), words.clone()));
        named.collect()
    }

    /// An item with the people in the book, out of the note of a touch.
    pub fn item(&self, item: &Item, touch: Id) -> Item {
        let mut item = item.clone();
        let name = |id: &mut Id| *id = self.of(*id);
        match &mut item {
            Item::Promise(promise) => {
                name(&mut promise.contact);
                promise.evidence = Some(touch);
            }
            Item::Chit(chit) => {
                name(&mut chit.giver);
                name(&mut chit.receiver);
                chit.evidence = Some(touch);
            }
            Item::Referral(referred) => {
                name(&mut referred.referrer);
                name(&mut referred.prospect);
            }
            Item::Record(record) => self.record(record),
            Item::Result(delivered) => {
                name(&mut delivered.contact);
                // A need of the same note that was not filed is met by nothing: the result stands by itself.
                let known = |id: Id| {
                    if id.is_stand_in() {
                        self.needs.get(&id).copied()
                    } else {
                        Some(id)
                    }
                };
                delivered.need = delivered.need.and_then(known);
            }
        }
        item
    }

    fn record(&self, record: &mut Record) {
        let name = |id: &mut Id| *id = self.of(*id);
        match record {
            Record::Fact(fact) => name(&mut fact.contact),
            Record::Date(day) => name(&mut day.contact),
            Record::Need(need) => name(&mut need.contact),
            Record::Sale(sale) => name(&mut sale.contact),
            Record::Rival(rival) => name(&mut rival.contact),
            Record::Seat(seat) => {
                name(&mut seat.contact);
                name(&mut seat.at);
            }
        }
    }
}
