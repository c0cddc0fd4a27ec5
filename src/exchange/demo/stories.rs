//! What came of the demo's touches: promises, chits, referrals, needs, sales, seats, links and the rest of `stories.toml`.

use super::files::{
    Chit, ChitCall, Coaching, Fact, Link, Links, Mention, Need, Plan, Promise, Referral, Rival,
    Sale, Seat, StoriesFile, Story,
};
use super::{Builder, Evidence};
use crate::domain::chit::Halves;
use crate::domain::matter::MatterKind;
use crate::domain::money::minor_digits;
use chrono::NaiveDate;
use serde_json::json;

impl Builder {
    /// Adds everything in the file; referrals first, since chits point to them.
    pub(super) fn stories(&mut self, file: &StoriesFile) -> Result<(), String> {
        for referral in &file.referral {
            self.referral(referral)?;
        }
        for promise in &file.promise {
            self.promise(promise)?;
        }
        for chit in &file.chit {
            self.chit(chit)?;
        }
        for sale in &file.sale {
            self.sale(sale)?;
        }
        for need in &file.need {
            self.need(need)?;
        }
        for rival in &file.rival {
            self.rival(rival)?;
        }
        for mention in &file.mention {
            self.mention(mention)?;
        }
        for coaching in &file.coaching {
            self.coaching(coaching)?;
        }
        for story in &file.story {
            self.story(story)?;
        }
        for plan in &file.plan {
            self.plan(plan)?;
        }
        for fact in &file.fact {
            self.fact(fact)?;
        }
        for seats in &file.seats {
            for seat in &seats.seat {
                self.seat(&seats.account, seat)?;
            }
        }
        for links in &file.links {
            for link in &links.link {
                self.link(links, link)?;
            }
        }
        self.small_things(file)
    }

    fn promise(&mut self, promise: &Promise) -> Result<(), String> {
        let contact = self.person(&promise.who)?.id;
        let made = self.evidence(&[&promise.who], promise.made, &['!', '?'], &promise.what);
        let due = match (promise.due_in, promise.due_ago) {
            (Some(days), None) => self.calendar.ahead(days),
            (None, Some(ago)) => self.calendar.working_day(ago).max(made.day),
            _ => {
                return Err(format!(
                    "stories.toml: \"{}\" needs either `due_in` or `due_ago`",
                    promise.what
                ));
            }
        };
        let closed = promise
            .closed
            .map(|ago| self.day(&promise.who, ago).max(made.day));
        let snoozed = promise.snoozed_in.map(|days| self.calendar.ahead(days));
        self.add(
            "promise",
            json!({
                "contact_id": contact, "mine": u8::from(promise.mine), "what": promise.what, "made_on": made.day,
                "due_on": due, "state": promise.state.as_deref().unwrap_or("open"), "closed_on": closed,
                "snoozed_until": snoozed, "touch_id": made.touch, "words": made.words,
                "changed_at": closed.map_or(made.changed, |day| self.calendar.noon(day)),
            }),
        );
        Ok(())
    }

    fn chit(&mut self, chit: &Chit) -> Result<(), String> {
        let (from, to) = (
            self.person(&chit.giver)?.id,
            self.person(&chit.receiver)?.id,
        );
        let referral = match &chit.referral {
            Some(key) => Some(
                *self
                    .referrals
                    .get(key)
                    .ok_or_else(|| format!("no referral has the key \"{key}\""))?,
            ),
            None => None,
        };
        let given = self.evidence(
            &[&chit.giver, &chit.receiver],
            chit.on,
            &['+', '-'],
            &chit.what,
        );
        let id = self.add(
            "chit",
            json!({
                "giver_id": from, "receiver_id": to, "what": chit.what, "given_on": given.day,
                "halves": halves(&chit.worth)?, "pending": u8::from(chit.pending), "touch_id": given.touch,
                "referral_id": referral, "words": given.words, "changed_at": given.changed,
                "cleared_on": chit.cleared.map(|ago| self.calendar.working_day(ago).max(given.day)),
            }),
        );
        for call in &chit.calls {
            self.call(id, call, given.day)?;
        }
        for part in &chit.parts {
            let back = self.evidence(
                &[&chit.giver, &chit.receiver],
                part.on,
                &['+', '-'],
                &part.by,
            );
            self.add(
                "chit_part",
                json!({
                    "chit_id": id, "on_day": back.day.max(given.day), "halves": halves(&part.worth)?, "how": part.how,
                    "by_what": part.by, "touch_id": back.touch, "changed_at": back.changed, "counter_id": null,
                }),
            );
        }
        Ok(())
    }

