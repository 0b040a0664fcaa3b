//! What may become a PIN.

use super::GuardianError;

/// Fewest and most characters.
const LENGTH: core::ops::RangeInclusive<usize> = 6..=64;

/// Checks what somebody wants as a new PIN. Any characters, and blanks count.
///
/// # Errors
/// [`GuardianError::PinLength`]; [`GuardianError::PinWeak`] for one character again and again, and for straight runs up
/// or down, as 123456, 890123 and fedcba.
pub fn check(pin: &str) -> Result<(), GuardianError> {
    if !LENGTH.contains(&pin.chars().count()) {
        return Err(GuardianError::PinLength);
    }
    let characters: Vec<u32> = pin.chars().map(u32::from).collect();
    let all = |is_step: fn(u32, u32) -> bool| characters.windows(2).all(|two| is_step(two[0], two[1]));
    let follows = |a: u32, b: u32| b == a + 1 || (a, b) == (NINE, ZERO);
    let goes_before = |a: u32, b: u32| a == b + 1 || (a, b) == (ZERO, NINE);
    if all(|a, b| a == b) || all(follows) || all(goes_before) {
        return Err(GuardianError::PinWeak);
    }
    Ok(())
}

const ZERO: u32 = '0' as u32;
const NINE: u32 = '9' as u32;

/// Whether something can be a PIN at all, so that nobody stretches a novel. What was allowed once stays valid, so this
/// does not ask for more.
pub fn is_possible(pin: &str) -> bool {
    pin.chars().count() <= *LENGTH.end()
}
