import { Client } from 'pg'
import { engineUser } from '../../../redshift-local/engine/data-folder'
import { openEngine } from '../../../redshift-local/engine/engine'

/** A process that opens the engine of a folder, joins with parallel workers, and prints what it used and found. */
async function joinInParallel(folder: string): Promise<void> {
  const engine = await openEngine(folder)
  const client = new Client({
    host: engine.socketFolder,
    user: engineUser,
    database: 'template1',
  })
  await client.connect()
  await client.query(
    `create table if not exists many as
      select n, repeat('x', 100) as filler from generate_series(1, 100000) as n;
    analyze many;
    set min_parallel_table_scan_size = 0; set parallel_setup_cost = 0; set parallel_tuple_cost = 0;
    set max_parallel_workers_per_gather = 2; set enable_mergejoin = off; set work_mem = '64MB'`,
  )
  const join = 'select count(b.filler) as n from many as a join many as b using (n)'
  const { rows: plan } = await client.query<{ 'QUERY PLAN': string }>(`explain ${join}`)
  const { rows } = await client.query<{ n: string }>(join)
  const { rows: shared } = await client.query<{ type: string }>(
    "select current_setting('dynamic_shared_memory_type') as type",
  )
  const isParallel = plan.some((line) => line['QUERY PLAN'].includes('Parallel Hash'))
  console.log(shared[0]!.type, isParallel ? 'Parallel Hash' : 'alone', rows[0]!.n)
  await client.end()
  engine.release()
}

void joinInParallel(process.argv[2]!)
