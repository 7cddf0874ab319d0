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
    // Nothing of these is kept: each is within one expression.
    let text = format!("{{% set x = \"0123456789\" %}}{}", "{% set x = x ~ x %}".repeat(14));
    let within = [
        "{{ [\"\" for i in range(end=500000)] | join(sep=x) | str }}",
        "{% if [x ~ i for i in range(end=500000)] == [] %}{% endif %}",
        "{% if [x | upper for i in range(end=500000)] == [] %}{% endif %}",
        "{% if [x | split(pat=\"\") for i in range(end=500000)] == [] %}{% endif %}",
        "{% if [[j for j in range(end=1000)] for i in range(end=500000)] == [] %}{% endif %}",
        "{% set r = range(end=10000) %}{% if [[j for j in r if j > i] for i in r] == [] %}{% endif %}",
        "{% if [x | replace(from=\"\", to=x) for i in range(end=3)] == [] %}{% endif %}",
    ]
    .map(|expression| format!("{text}\n{expression}\n{TEMPLATE}"));
    for template in [grows, loops, lists, long, captures].into_iter().chain(within) {
        let start = std::time::Instant::now();
        is_told(TABLE, &template, &["goes on without end", "--> own/t/x.tera:"]);
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
