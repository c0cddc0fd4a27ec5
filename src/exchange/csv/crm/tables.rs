//! What each program calls its columns: the column in lower case, the field, and the label of what is in it.

use super::Field;

/// `HubSpot`'s columns of people.
pub(super) const HUBSPOT: [(&str, Field, &str); 40] = [
    ("record id", Field::Uid, ""),
    ("contact id", Field::Uid, ""),
    ("first name", Field::Given, ""),
    ("last name", Field::Family, ""),
    ("salutation", Field::Prefix, ""),
    ("email", Field::Email, ""),
    ("additional email addresses", Field::Email, ""),
    ("work email", Field::Email, "work"),
    ("phone number", Field::Phone, ""),
    ("mobile phone number", Field::Phone, "mobile"),
    ("fax number", Field::Phone, "work fax"),
    ("job title", Field::Title, ""),
    ("associated company", Field::Account, ""),
    ("primary associated company", Field::Account, ""),
    ("primary company", Field::Account, ""),
    ("company name", Field::Account, ""),
    ("company", Field::Account, ""),
    ("associated company ids", Field::AccountUid, ""),
    ("associated company id", Field::AccountUid, ""),
    ("primary associated company id", Field::AccountUid, ""),
    ("primary associated company ids", Field::AccountUid, ""),
    ("street address", Field::Street, ""),
    ("city", Field::City, ""),
    ("state/region", Field::Region, ""),
    ("postal code", Field::Postcode, ""),
    ("country/region", Field::Country, ""),
    ("website url", Field::Web, ""),
    ("linkedin url", Field::Web, "linkedin"),
    ("date of birth", Field::Birthday, ""),
    ("message", Field::Note, ""),
    ("last activity date", Field::Skip, ""),
    ("last modified date", Field::Skip, ""),
    ("last contacted", Field::Skip, ""),
    ("next activity date", Field::Skip, ""),
    ("number of times contacted", Field::Skip, ""),
    ("number of sales activities", Field::Skip, ""),
    ("recent sales email replied date", Field::Skip, ""),
    ("time last seen", Field::Skip, ""),
    ("number of pageviews", Field::Skip, ""),
    ("likelihood to close", Field::Skip, ""),
];

/// Salesforce's, of reports and of the Data Loader.
pub(super) const SALESFORCE: [(&str, Field, &str); 59] = [
    ("id", Field::Uid, ""),
    ("contact id", Field::Uid, ""),
    ("isdeleted", Field::Deleted, ""),
    ("accountid", Field::AccountUid, ""),
    ("account id", Field::AccountUid, ""),
    ("account name", Field::Account, ""),
    ("company / account", Field::Account, ""),
    ("salutation", Field::Prefix, ""),
    ("firstname", Field::Given, ""),
    ("first name", Field::Given, ""),
    ("middlename", Field::Middle, ""),
    ("middle name", Field::Middle, ""),
    ("lastname", Field::Family, ""),
    ("last name", Field::Family, ""),
    ("suffix", Field::Suffix, ""),
    ("title", Field::Title, ""),
    ("department", Field::Department, ""),
    ("email", Field::Email, ""),
    ("phone", Field::Phone, "work"),
    ("business phone", Field::Phone, "work"),
    ("mobilephone", Field::Phone, "mobile"),
    ("mobile", Field::Phone, "mobile"),
    ("mobile phone", Field::Phone, "mobile"),
    ("homephone", Field::Phone, "home"),
    ("home phone", Field::Phone, "home"),
    ("otherphone", Field::Phone, "other"),
    ("other phone", Field::Phone, "other"),
    ("assistantphone", Field::Phone, "assistant"),
    ("asst. phone", Field::Phone, "assistant"),
    ("fax", Field::Phone, "work fax"),
    ("mailingstreet", Field::Street, ""),
    ("mailing street", Field::Street, ""),
    ("mailingcity", Field::City, ""),
    ("mailing city", Field::City, ""),
    ("mailingstate", Field::Region, ""),
    ("mailing state/province", Field::Region, ""),
    ("mailingpostalcode", Field::Postcode, ""),
    ("mailing zip/postal code", Field::Postcode, ""),
    ("mailingcountry", Field::Country, ""),
    ("mailing country", Field::Country, ""),
    ("birthdate", Field::Birthday, ""),
    ("leadsource", Field::Origin, ""),
    ("lead source", Field::Origin, ""),
    ("reportstoid", Field::ManagerUid, ""),
    ("reports to", Field::Manager, ""),
    ("reports to: full name", Field::Manager, ""),
    ("assistantname", Field::Assistant, ""),
    ("assistant", Field::Assistant, ""),
    ("description", Field::Note, ""),
    ("contact description", Field::Note, ""),
    ("lastactivitydate", Field::Skip, ""),
    ("last activity", Field::Skip, ""),
    ("lastmodifieddate", Field::Skip, ""),
    ("last modified date", Field::Skip, ""),
    ("systemmodstamp", Field::Skip, ""),
    ("lastvieweddate", Field::Skip, ""),
    ("lastreferenceddate", Field::Skip, ""),
    ("masterrecordid", Field::Skip, ""),
    ("photourl", Field::Skip, ""),
];

