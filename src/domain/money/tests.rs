//! Amounts as people write them.

use super::*;
use proptest::prelude::*;

#[test]
fn amounts_are_read_as_people_write_them() {
    let rows = [
        ("plain", "24000", "24,000.00 USD"),
        ("comma for thousands", "24,000", "24,000.00 USD"),
        ("full stop for thousands", "24.000", "24,000.00 USD"),
        ("blank for thousands", "24 000", "24,000.00 USD"),
        ("narrow blank", "24\u{202F}000", "24,000.00 USD"),
        ("no-break blank", "1\u{A0}234\u{A0}567", "1,234,567.00 USD"),
        ("thousands in a letter", "24k", "24,000.00 USD"),
        ("capital K", "24K", "24,000.00 USD"),
        ("K after a blank", "24 k", "24,000.00 USD"),
        ("million", "1.5m", "1,500,000.00 USD"),
        ("capital M", "2M", "2,000,000.00 USD"),
        ("mio", "1,5 mio", "1,500,000.00 USD"),
        ("Mio. with its stop", "1,5 Mio.", "1,500,000.00 USD"),
        ("mio and a currency", "1,5 Mio. €", "1,500,000.00 EUR"),
        ("million in a word", "3 million", "3,000,000.00 USD"),
        ("billion", "1.2bn", "1,200,000,000.00 USD"),
        ("MM after a sign", "$2.5MM", "2,500,000.00 USD"),
        ("m after a blank and a sign", "$1.5 m", "1,500,000.00 USD"),
        ("grand", "5 grand", "5,000.00 USD"),
        ("thousands and cents", "$24,000.50", "24,000.50 USD"),
        ("sign behind", "24,50 €", "24.50 EUR"),
        ("sign at once behind", "24k€", "24,000.00 EUR"),
        ("code behind", "24000 EUR", "24,000.00 EUR"),
        ("code at once behind", "24000EUR", "24,000.00 EUR"),
        ("code behind thousands", "24kEUR", "24,000.00 EUR"),
        ("small code", "24000 eur", "24,000.00 EUR"),
        ("code in front", "USD 24k", "24,000.00 USD"),
        ("code at once in front", "EUR24000", "24,000.00 EUR"),
        ("stops and a comma", "€ 3.500,00", "3,500.00 EUR"),
        ("pound", "£2k", "2,000.00 GBP"),
        ("yen have no smaller unit", "¥ 500000", "500,000 JPY"),
        ("wide yen", "￥５００，０００", "500,000 JPY"),
        ("yen sign of Japan", "5000円", "5,000 JPY"),
        ("ten thousands", "50万円", "500,000 JPY"),
        ("Swiss apostrophe", "CHF 12’000", "12,000.00 CHF"),
        ("straight apostrophe", "12'000.50 CHF", "12,000.50 CHF"),
        ("Swiss with a stop", "Fr. 500.-", "500.00 CHF"),
        ("no cents as a dash", "24.000,-", "24,000.00 USD"),
        ("no cents, then the sign", "24.000,– €", "24,000.00 EUR"),
        ("lakhs", "₹ 1,50,000", "150,000.00 INR"),
        ("lakhs in a word", "₹ 2 lakh", "200,000.00 INR"),
        ("kronor", "300 kr", "300.00 SEK"),
        ("zloty", "1 500,50 zł", "1,500.50 PLN"),
        ("koruna", "500 Kč", "500.00 CZK"),
        ("reais", "R$ 1.500,00", "1,500.00 BRL"),
        ("Canadian", "CA$ 12", "12.00 CAD"),
        ("sign and code", "$24,000 CAD", "24,000.00 CAD"),
        ("thousandths", "KWD 1.2345", "1.235 KWD"),
        ("a stop before thousandths", "KWD 1.250", "1.250 KWD"),
        (
            "a comma before thousands of them",
            "KWD 1,250",
            "1,250.000 KWD",
        ),
        ("word", "500 euros", "500.00 EUR"),
        ("a part of one", "0.500", "0.50 USD"),
        (
            "a comma that cannot be thousands",
            "1234,567",
            "1,234.57 USD",
        ),
        ("one digit of cents", "24.5", "24.50 USD"),
        ("half a cent goes up", "0.125", "0.13 USD"),
        ("three groups", "1.234.567", "1,234,567.00 USD"),
        ("three groups and cents", "1.234.567,89", "1,234,567.89 USD"),
        ("nothing", "0", "0.00 USD"),
    ];
    for (label, text, wanted) in rows {
        let read = Money::parse(text, "USD").map(|money| money.to_string());
        assert_eq!(read.as_deref(), Some(wanted), "{label}: {text}");
    }
}

