//! Telephone numbers: the one form (E.164) under which two spellings of a number are the same number.

use phonenumber::Mode;
use phonenumber::country::Id as Country;

/// The number in E.164 (`+14155550100`), or none when it cannot be one. `country` is the two-letter country that numbers
/// without an international prefix are read in.
///
/// ```
/// use chitbook::domain::phone::key;
/// assert_eq!(key("+1 (415) 555-0100", None).as_deref(), Some("+14155550100"));
/// assert_eq!(key("0171 555 0100", Some("DE")).as_deref(), Some("+491715550100"));
/// assert_eq!(key("extension 12", None), None);
/// ```
pub fn key(number: &str, country: Option<&str>) -> Option<String> {
    let number = number.trim();
    let number = number.strip_prefix("tel:").unwrap_or(number);
    if let Some(rest) = number.strip_prefix('+') {
        // The common case costs no table: an international number is its digits. Trunk zeros in brackets are not dialled.
        let rest = rest.replace("(0)", "");
        let plain = rest
            .chars()
            .all(|c| c.is_ascii_digit() || " -.()/\u{a0}".contains(c));
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        if plain && (7..=15).contains(&digits.len()) {
            return Some(format!("+{digits}"));
        }
    }
    if number.chars().filter(char::is_ascii_digit).count() < 5 && !number.starts_with('+') {
        return None;
    }
    let country: Option<Country> = country.and_then(|c| c.to_uppercase().parse().ok());
    let parsed = phonenumber::parse(country, number).ok()?;
    phonenumber::is_valid(&parsed).then(|| parsed.format().mode(Mode::E164).to_string())
}

/// The digits of a number, for finding it by what was typed.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
