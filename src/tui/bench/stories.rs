//! Stories: what somebody does at the keyboard, and what they see.

use super::*;

#[test]
fn look() {
    for (w, h) in [(120, 40), (100, 30), (80, 24), (60, 15), (40, 12)] {
        let mut bench = Bench::new(w, h);
        println!("{}", bench.screen());
        bench.press("<tab><tab>");
        if w < 100 {
            println!("{}", bench.screen());
        }
    }
    let mut bench = Bench::new(100, 30);
    for keys in [
        "t",
        "<esc>f",
        "<esc>p",
        "<esc>n",
        "<esc>e",
        "<esc>T",
        "<esc>?",
        "<esc>:",
        "<esc><ctrl-p>",
        "<esc>y",
        "<esc><tab><tab><tab><enter>",
        "<esc>/b",
    ] {
        bench.press(keys);
        println!("{keys}\n{}", bench.screen());
    }
    println!("{}", Bench::with(vec![], 80, 24).screen());
}
