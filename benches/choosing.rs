//! The rule that finds the therapist both can live with, on 1,000 options: `cargo bench --bench choosing`. It should take
//! less than 5 ms; beside it, as a measure of the machine, the same lists are only sorted.

#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "a measurement may stop where it stands")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sameside::choice::{Ballot, choose};
use sameside::couple::Member;
use sameside::directory::TherapistId;

/// How many options.
const COUNT: usize = 1_000;

/// All options in an order that an odd step makes; every tenth from `refused` on is a No.
fn ballot(step: usize, refused: usize) -> Ballot {
    let id = |at: usize| TherapistId::new(format!("bench-{at:04}")).unwrap();
    let order: Vec<usize> = (0..COUNT).map(|at| at * step % COUNT).collect();
    let (no, yes): (Vec<usize>, Vec<usize>) = order.into_iter().partition(|at| at % 10 == refused);
    Ballot::new(yes.into_iter().map(id).collect(), no.into_iter().map(id)).unwrap()
}

fn bench(criterion: &mut Criterion) {
    let (one, two) = (ballot(7, 1), ballot(333, 2));
    let mut group = criterion.benchmark_group("1,000 options");
    group.bench_function("the rule, with the backup", |bencher| {
        bencher.iter(|| black_box(choose(black_box(&one), black_box(&two), Member::Two)));
    });
    group.bench_function("both lists sorted by name", |bencher| {
        bencher.iter(|| {
            for ballot in [&one, &two] {
                let mut order: Vec<&TherapistId> = black_box(ballot.order()).iter().collect();
                order.sort_unstable();
                black_box(order);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
