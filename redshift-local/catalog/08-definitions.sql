-- What the dialect wrote into the definition of a view in place of Redshift's words is told in those words again.
create or replace function redshift_catalog.in_own_words(definition text) returns text
language plpgsql immutable parallel safe as $$
declare
  words text := definition;
  item record;
begin
  if words !~ 'redshift_catalog' then return words; end if;
  for item in
    select * from (values
      ('redshift_catalog\.average\(redshift_catalog\.avg\((.*?)\), sum\(\1\)\)', 'avg(\1)'),
      ('redshift_catalog\.average\(redshift_catalog\.avg\((.*?)\)( OVER (?:\(.*?\)|\w+)), sum\(\1\)\2\)', 'avg(\1)\2'),
      ('\(\(\(\(([^()]+) \* ''10*''::numeric\) OPERATOR\(redshift_catalog\./\) ([^()]+)\) OPERATOR\(redshift_catalog\.\*\) 0\.0*1\)\)::numeric\(\d+,\d+\)', '(\1 / \2)'),
      (' \* ''10*''::numeric\) OPERATOR\(redshift_catalog\./\) ', ') / '),
      ('\) OPERATOR\(redshift_catalog\.\*\) 0\.0*1\)\)::numeric\(\d+,\d+\)', ')))'),
      ('redshift_catalog\.date_add\(1, ', 'dateadd(year, '),
      ('redshift_catalog\.date_add\(10, ', 'dateadd(decade, '),
      ('redshift_catalog\.date_add\(100, ', 'dateadd(century, '),
      ('redshift_catalog\.date_add\(1000, ', 'dateadd(millennium, '),
      ('redshift_catalog\.date_add\(''3 mons''::interval, ', 'dateadd(quarter, '),
      ('redshift_catalog\.date_add\(''1 mon''::interval, ', 'dateadd(month, '),
      ('redshift_catalog\.date_add\(''7 days''::interval, ', 'dateadd(week, '),
      ('redshift_catalog\.date_add\(''1 day''::interval, ', 'dateadd(day, '),
      ('redshift_catalog\.date_add\(''01:00:00''::interval, ', 'dateadd(hour, '),
      ('redshift_catalog\.date_add\(''00:01:00''::interval, ', 'dateadd(minute, '),
      ('redshift_catalog\.date_add\(''00:00:01''::interval, ', 'dateadd(second, '),
      ('redshift_catalog\.date_add\(''00:00:00\.001''::interval, ', 'dateadd(millisecond, '),
      ('redshift_catalog\.date_add\(''00:00:00\.000001''::interval, ', 'dateadd(microsecond, '),
      ('redshift_catalog\.date_diff\(''(\w+)''::text, ', 'datediff(\1, '),
      ('redshift_catalog\.pgdate_part\(''(\w+)''::text, ', 'date_part(''\1''::text, '),
      ('redshift_catalog\.date_part\(''(\w+)''::text, ', 'extract(\1 from '),
      ('redshift_catalog\.date\(\)', 'current_date'),
      ('redshift_catalog\.(current_user_id|current_namespace|current_aws_account)\(\)', '\1')
    ) as given (pattern, replacement)
  loop
    words := regexp_replace(words, item.pattern, item.replacement, 'g');
  end loop;
  return words;
end
$$;
