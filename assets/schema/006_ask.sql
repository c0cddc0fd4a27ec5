-- Whoever agreed to be asked again on a day is found by that day.

create index ask_again on ask (next_on) where next_on is not null;
