//! Sorting by a number, and by a text. Each is compiled once for all kinds of items, which keeps the WebAssembly module
//! small.

/// Sorts items by a number of each; those with the same number stay as they are.
pub(crate) fn sort_by_number<T>(items: &mut [T], number: impl Fn(&T) -> u64) {
    if items.is_sorted_by_key(&number) {
        return;
    }
    let order = items.iter().map(number).zip(0..).collect();
    take_in_order(items, order);
}

/// Sorts items by a text of each; those with the same text stay as they are.
pub(crate) fn sort_by_text<T>(items: &mut [T], text: impl Fn(&T) -> &str) {
    if items.is_sorted_by(|one, other| text(one) <= text(other)) {
        return;
    }
    let mut texts: Vec<&str> = items.iter().map(&text).collect();
    texts.sort_unstable();
    let rank = |item: &T| texts.partition_point(|other| *other < text(item)) as u64;
    let order = items.iter().map(rank).zip(0..).collect();
    take_in_order(items, order);
}

/// Puts the items in the order of their numbers, each beside the place of its item. The places are all that there are.
fn take_in_order<T>(items: &mut [T], mut order: Vec<(u64, usize)>) {
    order.sort_unstable();
    // Each round ends where it began: the item of every place on its way is then there.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at].1, at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// A number that is smaller for what is longer.
pub(crate) fn longest_first(length: usize) -> u64 {
    u64::MAX - length as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_with_the_same_number_or_text_stay_as_they_are() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort_by_number(&mut items, |(number, _)| *number);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        let mut words = vec!["a", "ccc", "bb", "ddd"];
        sort_by_number(&mut words, |word| longest_first(word.len()));
        assert_eq!(words, ["ccc", "ddd", "bb", "a"]);
        let mut pairs = vec![("b", 1), ("a", 2), ("b", 0), ("a", 1), ("", 3)];
        sort_by_text(&mut pairs, |(text, _)| text);
        assert_eq!(pairs, [("", 3), ("a", 2), ("a", 1), ("b", 1), ("b", 0)]);
    }

    #[test]
    fn each_item_comes_to_its_place() {
        for count in 0..7 {
            for step in 1..60 {
                let mut items: Vec<u64> = (0..count).map(|at| at * step * step % 7).collect();
                let mut sorted = items.clone();
                sorted.sort_unstable();
                sort_by_number(&mut items, |item| *item);
                assert_eq!(items, sorted);
            }
        }
    }
}
