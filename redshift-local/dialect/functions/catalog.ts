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

/** Functions that tell what stands in the catalog by its number. */
export const catalogRules: FunctionRule[] = [
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