    fn call(&mut self, chit: i64, call: &ChitCall, given: NaiveDate) -> Result<(), String> {
        let on = self.calendar.working_day(call.on).max(given);
        let answered = call
            .answered
            .map(|ago| self.calendar.working_day(ago).max(on));
        let worth = call.worth.as_deref().map(halves).transpose()?;
        self.add(
            "chit_call",
            json!({
                "chit_id": chit, "on_day": on, "outcome": call.outcome, "halves": worth, "answered_on": answered, "note": call.note,
                "changed_at": self.calendar.noon(answered.unwrap_or(on)),
            }),
        );
        Ok(())
    }

    fn referral(&mut self, referral: &Referral) -> Result<(), String> {
        let referrer = self.person_if(referral.referrer.as_deref())?;
        let prospect = self.person_if(referral.prospect.as_deref())?;
        let referrer_account = self.account_if(referral.referrer_account.as_deref())?;
        let prospect_account = self.account_if(referral.prospect_account.as_deref())?;
        let people: Vec<&str> = [&referral.referrer, &referral.prospect]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        let firsts = referral.events.iter().map(|e| e.on).max().unwrap_or(0);
        let first = self.evidence(&people, firsts, &['>'], "");
        let id = self.add(
            "referral",
            json!({
                "referrer_id": referrer.map(|p| p.id), "referrer_account_id": referrer_account,
                "prospect_id": prospect.map(|p| p.id), "prospect_account_id": prospect_account,
                "given": u8::from(referral.given), "what": referral.what, "touch_id": first.touch, "words": first.words,
                "changed_at": first.changed,
            }),
        );
        self.referrals.insert(referral.key.clone(), id);
        for event in &referral.events {
            let reached = self.evidence(&people, event.on, &['>'], "");
            let told = event
                .told
                .map(|ago| self.calendar.working_day(ago).max(reached.day));
            self.add(
                "referral_event",
                json!({
                    "referral_id": id, "stage": event.stage, "on_day": reached.day, "told_on": told, "note": event.note,
                    "touch_id": reached.touch, "words": reached.words, "changed_at": reached.changed,
                }),
            );
        }
        for credit in &referral.credits {
            let contact = self.person(&credit.who)?.id;
            self.add(
                "referral_credit",
                json!({ "referral_id": id, "contact_id": contact, "percent": credit.percent }),
            );
        }
        Ok(())
    }

    fn sale(&mut self, sale: &Sale) -> Result<(), String> {
        let contact = self.person(&sale.who)?.id;
        let account = self.account(&sale.account)?;
        let signed = self.evidence(&[&sale.who], sale.on, &['$'], &sale.what);
        let currency = sale.currency.as_deref().unwrap_or("USD");
        self.add(
            "sale",
            json!({
                "contact_id": contact, "account_id": account, "on_day": signed.day, "amount": minor(sale.amount, currency),
                "currency": currency, "what": sale.what, "touch_id": signed.touch, "words": signed.words,
                "changed_at": signed.changed,
            }),
        );
        Ok(())
    }

