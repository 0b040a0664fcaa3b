//! What a user is about to give away of themselves.

use serde::Serialize;

use super::normalise::{Kind, Message};
use super::pack::Fired;
use super::signal::{From, Signal};

/// Fewest and most digits of a telephone number (ITU-T E.164 allows fifteen; what is shorter than seven is a time, a price or
/// a date).
const DIGITS: core::ops::RangeInclusive<usize> = 7..=15;

/// Something that finds a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// A telephone number.
    PhoneNumber,
    /// Where they live.
    Address,
    /// Where they learn.
    School,
    /// Where they can be met.
    MeetingPlace,
}

/// What a message of the user gives away, each kind once.
pub fn details(message: &Message, text: &str, fired: &[Fired]) -> Vec<Detail> {
    let says = |signal: Signal| fired.iter().any(|fired| fired.signal == signal && fired.from == From::User);
    let found = [
        (
            Detail::PhoneNumber,
            says(Signal::GivesNumber) && has_number(message) || has_phone_number(message, text),
        ),
        (Detail::Address, says(Signal::GivesAddress)),
        (Detail::School, says(Signal::GivesSchool)),
        (Detail::MeetingPlace, says(Signal::GivesPlace)),
    ];
    found.into_iter().filter(|(_, is_there)| *is_there).map(|(detail, _)| detail).collect()
}

fn has_number(message: &Message) -> bool {
    message.tokens.iter().any(|token| token.kind == Kind::Number)
}

/// Whether there are as many digits in a row as in a telephone number, with nothing but what numbers are written with
/// between them.
fn has_phone_number(message: &Message, text: &str) -> bool {
    let mut digits = 0;
    let mut end = None;
    for token in message.tokens.iter().filter(|token| token.kind == Kind::Number) {
        let between = end.and_then(|end: usize| text.get(end..token.span.start));
        let goes_on = between.is_some_and(|between| {
            between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '-' | '/' | '.' | '(' | ')'))
        });
        let here = token.text.chars().count();
        digits = if goes_on { digits + here } else { here };
        if DIGITS.contains(&digits) && !is_years(token.text.as_str(), digits) {
            return true;
        }
        end = Some(token.span.end);
    }
    false
}

/// "2024-2025", "2.5.2009": years, not a telephone number.
fn is_years(last: &str, digits: usize) -> bool {
    digits == 8 && last.len() == 4 && (last.starts_with("19") || last.starts_with("20"))
}
