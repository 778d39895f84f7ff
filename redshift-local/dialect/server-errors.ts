import { sessionLimit } from '../engine/data-folder'
import { otherDatabase } from './names'

/** How one error of the engine is told to the client; the fields by their letters (PostgreSQL manual, 53.8). */
interface Wording {
  fact: string
  when: (fields: Fields) => boolean
  says: (fields: Fields) => Fields
}

type Fields = Record<string, string>

const wordings: Wording[] = [
  {
    fact: 'docs r_NVL_function, in the words of PostgreSQL 8.0: invalid input syntax for integer: "Amazon Redshift"',
    when: ({ C, M = '' }) => C === '22P02' && ofWholeNumber.test(M),
    says: ({ M = '' }) => ({ M: M.replace(ofWholeNumber, 'invalid input syntax for integer') }),
  },
  {
    fact: 'C: NULL into NOT NULL (INSERT)',
    when: ({ C }) => C === '23502',
    says: ({ c }) => ({ M: `Cannot insert a NULL value into column ${c}` }),
  },
  {
    fact: 'C: long VARCHAR (INSERT); no check but that of the bytes can be in a table',
    when: ({ C, M = '' }) =>
      C === '23514' || (C === '22001' && M.startsWith('value too long for type char')),
    says: () => ({ C: '22001', M: 'Value too long for character type' }),
  },
  {
    fact: 'C: identity insert',
    when: ({ C }) => C === '428C9',
    says: () => ({ C: '0A000', M: 'cannot set an identity column to a value' }),
  },
  {
    fact: 'B, identifiers: Relation "mixedcasedtable2" already exists',
    when: ({ C, M = '' }) => C === '42P07' && M.startsWith('relation '),
    says: ({ M = '' }) => ({
      C: '42P07',
      M: M.replace(/^r/, 'R').replace(/, skipping$/, ' and will be skipped'),
    }),
  },
  {
    fact: 'B, identifiers: the same, where two sessions create the table at once; no other key is enforced',
    when: ({ C, n = '' }) => C === '23505' && /^pg_(class|type)_\w+_nsp_index$/.test(n),
    says: ({ D = '' }) => ({
      C: '42P07',
      M: `Relation "${/=\((.*), \d+\)/.exec(D)?.[1] ?? ''}" already exists`,
    }),
  },
  {
    fact: 'B, identifiers, by analogy: what is not there is skipped',
    when: ({ C, M = '' }) => C === '00000' && M.endsWith(' does not exist, skipping'),
    says: ({ M = '' }) => ({
      M: M.replace(/^t/, 'T').replace(/, skipping$/, ' and will be skipped'),
    }),
  },
  {
    fact: 'D: Found multiple matches to update the same tuple.',
    when: ({ C, M = '' }) => C === '21000' && M.startsWith('MERGE'),
    says: () => ({ C: 'XX000', M: 'Found multiple matches to update the same tuple.' }),
  },
  {
    fact: "r_DROP_VIEW: can't drop view eventview because other objects depend on it; by analogy, other objects",
    when: ({ C, M = '' }) => C === '2BP01' && /^cannot drop .* because /.test(M),
    says: ({ M = '', D }) => ({
      M: M.replace('cannot', "can't"),
      ...(D !== undefined && { D: withoutInnerNames(D) }),
      H: 'Use DROP ... CASCADE to drop the dependent objects too.',
    }),
  },
  {
    fact: 'C: isolation; the engine does not say between which transactions',
    when: ({ C }) => C === '40001',
    says: ({ M = '' }) => ({
      C: 'XX000',
      M: '1023',
      D: `Serializable isolation violation on table (${M})`,
    }),
  },
  {
    fact: 'brianc/node-postgres#1155: connection limit "500" exceeded for non-bootstrap users',
    when: ({ C }) => C === '53300',
    says: () => ({
      C: '53300',
      M: `connection limit "${sessionLimit}" exceeded for non-bootstrap users`,
      H: 'Other clients of this local Redshift hold all its connections: close one, and try again.',
    }),
  },
  {
    fact: "brief: cancelled query, Query (pid) cancelled on user's request",
    when: ({ C, M = '' }) => C === '57014' && M.includes('user request'),
    says: ({ pid }) => ({ C: '57014', M: `Query (${pid ?? ''}) cancelled on user's request` }),
  },
  {
    fact: 'mage-ai/mage-ai#2754, real text',
    when: ({ M = '' }) => /^permission denied for (table|view|sequence) /.test(M),
    says: ({ C = '', M = '' }) => ({ C, M: M.replace(/table|view|sequence/, 'relation') }),
  },
  {
    fact: 'docs r_numeric_computations201: Numeric data overflow (result precision)',
    when: ({ C, M }) => C === '22003' && M === 'numeric field overflow',
    says: () => ({ C: '22003', M: 'Numeric data overflow (result precision)' }),
  },
  {
    fact: 'docs r_GRANT-examples: what is said of a circle of roles',
    when: ({ C }) => C === '0LP01',
    says: () => ({
      C: '0LP01',
      M: 'cannot grant this role, a circular dependency was detected between these roles',
    }),
  },
  {
    fact: 'docs cross-database queries: database.schema.object; the local Redshift has one database',
    when: ({ C, M = '' }) => C === '0A000' && M.startsWith('cross-database references'),
    says: ({ M = '' }) => ({ C: '0A000', M: otherDatabase(/"([^".]*)/.exec(M)?.[1] ?? '') }),
  },
]

const ofWholeNumber = /^invalid input syntax for type (smallint|integer|bigint)/

/**
 * Whether a notice of the engine is one for the client. VACUUM and ANALYZE of all tables pass over the
 * system's, of which Redshift says nothing.
 */
export function isForClient({ R }: Fields): boolean {
  return R !== 'vacuum_is_permitted_for_relation'
}

/**
 * The fields that Redshift's errors have, but for the place in its source (aws/amazon-redshift-python-driver#186):
 * no V, s, t, c, d or n, which came with later PostgreSQLs.
 */
const told = 'SCMDHPqpW'

/** What may tell of our functions and internal checks. */
const inner = 'Wqp'

/**
 * The fields of an ErrorResponse or NoticeResponse of the engine in Redshift's words, where facts give
 * them, and without the names of what is inside. `pid` names the session in the words of a cancel.
 */
export function asRedshiftSays(fields: Fields, pid?: number): Fields {
  const given = pid === undefined ? fields : { ...fields, pid: String(pid) }
  const wording = wordings.find(({ when }) => when(fields))
  if (wording) return { ...kept(fields), ...wording.says(given) }
  const all = Object.entries(fields).filter(
    ([letter, text]) => told.includes(letter) && !(inner.includes(letter) && isInner(text, fields)),
  )
  return Object.fromEntries(all.map(([letter, text]) => [letter, withoutInnerNames(text)]))
}

function kept(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([letter]) => 'SC'.includes(letter)))
}

function isInner(text: string, { W }: Fields): boolean {
  return W !== undefined || text.includes('redshift_catalog')
}

// What Redshift has not is looked up in that schema, which has no functions: see `functions`. Users, groups and roles of Redshift are roles of the engine, the latter two with their kind in front.
function withoutInnerNames(text: string): string {
  return text
    .replaceAll('redshift_catalog.', '')
    .replace(/^function information_schema\./, 'function ')
    .replace(/\brole "(?:(group|role) )?([^"]*)"/g, (_, kind: string, name: string) => {
      return `${kind ?? 'user'} "${name}"`
    })
}
