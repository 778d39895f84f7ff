-- Who holds and who waits for which lock: svv_transactions, by the AWS documentation of that name.
create or replace view pg_catalog.svv_transactions as
select a.usename::text as txn_owner, a.datname::text as txn_db, a.backend_xid::text::bigint as xid, l.pid,
  (a.xact_start at time zone 'UTC')::timestamp as txn_start, l.mode as lock_mode,
  l.locktype as lockable_object_type, l.relation::integer as relation, l.granted
from pg_catalog.pg_locks as l join pg_catalog.pg_stat_activity as a on a.pid = l.pid;
