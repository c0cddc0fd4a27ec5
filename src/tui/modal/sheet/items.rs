//! Back from the fields of a row to the item it becomes.

use super::Sheet;
use super::rows::{Note, Row, What};
use crate::domain::chit::{Chit, Halves};
use crate::domain::contact::KeyDate;
use crate::domain::filing::{Caught, Item, Needs, need_told};
use crate::domain::id::Id;
use crate::domain::moment::shift;
use crate::domain::money::Money;
use crate::domain::promise::Promise;
use crate::domain::record::{
    Anniversary, Delivered, Fact, FactKind, Need, NeedState, Outcome, Record, ResultKind, Rival,
    Role, Sale, Seat, Stance,
};
use crate::domain::referral::{Referred, Stage};
use crate::domain::text::clean_line;
use crate::tui::modal::Cx;
use crate::tui::modal::field::Field;
use crate::tui::modal::filing::Fault;
use crate::tui::modal::record::{key_date, money};
use chrono::NaiveDate;

/// Whether a result closes the need it seems to meet.
pub(super) const CLOSES: &[&str] = &["yes", "no"];

impl Sheet {
    /// Each result meets a need where there is one for it: an open one of the book, or one that the same note tells of.
    pub(super) fn meet_needs(&mut self) {
        let with = self.note.with;
        let told = self.rows.iter().filter(|row| {
            matches!(row.what, What::Need) && row.filed.is_none() && row.is_about(with)
        });
        let told = told.map(|row| (need_told(&row.words), row.typed("what")));
        let told: Vec<(Id, String)> = told.collect();
        let mut needs = Needs::new(&self.needs, &told);
        let result = |row: &&mut Row| matches!(row.what, What::Result(_)) && row.is_about(with);
        let mut open: Vec<&mut Row> = Vec::new();
        for row in self.rows.iter_mut().filter(result) {
            match row.what {
                // What a note told of is found again, and may go to another result.
                What::Result(Some(need)) if !need.is_stand_in() => needs.met(need),
                _ => open.push(row),
            }
        }
        for row in open {
            row.meet(&mut needs);
        }
    }
}

impl Row {
    /// A result meets one of these needs, or none.
    fn meet(&mut self, needs: &mut Needs) {
        let met = needs.meet(&self.typed("what"));
        self.close(met);
    }

    /// A result closes this need, or none.
    pub fn close(&mut self, met: Option<Id>) {
        let What::Result(need) = &mut self.what else {
            return;
        };
        let asked = self.fields.iter().position(|field| field.name == "closes");
        match asked {
            None if met.is_some() => {
                let asked = Field::choice("closes", "closes a need", CLOSES, 0);
                self.fields.push(asked);
            }
            Some(at) if met.is_none() => {
                self.fields.remove(at);
            }
            _ => {}
        }
        *need = met;
    }

    /// Whether it is about one person alone, and about this one.
    fn is_about(&self, who: Id) -> bool {
        let field = self.field("who");
        field.is_some_and(|field| field.people.iter().map(|(id, _)| *id).eq([who]))
    }

    /// What about it is not as it was meant: its day could not be read.
    pub fn doubt(&self) -> Option<&str> {
        let why = self.field("due")?.error.as_deref()?;
        Some(why.rsplit_once(": due ").map_or(why, |(why, _)| why))
    }

    fn field(&self, name: &'static str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    fn typed(&self, name: &'static str) -> String {
        self.field(name)
            .map_or(String::new(), |field| clean_line(&field.text()))
    }

    fn needed(&self, name: &'static str, why: &str) -> Result<String, Fault> {
        let text = self.typed(name);
        if text.is_empty() {
            return Err((name, why.to_owned()));
        }
        Ok(text)
    }

    fn choice(&self, name: &'static str) -> usize {
        self.field(name).map_or(0, |field| field.choice)
    }

    /// The one person a field names.
    pub fn one(&self, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
        let named = self
            .field(name)
            .map_or(Ok(Vec::new()), |field| field.named(cx));
        let named = named.map_err(|why| (name, why))?;
        named
            .first()
            .copied()
            .ok_or_else(|| (name, "Say who".to_owned()))
    }

    fn other(&self, name: &'static str, cx: &Cx<'_>) -> Result<Id, Fault> {
        match self.one(name, cx)? {
            Id::ME => Err((name, "Name the other, not yourself".to_owned())),
            id => Ok(id),
        }
    }

    fn day(
        &self,
        name: &'static str,
        otherwise: NaiveDate,
        cx: &Cx<'_>,
    ) -> Result<NaiveDate, Fault> {
        let day = self.field(name).map_or(Ok(None), |field| field.day(cx));
        Ok(day.map_err(|why| (name, why))?.unwrap_or(otherwise))
    }

