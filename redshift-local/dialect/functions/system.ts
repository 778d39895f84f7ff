import type { SessionView } from '../parse'
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

const ofSession = (
  name: string,
  fact: string,
  expected: unknown,
  value: (session: SessionView) => string,
): FunctionRule => ({
  names: [name],
  fact,
  example: `select ${name}()`,
  expected: [expected],
  label: name,
  rewrite: (call, session) => call.replace(() => value(session), name),
})

/** Functions that tell of the session, and of what stands in the catalog by its number. */
export const systemRules: FunctionRule[] = [
  ofSession(
    'pg_last_query_id',
    'docs PG_LAST_QUERY_ID: -1 if the session has run none that the leader node alone did not answer',
    -1,
    ({ lastQueryId = () => -1 }) => `(${lastQueryId()})`,
  ),
  ofSession(
    'pg_last_copy_id',
    'A6: PG_LAST_COPY_ID() (-1 if none)',
    -1,
    ({ lastCopyId }) => `(${lastCopyId})`,
  ),
  ofSession(
    'pg_last_copy_count',
    'A6: PG_LAST_COPY_COUNT()',
    '0',
    ({ lastCopyCount }) => `(${lastCopyCount})::bigint`,
  ),
  ofSession(
    'pg_last_unload_id',
    'A10: PG_LAST_UNLOAD_ID() (-1 if none)',
    -1,
    ({ lastUnloadId }) => `(${lastUnloadId})`,
  ),
  ofSession(
    'pg_last_unload_count',
    'A10: PG_LAST_UNLOAD_COUNT()',
    '0',
    ({ lastUnloadCount }) => `(${lastUnloadCount})::bigint`,
  ),
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
