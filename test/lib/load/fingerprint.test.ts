import { expect } from 'chai'
import { enterFingerprints, modelsToBuild } from '../../../lib/load/fingerprint'
import { sqlTokens } from '../../../lib/load/sql-tokens'
import { Random } from '../../../lib/sample-data/random'
import { models } from '../../../models/index'
import { type Declaration, model, type Model } from '../../../models/model'
import { allRows } from '../../../models/scope'
import { tokenize } from '../../../redshift-local/dialect/tokens'
import { firstSeed, isLong } from '../../long'
import { useWarehouse } from '../../warehouse'

const count = Number(process.env.EDITS ?? (isLong ? 5000 : 150))
const repeated = `(EDITS=${count} SEED=${firstSeed})`

const queries = [
  ...models.map(({ rows }) => rows(allRows)),
  `select e'it''s' || 'a \\' -- none' /* of /* all */ '"' */, "a -- ""b" from t -- the end
  where x<-1 and a.b !~* $$ /* none */ $$ and y=-$1 and n >= .5e3::real`,
]

describe('fingerprints', function () {
  if (isLong) this.timeout(0)

  it(`of a query change with its tokens, and with nothing else ${repeated}`, () => {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const random = new Random(seed, 2)
      const query = random.pick(queries)
      const spaced = withBlanks(random, query)
      expect(sqlTokens(spaced), `SEED=${seed}\n${spaced}`).to.deep.equal(sqlTokens(query))
      const edited = withEdit(random, query)
      const isChanged = meaningOf(edited) !== meaningOf(query)
      const isNamed = sqlTokens(edited).join('\0') !== sqlTokens(query).join('\0')
      expect(isNamed, `SEED=${seed}\n${edited}`).to.equal(isChanged)
    }
  })

  describe('of models', () => {
    const warehouse = useWarehouse()
    const former = [...models]
    afterEach(() => void models.splice(0, models.length, ...former))

    it(`name those that changed and why, those that read them, and no other ${repeated}`, async () => {
      const { knex } = warehouse
      for (let seed = firstSeed; seed < firstSeed + count / 3; seed++) {
        const random = new Random(seed, 3)
        models.splice(0, models.length, ...former.map((each) => inTwoParts(each)))
        await enterFingerprints(knex, models)
        const expected = new Map<string, string[]>()
        for (const [i, each] of models.entries()) {
          if (random.chance(1, 2)) continue
          const { why, edited } = random.pick(edits)(each, random)
          models[i] = model(edited)
          if (why !== undefined) expected.set(each.name, [why])
        }
        for (const { name, from } of models) {
          const reads = from.filter((other) => expected.has(other)).map((other) => `reads ${other}`)
          if (reads.length > 0) expected.set(name, [...(expected.get(name) ?? []), ...reads])
        }
        const found = await modelsToBuild(knex)
        const named = found.map(({ model: { name }, why }) => [name, why])
        expect(named, `SEED=${seed}`).to.have.deep.members([...expected])
      }
    })
  })
})

/** Blanks, comments and capitals, at places between tokens or in bare words. */
function withBlanks(random: Random, query: string): string {
  const blanks = [' ', '\n\t', "-- it's a comment\n", '/* a /* nested */ "one */', ' /**/ ']
  let edited = ''
  let at = 0
  for (const { start, end, text, kind } of tokenize(query)) {
    edited += random.chance(1, 4)
      ? `${query.slice(at, start)} ${random.pick(blanks)}`
      : query.slice(at, start)
    edited += kind === 'word' && random.chance(1, 4) ? text.toUpperCase() : text
    at = end
  }
  return edited + query.slice(at)
}

/** A token that goes, comes, is another, or has a blank or a letter within, whatever that gives. */
function withEdit(random: Random, query: string): string {
  const tokens = tokenize(query)
  const { start, end, text } = random.pick(tokens)
  const other = random.pick(tokens).text
  const within = start + random.below(end - start + 1)
  const edits = [
    () => query.slice(0, start) + query.slice(end),
    () => `${query.slice(0, start)} ${other} ${query.slice(end)}`,
    () => `${query.slice(0, start)} ${other} ${text} ${query.slice(end)}`,
    () => query.slice(0, within) + random.pick([' ', 'x', '1', '-', '=']) + query.slice(within),
  ]
  return random.pick(edits)()
}

/** The tokens by the local Redshift's own scanner. */
function meaningOf(query: string): string {
  try {
    return JSON.stringify(
      tokenize(query).map(({ kind, text, value }) =>
        kind === 'word' || kind === 'number' ? [kind, value.toLowerCase()] : text,
      ),
    )
  } catch (error) {
    return String(error)
  }
}

type Edit = (model: Model, random: Random) => { why?: string; edited: Declaration }

const edits: Edit[] = [
  (each) => ({ why: 'its own query', edited: { ...each, rows: inParts(each, 'limit 1', '') } }),
  (each) => ({
    why: 'a helper of its query',
    edited: { ...each, rows: inParts(each, '', 'limit 1') },
  }),
  (each, random) => ({
    edited: { ...each, rows: inParts(each, withBlanks(random, ' '), '-- of a helper') },
  }),
  (each, random) => {
    const query = withBlanks(random, each.rows(allRows))
    return { edited: { ...each, rows: () => query } }
  },
  (each) => ({
    why: 'column liked is new',
    edited: { ...each, columns: { ...each.columns, liked: ['boolean', 'whether it is'] } },
  }),
  (each) => ({ edited: { ...each, grain: 'one row per thing', columns: described(each) } }),
  (each) => {
    const name = Object.keys(each.columns).at(-1)!
    const [type] = each.columns[name]!
    const columns: Model['columns'] = { ...each.columns, [name]: ['super', 'anything'] }
    return { why: `column ${name} is super, was ${type}`, edited: { ...each, columns } }
  },
  (each) => {
    const columns = Object.fromEntries(Object.entries(each.columns).toReversed())
    return { why: 'the order of its columns', edited: { ...each, columns } }
  },
  (each) => {
    const name = Object.keys(each.columns).at(-1)!
    const columns = Object.fromEntries(Object.entries(each.columns).slice(0, -1))
    return { why: `column ${name} is gone`, edited: { ...each, columns } }
  },
  (each) => ({ why: 'its key', edited: { ...each, key: [...each.key, 'another'] } }),
]

function described({ columns }: Model): Model['columns'] {
  return Object.fromEntries(
    Object.entries(columns).map(([name, [type]]) => [name, [type.toUpperCase(), 'something else']]),
  )
}

/** A model as one whose query is text of its own and of a helper. */
function inTwoParts(each: Model): Model {
  return model({ ...each, rows: inParts(each, '', '') })
}

function inParts({ rows }: Declaration, own: string, helper: string): Declaration['rows'] {
  const text = `return () => query + ${JSON.stringify(own)} + helper`
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return (new Function('query', 'helper', text) as Maker)(rows(allRows), helper)
}

type Maker = (query: string, helper: string) => Declaration['rows']
