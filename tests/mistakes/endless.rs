//! Templates that would never end, or would fill the memory.

use crate::{TABLE, TEMPLATE, is_told};

/// A template that would never end, or would fill the memory, is stopped with its place.
#[test]
fn a_template_without_end_is_stopped() {
    let twice = "{% set x = x ~ x %}\n".repeat(40);
    let grows = format!("{{% set x = \"0123456789\" %}}\n{twice}{TEMPLATE}");
    let steps = (0..6).map(|at| format!("{{% for i{at} in range(end=1000) %}}\n"));
    let loops = format!("{}{}{TEMPLATE}", steps.collect::<String>(), "{% endfor %}\n".repeat(6));
    let lists =
        format!("{{% set x = [\"a\"] %}}\n{}{TEMPLATE}", "{% set x = [x, x] %}\n".repeat(40));
    let long = format!("{{% for i in range(end=90000000000) %}}\n{{% endfor %}}\n{TEMPLATE}");
    let captures = format!(
        "{{% set x %}}ab{{% endset %}}\n{}{TEMPLATE}",
        "{% set x %}{{ x }}{{ x }}{% endset %}\n".repeat(40)
    );
    for template in [grows, loops, lists, long, captures] {
        let start = std::time::Instant::now();
        is_told(TABLE, &template, &["goes on without end", "--> own/t/x.tera:"]);
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
