//! How far two texts are from each other.

/// The least number of characters to insert, remove or replace (Levenshtein).
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (place, &its) in other.iter().enumerate() {
            let replaced = before + usize::from(c != its);
            before = row[place + 1];
            row[place + 1] = replaced.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn each_change_counts_once() {
        for (one, other, expected) in [
            ("", "", 0),
            ("/a", "/a", 0),
            ("/a b", "/a%20b", 3),
            ("/a/../b", "/b", 5),
            ("", "é", 1),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }
}