    fn money(&self, cx: &Cx<'_>) -> Result<Option<Money>, Fault> {
        money(&self.typed("amount"), cx)
    }

    /// Somebody the note names, and whether they took part.
    pub fn named(&self, cx: &Cx<'_>) -> Result<(Id, bool), Fault> {
        Ok((self.one("who", cx)?, self.choice("part") == 1))
    }

    /// What it becomes, with the words it was read from; none for a line that stays text.
    pub fn caught(&self, note: Note, cx: &Cx<'_>) -> Result<Option<Caught>, Fault> {
        Ok(self.item(note, cx)?.map(|item| Caught {
            item,
            words: self.words.clone(),
        }))
    }

    fn item(&self, note: Note, cx: &Cx<'_>) -> Result<Option<Item>, Fault> {
        let item = match &self.what {
            What::Text(_) | What::Named | What::Gone => return Ok(None),
            What::Promise => self.promise(note, cx)?,
            What::Favour => self.favour(note, cx)?,
            What::Referral => Item::Referral(Referred {
                referrer: self.other("who", cx)?,
                prospect: self.other("prospect", cx)?,
                what: self.typed("what"),
                stage: Stage::Promised,
                on: note.on,
            }),
            What::Result(need) => self.result(*need, note, cx)?,
            _ => Item::Record(self.record(note, cx)?),
        };
        Ok(Some(item))
    }

    fn promise(&self, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let contact = self.other("who", cx)?;
        let what = self.needed("what", "Say what was promised")?;
        let usual = shift(note.on, 7);
        Ok(Item::Promise(Promise {
            contact,
            mine: self.choice("by") == 0,
            what,
            made_on: note.on,
            due: self.day("due", usual, cx)?,
            evidence: None,
        }))
    }

    fn favour(&self, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let (giver, receiver) = (self.one("giver", cx)?, self.one("receiver", cx)?);
        if giver == receiver {
            return Err(("receiver", "A favour is between two people".to_owned()));
        }
        let worth = Halves::parse(&self.typed("worth"));
        Ok(Item::Chit(Chit {
            giver,
            receiver,
            what: self.needed("what", "Say what the favour was")?,
            on: note.on,
            worth: worth.ok_or_else(|| ("worth", "A favour is worth ½, 1, 1½, 2 …".to_owned()))?,
            pending: false,
            evidence: None,
        }))
    }

    fn result(&self, need: Option<Id>, note: Note, cx: &Cx<'_>) -> Result<Item, Fault> {
        let closes = need.filter(|_| self.choice("closes") == 0);
        Ok(Item::Result(Delivered {
            contact: self.other("who", cx)?,
            need: closes,
            outcome: Outcome {
                what: self.needed("what", "Say what the result is")?,
                kind: ResultKind::ALL[self.choice("kind").min(2)],
                amount: self.money(cx)?,
                on: self.day("on", note.on, cx)?,
            },
        }))
    }

    fn record(&self, note: Note, cx: &Cx<'_>) -> Result<Record, Fault> {
        let contact = self.other("who", cx)?;
        Ok(match &self.what {
            What::Need => Record::Need(Need {
                contact,
                what: self.needed("what", "Say what they need")?,
                state: NeedState::Heard,
                heard: note.on,
                outcome: None,
            }),
            What::Sale => Record::Sale(Sale {
                contact,
                amount: self
                    .money(cx)?
                    .ok_or_else(|| ("amount", "Say how much".to_owned()))?,
                what: self.typed("what"),
                on: self.day("on", note.on, cx)?,
            }),
            What::Rival => Record::Rival(Rival {
                contact,
                name: self.needed("name", "Say who the rival is")?,
                what: self.typed("what"),
                on: note.on,
            }),
            What::Date => Record::Date(Anniversary {
                contact,
                date: self.date(cx)?,
            }),
            What::Seat(at) => Record::Seat(Seat {
                contact,
                at: *at,
                role: Role::ALL[self.choice("role").min(5)],
                stance: Stance::ALL[self.choice("stance").min(3)],
            }),
            _ => Record::Fact(Fact {
                contact,
                what: self.needed("what", "Say what is worth remembering")?,
                kind: FactKind::Personal,
                learned: note.on,
                due: None,
                asked: None,
            }),
        })
    }

    fn date(&self, cx: &Cx<'_>) -> Result<KeyDate, Fault> {
        let yearly = self.choice("yearly") == 0;
        key_date(&self.typed("label"), &self.typed("on"), yearly, cx)
    }
}
