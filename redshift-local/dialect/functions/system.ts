import type { FunctionRule } from './rule'

const ofOurCatalog = (
  name: string,
  example: string,
  expected: unknown[],
  fact = 'B: keys are declared and not enforced: the engine knows none of them',
): FunctionRule => ({
  names: [name],
  fact,
  example,
  expected,
  rewrite: (call) => call.rename(`redshift_catalog.${name}`),
})

/** Functions that tell of the session, and of what stands in the catalog by its number. */
export const systemRules: FunctionRule[] = [
  {
    names: ['pg_last_query_id'],
    fact: 'docs PG_LAST_QUERY_ID: -1 if the session has run none that the leader node alone did not answer',
    example: 'select pg_last_query_id()',
    expected: [-1],
    label: 'pg_last_query_id',
    rewrite: (call, { lastQueryId = () => -1 }) =>
      call.replace(() => `(${lastQueryId()})`, 'pg_last_query_id'),
  },
  {
    names: ['pg_last_copy_id'],
    fact: 'A6: PG_LAST_COPY_ID() (-1 if none)',
    example: 'select pg_last_copy_id()',
    expected: [-1],
    label: 'pg_last_copy_id',
    rewrite: (call, session) => call.replace(() => `(${session.lastCopyId})`, 'pg_last_copy_id'),
  },
  {
    names: ['pg_last_copy_count'],
    fact: 'A6: PG_LAST_COPY_COUNT()',
    example: 'select pg_last_copy_count()',
    expected: ['0'],
    label: 'pg_last_copy_count',
    rewrite: (call, { lastCopyCount }) =>
      call.replace(() => `(${lastCopyCount})::bigint`, 'pg_last_copy_count'),
  },
  {
    names: ['pg_last_unload_id'],
    fact: 'A10: PG_LAST_UNLOAD_ID() (-1 if none)',
    example: 'select pg_last_unload_id()',
    expected: [-1],
    label: 'pg_last_unload_id',
    rewrite: (call, { lastUnloadId }) =>
      call.replace(() => `(${lastUnloadId})`, 'pg_last_unload_id'),
  },
  {
    names: ['pg_last_unload_count'],
    fact: 'A10: PG_LAST_UNLOAD_COUNT()',
    example: 'select pg_last_unload_count()',
    expected: ['0'],
    label: 'pg_last_unload_count',
    rewrite: (call, { lastUnloadCount }) =>
      call.replace(() => `(${lastUnloadCount})::bigint`, 'pg_last_unload_count'),
  },
  ofOurCatalog('pg_get_constraintdef', 'select pg_get_constraintdef(0)', [null]),
  ofOurCatalog('pg_get_indexdef', 'select pg_get_indexdef(0, 0, true)', [null]),
  ofOurCatalog('pg_get_viewdef', "select pg_get_viewdef('pg_user'::regclass) = ''", [false]),
  ofOurCatalog(
    'shobj_description',
    "select shobj_description(10, 'pg_authid')",
    [null],
    'docs r_COMMENT: there are no comments on users',
  ),
  ofOurCatalog('pg_table_is_visible', "select pg_table_is_visible('pg_class'::regclass)", [true]),
]
