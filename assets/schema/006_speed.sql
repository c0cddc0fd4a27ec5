-- Whoever agreed to be asked again on a day is found by that day; rows are written faster; tiers count in the view of the stale.

-- A column that may say one of several words was checked against a list, of which SQLite makes a little table for every row that is
-- written. The same conditions one by one make none.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql,
    'op in (''insert'', ''update'', ''delete'')',
    'op = ''insert'' or op = ''update'' or op = ''delete''')
    where type = 'table' and name = 'change';
update sqlite_schema set sql = replace(replace(sql,
    'kind in (''call'', ''meeting'', ''video'', ''email'', ''message'', ''letter'', ''gift'', ''intro'', ''favour'', ''referral'', ''note'', ''attempt'')',
    'kind = ''call'' or kind = ''meeting'' or kind = ''video'' or kind = ''email'' or kind = ''message'' or kind = ''letter'' or kind = ''gift'' or kind = ''intro'' or kind = ''favour'' or kind = ''referral'' or kind = ''note'' or kind = ''attempt'''),
    'direction in (''out'', ''in'', ''mutual'')',
    'direction = ''out'' or direction = ''in'' or direction = ''mutual''')
    where type = 'table' and name = 'touch';
update sqlite_schema set sql = replace(replace(sql,
    'kind in (''call'', ''meeting'', ''video'')',
    'kind = ''call'' or kind = ''meeting'' or kind = ''video'''),
    'state in (''open'', ''confirmed'', ''refused'', ''withdrawn'')',
    'state = ''open'' or state = ''confirmed'' or state = ''refused'' or state = ''withdrawn''')
    where type = 'table' and name = 'suggestion';
update sqlite_schema set sql = replace(sql,
    'tier in ('''', ''A'', ''B'', ''C'', ''D'')',
    'tier = '''' or tier = ''A'' or tier = ''B'' or tier = ''C'' or tier = ''D''')
    where type = 'table' and name = 'contact';
update sqlite_schema set sql = replace(replace(sql,
    'standing in ('''', ''vendor'', ''preferred'', ''adviser'', ''trusted'')',
    'standing = '''' or standing = ''vendor'' or standing = ''preferred'' or standing = ''adviser'' or standing = ''trusted'''),
    'wanted in ('''', ''vendor'', ''preferred'', ''adviser'', ''trusted'')',
    'wanted = '''' or wanted = ''vendor'' or wanted = ''preferred'' or wanted = ''adviser'' or wanted = ''trusted''')
    where type = 'table' and name = 'account';
update sqlite_schema set sql = replace(replace(sql,
    'kind in (''introduced_by'', ''manager'', ''assistant'', ''spouse'', ''worked_together'', ''friend'', ''family'')',
    'kind = ''introduced_by'' or kind = ''manager'' or kind = ''assistant'' or kind = ''spouse'' or kind = ''worked_together'' or kind = ''friend'' or kind = ''family'''),
    'state in (''suggested'', ''confirmed'', ''refused'')',
    'state = ''suggested'' or state = ''confirmed'' or state = ''refused''')
    where type = 'table' and name = 'link';
pragma writable_schema = reset;

create index ask_again on ask (next_on) where next_on is not null;

drop view stale;
create view stale as                            -- silent for longer than twice the usual gap and a week; a cadence that is set is the usual gap
select id, name, last_touch, round(rhythm, 1) as rhythm_days, silent_days
from (select c.id, c.name, date(s.last_day * 86400, 'unixepoch') as last_touch,
             max(1, min(730, coalesce(c.cadence_days, (select t.days from tier t where t.name = c.tier), s.gap_sum / s.gap_count))) as rhythm,
             cast(julianday('now', 'localtime') - 2440587.5 - s.last_day as integer) as silent_days
      from contact c join standing s on s.contact_id = c.id
      where c.archived_on is null and c.ghost = 0 and s.last_day is not null)
where silent_days > 2 * rhythm + 7
order by silent_days desc;
