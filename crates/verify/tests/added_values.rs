//! What the clients add by themselves is held against values, not only against names.

use requote::Engine;

#[test]
fn each_field_that_a_proven_client_adds_has_its_values() {
    let engine = Engine::new();
    let mut bare = Vec::new();
    for id in engine.ids() {
        let target = engine.target(&id).unwrap();
        let values = engine.added_values(&id).unwrap();
        let unknown = target.adds.iter().filter(|name| !values.contains_key(*name));
        if target.proven {
            bare.extend(unknown.map(|name| format!("{id}: {name}")));
        }
    }
    assert!(bare.is_empty(), "`adds` without `adds-values`:\n{}", bare.join("\n"));
}