/// Atomic CRM's.
pub(super) const ATOMIC: [(&str, Field, &str); 17] = [
    ("first_name", Field::Given, ""),
    ("last_name", Field::Family, ""),
    ("title", Field::Title, ""),
    ("background", Field::Note, ""),
    ("company", Field::Account, ""),
    ("tags", Field::Tags, ""),
    ("linkedin_url", Field::Web, "linkedin"),
    ("email_work", Field::Email, "work"),
    ("email_home", Field::Email, "home"),
    ("email_other", Field::Email, "other"),
    ("phone_work", Field::Phone, "work"),
    ("phone_home", Field::Phone, "home"),
    ("phone_other", Field::Phone, "other"),
    ("first_seen", Field::MetOn, ""),
    ("last_seen", Field::Skip, ""),
    ("nb_tasks", Field::Skip, ""),
    ("avatar", Field::Skip, ""),
];

/// The stage of a deal.
pub(super) const STAGE: [&str; 5] = [
    "deal stage",
    "stage",
    "stagename",
    "deal - status",
    "deal - stage",
];

/// Whether a deal was won.
pub(super) const WON: [&str; 4] = ["is closed won", "iswon", "won", "is won"];

/// The day a deal was closed.
pub(super) const CLOSED_ON: [&str; 5] = [
    "close date",
    "closedate",
    "deal - won time",
    "deal - expected close date",
    "deal - deal closed on",
];

/// The currency of its amount.
pub(super) const CURRENCY: [&str; 6] = [
    "currency",
    "deal currency code",
    "amount currency",
    "currencyisocode",
    "deal - currency",
    "deal - currency of value",
];

/// What a deal is called.
pub(super) const DEAL: [&str; 4] = ["deal name", "opportunity name", "deal - title", "name"];

/// How much it was.
pub(super) const AMOUNT: [&str; 4] = [
    "amount",
    "deal - value",
    "deal value",
    "amount in company currency",
];

/// Its people, by identities.
pub(super) const CONTACT_IDS: [&str; 5] = [
    "associated contact ids",
    "associated contact id",
    "contactid",
    "primary contact id",
    "deal - contact person id",
];

/// Its people, by names.
pub(super) const CONTACTS: [&str; 5] = [
    "associated contact",
    "associated contacts",
    "primary contact",
    "contact name",
    "deal - contact person",
];

/// Its accounts, by identities.
pub(super) const ACCOUNT_IDS: [&str; 6] = [
    "associated company ids",
    "associated company id",
    "primary associated company id",
    "accountid",
    "account id",
    "deal - organization id",
];

/// Its accounts, by names.
pub(super) const ACCOUNTS: [&str; 5] = [
    "associated company",
    "primary associated company",
    "account name",
    "deal - organization",
    "organization - name",
];
