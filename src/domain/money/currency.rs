//! The currencies: their codes, how many digits their smallest unit has, and the signs and words they are written with.

/// The codes of ISO 4217 in use, without those of metals, funds and tests.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF \
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR \
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK \
    MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
    SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Currencies without a smaller unit (ISO 4217, column "minor unit").
const WHOLE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
/// Currencies whose smaller unit is a thousandth (the same column).
const THOUSANDTHS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// Codes that are read in small letters too: common ones that are no English word.
const ALSO_SMALL: &str = "AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW KWD MXN MYR NOK NZD PHP PLN QAR RUB SEK \
    SGD THB TWD UAH USD VND ZAR";

/// A sign or a word and its currency; where several currencies share it, they follow, and the one at home is meant.
type Row = (&'static str, &'static str, &'static str);

/// Signs, the longer before those they end or begin with. Those of letters stand alone as words do.
const SIGNS: [Row; 47] = [
    ("US$", "USD", ""),
    ("CA$", "CAD", ""),
    ("AU$", "AUD", ""),
    ("NZ$", "NZD", ""),
    ("HK$", "HKD", ""),
    ("MX$", "MXN", ""),
    ("NT$", "TWD", ""),
    ("C$", "CAD", ""),
    ("A$", "AUD", ""),
    ("S$", "SGD", ""),
    ("R$", "BRL", ""),
    (
        "$",
        "USD",
        "CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU JMD TTD BBD BSD BZD FJD NAD",
    ),
    ("€", "EUR", ""),
    ("£", "GBP", "EGP GIP FKP SHP"),
    ("¥", "JPY", "CNY"),
    ("円", "JPY", ""),
    ("元", "CNY", "TWD"),
    ("₩", "KRW", ""),
    ("원", "KRW", ""),
    ("₹", "INR", ""),
    ("₽", "RUB", ""),
    ("₺", "TRY", ""),
    ("₫", "VND", ""),
    ("₴", "UAH", ""),
    ("₪", "ILS", ""),
    ("₱", "PHP", ""),
    ("฿", "THB", ""),
    ("₦", "NGN", ""),
    ("₡", "CRC", ""),
    ("₸", "KZT", ""),
    ("₵", "GHS", ""),
    ("₲", "PYG", ""),
    ("₼", "AZN", ""),
    ("₾", "GEL", ""),
    ("zł", "PLN", ""),
    ("zl", "PLN", ""),
    ("Kč", "CZK", ""),
    ("kr", "SEK", "NOK DKK ISK"),
    ("Kr", "SEK", "NOK DKK ISK"),
    ("SFr", "CHF", ""),
    ("Fr", "CHF", "XAF XOF"),
    ("Rs", "INR", "PKR LKR NPR MUR"),
    ("RM", "MYR", ""),
    ("Rp", "IDR", ""),
    ("Ft", "HUF", ""),
    ("лв", "BGN", ""),
    ("lei", "RON", "MDL"),
];

/// Words behind an amount. The pound is left out: as often it is a weight.
const WORDS: [Row; 15] = [
    (
        "dollars",
        "USD",
        "CAD AUD NZD SGD HKD TWD JMD TTD BBD BSD BZD FJD NAD",
    ),
    (
        "dollar",
        "USD",
        "CAD AUD NZD SGD HKD TWD JMD TTD BBD BSD BZD FJD NAD",
    ),
    ("bucks", "USD", "CAD AUD NZD"),
    ("euros", "EUR", ""),
    ("euro", "EUR", ""),
    ("quid", "GBP", ""),
    ("sterling", "GBP", ""),
    ("yen", "JPY", ""),
    ("yuan", "CNY", ""),
    ("rmb", "CNY", ""),
    ("rupees", "INR", "PKR LKR NPR MUR"),
    ("francs", "CHF", "XAF XOF"),
    ("kronor", "SEK", ""),
    ("kroner", "NOK", "DKK"),
    ("zloty", "PLN", ""),
];

/// How many digits the smallest unit of a currency has: 2, unless ISO 4217 says otherwise.
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "CLF" => 4,
        code if has(WHOLE, code) => 0,
        code if has(THOUSANDTHS, code) => 3,
        _ => 2,
    }
}

/// The currency whose sign a text begins with, with the sign's length.
pub fn sign_ahead(text: &str, home: &str) -> Option<(String, usize)> {
    let found = SIGNS.iter().find(|(sign, ..)| {
        let behind = text.strip_prefix(sign).map(|rest| rest.chars().next());
        behind.is_some_and(|next| !is_word(sign) || !next.is_some_and(char::is_alphanumeric))
    });
    let wide = match text.chars().next()? {
        '￥' => Some("¥"),
        '＄' => Some("$"),
        '￡' => Some("£"),
        _ => None,
    };
    let row = found.or_else(|| SIGNS.iter().find(|row| Some(row.0) == wide))?;
    let length = if found.is_some() { row.0.len() } else { 3 };
    Some((at_home(row, home), length))
}

/// The currency whose sign a text ends with, with the sign's length: `Fr.` has a full stop where it is written with one.
pub fn sign_behind(text: &str, home: &str) -> Option<(String, usize)> {
    let body = text.strip_suffix('.').unwrap_or(text);
    let stop = text.len() - body.len();
    let found = SIGNS.iter().find(|(sign, ..)| {
        let before = body.strip_suffix(sign).map(|rest| rest.chars().next_back());
        let apart = !sign.starts_with(char::is_alphabetic) || is_unit(sign);
        before.is_some_and(|last| apart || !last.is_some_and(char::is_alphanumeric))
    });
    if let Some(row) = found.filter(|row| stop == 0 || is_word(row.0)) {
        return Some((at_home(row, home), row.0.len() + stop));
    }
    let last = text.chars().next_back()?;
    let wide = matches!(last, '￥' | '＄' | '￡');
    wide.then(|| sign_ahead(last.encode_utf8(&mut [0; 4]), home))?
}

/// The currency a word is: a code in capitals, a common code in small letters, or a word like `euros`.
pub fn named(word: &str, home: &str) -> Option<String> {
    if word.len() == 3 && has(CODES, word) {
        return Some(word.to_owned());
    }
    let capitals = word.to_uppercase();
    if word.len() == 3 && has(ALSO_SMALL, &capitals) {
        return Some(capitals);
    }
    let small = word.to_lowercase();
    let row = WORDS.iter().find(|row| row.0 == small)?;
    Some(at_home(row, home))
}

fn at_home(row: &Row, home: &str) -> String {
    if has(row.2, home) { home } else { row.1 }.to_owned()
}

fn has(list: &str, code: &str) -> bool {
    !code.is_empty() && list.split(' ').any(|other| other == code)
}

/// Whether a sign is written as a word is, with a gap before the next letter.
fn is_word(sign: &str) -> bool {
    let last = sign.chars().next_back();
    last.is_some_and(char::is_alphabetic) && !is_unit(sign)
}

/// Signs of scripts that put no gap before or behind them.
fn is_unit(sign: &str) -> bool {
    ["円", "元", "원"].contains(&sign)
}
