//! Which code points never stand raw in code.

/// Whether `c` must be written as an escape in every language.
///
/// These are the code points that a reader cannot see, that reorder what stands around them, or
/// that editors and terminals change: controls (`Cc`), format characters (`Cf`, the bidirectional
/// ones among them), line and paragraph separators, spaces other than U+0020, default-ignorable
/// code points (UAX #44, `Default_Ignorable_Code_Point`) and noncharacters (Unicode §23.7).
pub const fn must_not_stand_raw(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    is_noncharacter(c)
        || matches!(
            c,
            '\u{80}'..='\u{A0}'
                | '\u{AD}'
                | '\u{34F}'
                | '\u{600}'..='\u{605}'
                | '\u{61C}'
                | '\u{6DD}'
                | '\u{70F}'
                | '\u{890}'..='\u{891}'
                | '\u{8E2}'
                | '\u{115F}'..='\u{1160}'
                | '\u{1680}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{2000}'..='\u{200F}'
                | '\u{2028}'..='\u{202F}'
                | '\u{205F}'..='\u{206F}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{110BD}'
                | '\u{110CD}'
                | '\u{13430}'..='\u{1343F}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

const fn is_noncharacter(c: char) -> bool {
    let c = c as u32;
    (c & 0xFFFE) == 0xFFFE || matches!(c, 0xFDD0..=0xFDEF)
}

#[cfg(test)]
mod tests {
    use super::must_not_stand_raw;

    #[test]
    fn visible_text_stands_raw() {
        for c in "aZ09 ~é漢字🎉\u{301}ÿ€".chars() {
            assert!(!must_not_stand_raw(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_a_reader_cannot_see_does_not() {
        for c in [
            '\0', '\t', '\n', '\r', '\u{7f}', '\u{85}', '\u{a0}', '\u{ad}', '\u{200b}', '\u{200d}',
            '\u{202e}', '\u{2028}', '\u{2066}', '\u{feff}', '\u{fffe}', '\u{1ffff}', '\u{fdd0}',
            '\u{e0001}', '\u{fe0f}',
        ] {
            assert!(must_not_stand_raw(c), "U+{:04X}", u32::from(c));
        }
    }
}
