//! Stories: what somebody does at the keyboard, and what they see.

use super::*;

#[test]
fn look() {
    for (w, h) in [(120, 40), (100, 30), (80, 24), (60, 15)] {
        let mut bench = Bench::new(w, h);
        bench.press("jj");
        println!("{}", bench.screen());
        if w == 100 {
            bench.press("<tab>");
            println!("{}", bench.screen());
        }
        if w < 100 {
            bench.press("<tab><tab>");
            println!("{}", bench.screen());
        }
    }
    let mut bench = Bench::new(100, 30);
    bench.press("jj");
    for keys in [
        "tWe spoke of fish",
        "<esc>f",
        "<esc>y",
        "<esc><tab><tab><tab><enter>",
        "<esc><esc>/b",
    ] {
        bench.press(keys);
        println!("{keys}\n{}", bench.screen());
    }
    println!("{}", Bench::with(vec![], 80, 24).screen());
}
