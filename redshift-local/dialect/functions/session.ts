import type { FunctionRule } from './rule'

export const sessionRules: FunctionRule[] = [
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
]
