//! Disguises of words: look-alike letters, digits and signs for letters, letters drawn out.

/// The Latin letter that a Greek or Cyrillic one looks like, in lower case. From Unicode's confusables (UTS #39), those that
/// a reader takes for the Latin letter in running text.
pub(super) const fn look_alike(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ҽ' | 'ε' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ц' => 'u',
        'ѵ' | 'ν' => 'v',
        'ѡ' | 'ω' | 'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'ᴢ' => 'z',
        _ => return None,
    })
}

/// The letter that a digit or a sign stands for; `one` is what `1` and `!` do.
const fn letter(sign: char, one: char) -> Option<char> {
    Some(match sign {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => return None,
    })
}

/// Whether a sign may be part of a word, where it stands between letters or before one.
pub(super) const fn is_letter_sign(sign: char) -> bool {
    matches!(sign, '@' | '$' | '!' | '|' | '+')
}

/// Whether it is one digit, and one that stands for a letter.
pub(super) fn is_letter_digit(text: &str) -> bool {
    let mut digits = text.chars();
    matches!((digits.next(), digits.next()), (Some(digit), None) if letter(digit, 'i').is_some())
}

/// Other readings of a word: with letters for digits and signs, and without what is drawn out. The word itself is not among
/// them, and a reading that is no word is found in no dictionary, so that ordinary words stay ordinary.
pub(super) fn readings(word: &str) -> Vec<String> {
    // Most words are what they look like.
    let is_drawn_out = word.as_bytes().windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    if word.is_ascii() && !is_drawn_out && !word.contains(|c| letter(c, 'i').is_some()) {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    let mut add = |reading: String| {
        if reading != word && !reading.is_empty() && !found.contains(&reading) {
            found.push(reading);
        }
    };
    let plain = [Some(word.to_owned()), undressed(word, 'i'), undressed(word, 'l')];
    for reading in plain.into_iter().flatten() {
        // "sooo" is "so", "goood" is "good".
        for most in [2, 1] {
            add(shortened(&reading, most));
        }
        add(reading);
    }
    found
}

/// What a short number says, if its digits are letters.
pub(super) fn number_readings(number: &str) -> Vec<String> {
    let word = |one| number.chars().map(|c| letter(c, one)).collect::<Option<String>>();
    let mut found: Vec<String> = ['i', 'l'].into_iter().filter_map(word).collect();
    found.dedup();
    if number.len() <= 3 { found } else { Vec::new() }
}

/// The word with letters for digits and signs, if it has both.
fn undressed(word: &str, one: char) -> Option<String> {
    let has_letters = word.chars().any(char::is_alphabetic);
    let has_signs = word.chars().any(|c| letter(c, one).is_some());
    (has_letters && has_signs).then(|| word.chars().map(|c| letter(c, one).unwrap_or(c)).collect())
}

/// The word with at most so many of a letter in a row, where there are three or more.
fn shortened(word: &str, most: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    letters
        .chunk_by(|a, b| a == b)
        .flat_map(|run| &run[..if run.len() > 2 { most } else { run.len() }])
        .collect()
}
