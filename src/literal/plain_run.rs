//! How far a text stands as it is.

/// Finds how far a text stands as it is, many bytes at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainRun {
    is_stop: [bool; 256],
    /// The visible characters that are stops, one of them several times where there are few; nothing
    /// where there are many.
    few: Option<[u8; Self::MOST]>,
}

impl PlainRun {
    const MOST: usize = 4;
    const BLOCK: usize = 16;

    pub(super) fn new(is_stop: &[bool; 256]) -> Self {
        let visible: Vec<u8> = (0x20..0x7f_u8).filter(|byte| is_stop[usize::from(*byte)]).collect();
        // DEL is a stop in any case.
        let mut few = [visible.first().copied().unwrap_or(0x7f); Self::MOST];
        few.iter_mut().zip(&visible).for_each(|(stop, byte)| *stop = *byte);
        Self { is_stop: *is_stop, few: (visible.len() <= Self::MOST).then_some(few) }
    }

    /// How many bytes stand before the first stop.
    #[inline]
    pub(super) fn length(&self, bytes: &[u8]) -> usize {
        // Most runs are short.
        let (head, rest) = bytes.split_at(bytes.len().min(Self::BLOCK));
        match self.find_stop(head) {
            Some(at) => at,
            None if rest.is_empty() => head.len(),
            None => {
                let at = head.len() + self.plain_blocks(rest);
                at + self.find_stop(&bytes[at..]).unwrap_or(bytes.len() - at)
            }
        }
    }

    #[inline]
    fn find_stop(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| self.is_stop[usize::from(*byte)])
    }

    /// The length of the blocks without a stop that stand first. A block is looked at as a whole,
    /// which is one instruction for all of its bytes.
    fn plain_blocks(&self, bytes: &[u8]) -> usize {
        let Some([a, b, c, d]) = self.few else { return 0 };
        #[expect(clippy::needless_bitwise_bool, reason = "without branches it is one instruction")]
        let is_stop = |byte: u8| {
            (byte.wrapping_sub(0x20) >= 0x5f)
                | (byte == a)
                | (byte == b)
                | (byte == c)
                | (byte == d)
        };
        let (blocks, _) = bytes.as_chunks::<{ Self::BLOCK }>();
        let has_stop =
            |block: &[u8; Self::BLOCK]| block.iter().fold(false, |any, &byte| any | is_stop(byte));
        Self::BLOCK * blocks.iter().take_while(|block| !has_stop(block)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::PlainRun;

    #[test]
    fn a_run_ends_at_the_first_stop_wherever_it_is() {
        for visible in [&b""[..], b"\"\\", b"\"\\$`", b"\"\\$`{'!"] {
            let mut is_stop = [true; 256];
            for byte in (b' '..=b'~').filter(|byte| !visible.contains(byte)) {
                is_stop[usize::from(byte)] = false;
            }
            let run = PlainRun::new(&is_stop);
            for length in 0..70 {
                let mut text = vec![b'x'; length];
                assert_eq!(run.length(&text), length);
                for place in 0..length {
                    for byte in 0..=u8::MAX {
                        text[place] = byte;
                        let stops_there = is_stop[usize::from(byte)];
                        assert_eq!(run.length(&text), if stops_there { place } else { length });
                    }
                    text[place] = b'~';
                }
            }
        }
    }
}