    fn need(&mut self, need: &Need) -> Result<(), String> {
        let person = self.person_if(need.who.as_deref())?;
        let account = self.account_if(need.account.as_deref())?;
        let people: Vec<&str> = need.who.as_deref().into_iter().collect();
        let heard = self.evidence(&people, need.heard, &['#'], &need.what);
        let day = |ago: u32| self.evidence(&people, ago, &[], "").day.max(heard.day);
        let (proposed, delivered) = (need.proposed.map(day), need.delivered.map(day));
        let result = need
            .delivered
            .map(|ago| self.evidence(&people, ago, &['='], &need.result));
        let state = match (need.dropped, delivered, proposed) {
            (true, ..) => "dropped",
            (_, Some(_), _) => "delivered",
            (_, _, Some(_)) => "proposed",
            _ => "heard",
        };
        let currency = need
            .amount
            .map(|_| need.currency.as_deref().unwrap_or("USD"));
        let last: Option<NaiveDate> = delivered.or(proposed);
        self.add(
            "need",
            json!({
                "contact_id": person.map(|p| p.id), "account_id": account.or(person.and_then(|p| p.account)),
                "what": need.what, "state": state, "heard_on": heard.day, "proposed_on": proposed,
                "delivered_on": delivered, "result": need.result, "result_kind": need.kind,
                "amount": need.amount.map(|amount| minor(amount, currency.unwrap_or_default())),
                "currency": currency.unwrap_or_default(), "touch_id": heard.touch, "words": heard.words,
                "result_touch_id": result.as_ref().and_then(|result| result.touch),
                "result_words": result.map_or_else(String::new, |result| result.words),
                "changed_at": last.map_or(heard.changed, |day| self.calendar.noon(day)),
            }),
        );
        Ok(())
    }

    fn rival(&mut self, rival: &Rival) -> Result<(), String> {
        let account = self.account(&rival.account)?;
        let teller = self.person_if(rival.with.as_deref())?;
        let people: Vec<&str> = rival.with.as_deref().into_iter().collect();
        let seen = self.evidence(&people, rival.on, &['~'], &rival.words);
        self.add(
            "rival",
            json!({
                "account_id": account, "contact_id": teller.map(|p| p.id), "name": rival.name, "what": rival.words,
                "words": seen.words, "seen_on": seen.day, "touch_id": seen.touch, "changed_at": seen.changed,
            }),
        );
        Ok(())
    }

    fn mention(&mut self, mention: &Mention) -> Result<(), String> {
        let contact = self.person(&mention.who)?.id;
        let line = self.line(&mention.with, mention.on, &mention.says)?;
        self.add(
            "mention",
            json!({ "contact_id": contact, "touch_id": line.touch, "words": line.words }),
        );
        Ok(())
    }

    fn coaching(&mut self, coaching: &Coaching) -> Result<(), String> {
        let account = self.account_if(coaching.account.as_deref())?;
        let contact = self.person(&coaching.who)?.id;
        let said = self.evidence(&[&coaching.who], coaching.on, &[], "");
        let did = coaching.did_on.map(|ago| self.calendar.working_day(ago));
        let told = coaching.told.map(|ago| self.day(&coaching.who, ago));
        self.add(
            "coaching",
            json!({
                "account_id": account, "contact_id": contact, "said": coaching.said, "said_on": said.day,
                "did": coaching.did, "did_on": did, "told_on": told, "touch_id": said.touch, "changed_at": said.changed,
            }),
        );
        Ok(())
    }

