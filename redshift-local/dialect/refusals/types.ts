import { readsCatalogOnly, readsUserTable } from '../leader-node'
import { lackingTypes, wordSet } from '../names'
import { lastName, type Node, wholeNumber } from '../parse'
import { type NodeRefusal, notCarriedOut, notOnTables, typeOf } from './refusal'

/** Found at the names of types. */
export const typeRefusals: NodeRefusal[] = [
  {
    node: 'TypeName',
    fact: 'C, Data types',
    example: "select '{1}'::int[]",
    sqlstate: '0A000',
    message: ({ node }) => `Type "${typeOf(node)}[]" is not supported.`,
    answer: 'Type "int4[]" is not supported.',
    when: ({ node }, tree) => node['arrayBounds'] !== undefined && !readsCatalogOnly(tree),
  },
  {
    node: 'TypeName',
    fact: 'B, Types: SUPER, VARBYTE, GEOMETRY, GEOGRAPHY, HLLSKETCH, which the engine has not',
    example: "select 'a'::varbyte",
    sqlstate: '0A000',
    message: ({ node }) => notCarriedOut(`Type ${typeOf(node).toUpperCase()}`),
    answer: 'Type VARBYTE is not carried out by the local Redshift.',
    when: ({ node }) => lackingTypes.has(typeOf(node)),
  },
  {
    node: 'TypeName',
    fact: 'C: real text for uuid; what came after PostgreSQL 8.0 is not known at all',
    example: "select 'a'::uuid",
    sqlstate: '42704',
    message: ({ node }) => `type "${typeOf(node)}" does not exist`,
    answer: 'type "uuid" does not exist',
    when: ({ node }) =>
      isOfSystem(node) && !typesOfTables.has(typeOf(node)) && !typesOfLeaderNode.has(typeOf(node)),
  },
  {
    node: 'TypeName',
    fact: 'B, Types: DECIMAL at most (38, 37); VARCHAR 65535, CHAR 4096 bytes',
    example: 'select a::decimal(39, 2) from t',
    sqlstate: '22023',
    message: ({ node }) => tooLong(node)!,
    answer: 'DECIMAL precision 39 must be between 1 and 38',
    when: ({ node }) => tooLong(node) !== undefined,
  },
  {
    node: 'TypeName',
    fact: 'C, Data types: what PostgreSQL 8.0 has beside them is for the leader node',
    example: 'select b::inet from t',
    sqlstate: '0A000',
    message: notOnTables,
    detail: ({ node }) => `Type "${typeOf(node)}" not supported.`,
    when: ({ node }, tree) =>
      isOfSystem(node) && typesOfLeaderNode.has(typeOf(node)) && readsUserTable(tree),
  },
]

const typesOfTables = wordSet(
  'int2 int4 int8 numeric decimal float4 float8 bool bpchar varchar text date time timetz timestamp ' +
    'timestamptz interval',
)

const typesOfLeaderNode = wordSet(
  'char name oid unknown regclass regproc regprocedure regoper regoperator regtype oidvector int2vector ' +
    'bytea bit varbit money inet cidr macaddr point line lseg box path polygon circle aclitem refcursor ' +
    'cstring record void xid cid tid abstime reltime tinterval',
)

function isOfSystem(type: Node): boolean {
  const schema = lastName((type['names'] as Node[]).slice(0, -1))
  return schema === '' || schema === 'pg_catalog'
}

const mostBytes: Record<string, number> = { varchar: 65535, bpchar: 4096 }

/** What is to be said of a type whose length or precision is beyond its limit. */
function tooLong(type: Node): string | undefined {
  const name = typeOf(type)
  const length = wholeNumber((type['typmods'] as Node[] | undefined)?.[0]) ?? 0
  if (name === 'numeric' && length > 38) {
    return `DECIMAL precision ${length} must be between 1 and 38`
  }
  const most = Object.hasOwn(mostBytes, name) ? mostBytes[name] : undefined
  if (most === undefined || length <= most) return undefined
  return `length for type ${name === 'bpchar' ? 'char' : name} cannot exceed ${most}`
}
