//! Sorting by a number. It is compiled once for all kinds of items, which keeps the WebAssembly module small.

/// Sorts items by a number of each; those with the same number stay as they are.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    if items.is_sorted_by_key(&number) {
        return;
    }
    let mut order: Vec<(u64, usize)> = items.iter().map(number).zip(0..).collect();
    order.sort_unstable();
    let mut sorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, place)| sorted[place].take()));
}

/// A number that is smaller for what is longer.
pub(crate) fn longest_first(length: usize) -> u64 {
    u64::MAX - length as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_with_the_same_number_stay_as_they_are() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort_by_number(&mut items, |(number, _)| *number);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        let mut words = vec!["a", "ccc", "bb", "ddd"];
        sort_by_number(&mut words, |word| longest_first(word.len()));
        assert_eq!(words, ["ccc", "ddd", "bb", "a"]);
    }
}