    fn story(&mut self, story: &Story) -> Result<(), String> {
        let who = self.person(&story.who)?;
        let (contact, account) = (who.id, who.account);
        let last = story.asked.iter().map(|ask| ask.on).max().unwrap_or(30);
        let changed = self.calendar.noon(self.calendar.working_day(last));
        let id = self.add(
            "story",
            json!({
                "contact_id": contact, "account_id": account, "need_id": null, "about": story.about, "rest_until": null,
                "changed_at": changed,
            }),
        );
        for ask in &story.asked {
            let on = self.calendar.working_day(ask.on);
            let changed = self.calendar.noon(on);
            let row = json!({ "story_id": id, "on_day": on, "for_whom": ask.r#for, "changed_at": changed });
            self.add("story_ask", row);
        }
        Ok(())
    }

    fn plan(&mut self, plan: &Plan) -> Result<(), String> {
        let contact = self.person(&plan.who)?.id;
        let when = match (plan.r#in, plan.on) {
            (Some(days), None) => Evidence {
                day: self.calendar.ahead(days),
                touch: None,
                words: String::new(),
                changed: self.calendar.noon(self.calendar.working_day(1)),
            },
            (None, Some(ago)) => self.evidence(&[&plan.who], ago, &[], ""),
            _ => {
                return Err(format!(
                    "stories.toml: the plan \"{}\" needs either `in` or `on`",
                    plan.why
                ));
            }
        };
        self.add(
            "plan",
            json!({
                "contact_id": contact, "on_day": when.day, "at_time": plan.at, "why": plan.why,
                "state": plan.state.as_deref().unwrap_or("open"), "touch_id": when.touch, "changed_at": when.changed,
            }),
        );
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), String> {
        let contact = self.person(&fact.who)?.id;
        let learned = self.evidence(&[&fact.who], fact.on, &['*'], &fact.what);
        let due = fact.ask_in.map(|days| self.calendar.ahead(days));
        let asked = fact.asked.map(|ago| self.day(&fact.who, ago));
        self.add(
            "fact",
            json!({
                "contact_id": contact, "what": fact.what, "kind": fact.kind.as_deref().unwrap_or("personal"),
                "learned_on": learned.day, "due_on": due, "asked_on": asked, "touch_id": learned.touch,
                "words": learned.words, "changed_at": learned.changed,
            }),
        );
        Ok(())
    }

    fn seat(&mut self, account: &str, seat: &Seat) -> Result<(), String> {
        let account = self.account(account)?;
        let holder = self.person_if(seat.who.as_deref())?;
        let listens_to = self.person_if(seat.listens_to.as_deref())?;
        let told = seat.with.as_deref().or(seat.who.as_deref());
        let people: Vec<&str> = told.into_iter().collect();
        let seen = self.evidence(&people, seat.on, &['%'], "");
        self.add(
            "seat",
            json!({
                "account_id": account, "contact_id": holder.map(|p| p.id), "role": seat.role,
                "stance": seat.stance.as_deref().unwrap_or("unknown"), "listens_to": listens_to.map(|p| p.id),
                "note": seat.note, "touch_id": seen.touch, "words": seen.words, "changed_at": seen.changed,
            }),
        );
        Ok(())
    }

    fn link(&mut self, links: &Links, link: &Link) -> Result<(), String> {
        let from = self.person(&link.from)?.id;
        let to = self.person_if(link.to.as_deref())?;
        let on = self.calendar.working_day(link.on);
        let note = if link.note.is_empty() {
            &links.note
        } else {
            &link.note
        };
        self.add(
            "link",
            json!({
                "from_id": from, "to_id": to.map(|p| p.id), "to_name": link.to_name, "kind": link.kind,
                "state": links.state, "note": note, "on_day": on, "changed_at": self.calendar.noon(on),
            }),
        );
        Ok(())
    }

    fn small_things(&mut self, file: &StoriesFile) -> Result<(), String> {
        for ask in &file.ask {
            let contact = self.person(&ask.who)?.id;
            let asked = self.evidence(&[&ask.who], ask.on, &[], "");
            let next = ask.next_in.map(|days| self.calendar.ahead(days));
            self.add(
                "ask",
                json!({
                    "contact_id": contact, "on_day": asked.day, "answer": ask.answer, "next_on": next, "note": ask.note,
                    "changed_at": asked.changed,
                }),
            );
        }
        for correction in &file.correction {
            let contact = self.person(&correction.who)?.id;
            let on = self.evidence(&[&correction.who], correction.on, &[], "");
            self.add(
                "correction",
                json!({
                    "contact_id": contact, "on_day": on.day, "mass": correction.mass, "why": correction.why,
                    "changed_at": on.changed,
                }),
            );
        }
        for snooze in &file.snooze {
            let target = self.person(&snooze.who)?.id;
            let until = self.calendar.ahead(snooze.r#in);
            let changed = self.calendar.noon(self.calendar.working_day(1));
            self.add(
                "snooze",
                json!({ "kind": MatterKind::Stale.word(), "target_id": target, "until_day": until, "why": snooze.why, "changed_at": changed }),
            );
        }
        Ok(())
    }
}

fn halves(worth: &str) -> Result<u32, String> {
    let halves = Halves::parse(worth);
    halves
        .map(|h| h.0)
        .ok_or_else(|| format!("stories.toml: \"{worth}\" is not a worth in chits"))
}

/// Whole units in the currency's smallest unit.
fn minor(amount: i64, currency: &str) -> i64 {
    amount * 10_i64.pow(minor_digits(currency))
}