#[test]
fn digits_that_are_no_amount_are_let_be() {
    let rows = [
        ("nothing", ""),
        ("a word", "a lot"),
        ("a date with stops", "14.11.2026"),
        ("a date with dashes", "2026-11-20"),
        ("a date with strokes", "11/20/2026"),
        ("a time", "14:30"),
        ("a percentage", "40%"),
        ("a percentage apart", "40 %"),
        ("a place", "3rd"),
        ("a weight", "24kg"),
        ("a range", "20-30"),
        ("a part number", "#4711"),
        ("a version", "1.2.3"),
        ("less than nothing", "-500"),
        ("a sign less than nothing", "-$500"),
        ("a telephone number", "555-0100"),
        ("more than can be held", "99999999999999999999"),
        ("more millions than can be held", "999999999999999 bn"),
        ("more digits than anybody means", &"9".repeat(60)),
        ("groups without an end", &"000 ".repeat(40)),
        ("two amounts", "24000 or 30000"),
        ("an amount and a word", "24000 renewal"),
    ];
    for (label, text) in rows {
        assert_eq!(Money::parse(text, "USD"), None, "{label}: {text}");
    }
}

#[test]
fn the_sign_of_several_currencies_means_the_one_at_home() {
    let rows = [
        ("$5", "CAD", "5.00 CAD"),
        ("$5", "EUR", "5.00 USD"),
        ("5 kr", "NOK", "5.00 NOK"),
        ("¥5", "CNY", "5.00 CNY"),
        ("5", "JPY", "5 JPY"),
        ("Rs. 500", "PKR", "500.00 PKR"),
        ("5", "", "5.00"),
    ];
    for (text, home, wanted) in rows {
        let read = Money::parse(text, home).map(|money| money.to_string());
        assert_eq!(read.as_deref(), Some(wanted), "{text} in {home}");
    }
}

#[test]
fn the_surest_amount_is_the_one_that_is_meant() {
    let rows = [
        ("2 pumps 24000", Certainty::Bare, "24,000.00 USD"),
        ("2026 renewal 24k", Certainty::Bare, "24,000.00 USD"),
        ("500 deposit", Certainty::Bare, "500.00 USD"),
        ("2000 deposit", Certainty::Bare, "2,000.00 USD"),
        (
            "3 trucks, saves 40k a year",
            Certainty::Sure,
            "40,000.00 USD",
        ),
        ("line 3 up 20% since 2024", Certainty::Sure, ""),
        ("now at 4000 rpm", Certainty::Sure, ""),
        ("500m of cable", Certainty::Sure, ""),
        ("saves 2m", Certainty::Likely, "2,000,000.00 USD"),
        ("hall 2b", Certainty::Sure, ""),
        ("£300 less", Certainty::Sure, "300.00 GBP"),
        ("24€ 30 pumps", Certainty::Sure, "24.00 EUR"),
    ];
    for (text, least, wanted) in rows {
        let found = best(text, "USD", least);
        let read = found.map_or(String::new(), |amount| amount.money.to_string());
        assert_eq!(read, wanted, "{text}");
    }
}

#[test]
fn money_is_said_with_thousands_apart_and_its_own_digits() {
    let rows = [
        (2_400_000, "USD", "24,000.00 USD"),
        (500_000, "JPY", "500,000 JPY"),
        (1_500, "KWD", "1.500 KWD"),
        (-5, "EUR", "-0.05 EUR"),
        (i64::MIN, "USD", "-92,233,720,368,547,758.08 USD"),
        (i64::MAX, "KRW", "9,223,372,036,854,775,807 KRW"),
    ];
    for (minor, currency, wanted) in rows {
        let money = Money {
            minor,
            currency: currency.to_owned(),
        };
        assert_eq!(money.to_string(), wanted);
    }
}

/// Pieces of amounts in any order.
fn figures() -> impl Strategy<Value = String> {
    let pieces = [
        "1",
        "24",
        "000",
        "2026",
        "９",
        ",",
        ".",
        " ",
        "'",
        "’",
        "-",
        "k",
        "m",
        " mio",
        "€",
        "$",
        "US$",
        "Fr.",
        "CHF",
        "eur",
        "円",
        "万",
        "%",
        "/",
        "\u{A0}",
        "kr",
        "ß",
        "9999999999999999",
    ];
    let piece = prop::sample::select(pieces.to_vec());
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_text_panics_and_amounts_stand_apart_in_order(text in prop_oneof![figures(), any::<String>()]) {
        let mut end = 0;
        for amount in amounts(&text, "USD") {
            prop_assert!(amount.span.start >= end && amount.span.start < amount.span.end, "{:?} in {text:?}", amount.span);
            prop_assert!(text.get(amount.span.clone()).is_some());
            prop_assert!(amount.money.minor >= 0);
            end = amount.span.end;
        }
        let _ = begins(&text);
    }

    #[test]
    fn what_is_said_is_read_as_itself(minor in prop_oneof![0..3_000_000_i64, 0..i64::MAX], currency in prop::sample::select(vec!["USD", "JPY", "KWD", "EUR", "CLF", "CHF"])) {
        let money = Money { minor, currency: currency.to_owned() };
        prop_assert_eq!(Money::parse(&money.to_string(), "GBP"), Some(money));
    }
}
