import { expect } from 'chai'
import { Random } from '../../../../lib/sample-data/random'
import { firstSeed, isLong } from '../../../long'
import { Served } from '../../wire/local-redshift'
import { type Answer, Asker, isInner } from '../asking'
import { families } from '../families'
import { mutatedStatement } from './mutations'
import { ofRun, sampleStatements, sampleTables } from './samples'

const count = Number(process.env.STATEMENTS ?? (isLong ? 100_000 : 500))

describe(`statements at random (${ofRun}STATEMENTS=${count} SEED=${firstSeed})`, () => {
  const local = new Served()
  let asker: Asker
  const allFamilies = [...families.values()]
  const all = isLong
    ? allFamilies.flatMap(({ cases }) => cases.map(({ sql }) => sql))
    : sampleStatements
  const made = isLong ? allFamilies.flatMap(({ given }) => given) : sampleTables

  before(async () => {
    await local.start()
    const maker = await connect()
    for (const sql of made) await maker.ask(sql)
    await maker.end()
    asker = await connect()
  })

  after(async () => {
    await asker.end()
    await local.stop()
  })

  async function connect(): Promise<Asker> {
    const { host, port, user, database } = local.server
    const options = '-c statement_timeout=2000'
    return Asker.connect({ host, port, user, database, options, query_timeout: 30_000 })
  }

  it('are answered in the words of Redshift, and the session goes on', async function () {
    this.timeout(60_000 + 100 * count)
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const random = new Random(seed, 0)
      const sql = mutatedStatement(random, random.pick(all), all)
      const answer = await asker
        .ask(`begin;${sql}`)
        .catch((error: unknown) => fail(seed, sql, error))
      if (isLeak(answer, sql)) fail(seed, sql, `${answer.error!.sqlstate} ${answer.error!.message}`)
      await asker.ask('rollback').catch((error: unknown) => fail(seed, sql, error))
      if (seed % 100 === 0) expect(await rowsOf('select 1'), sql).to.deep.equal([['1']])
    }
  })

  async function rowsOf(sql: string): Promise<unknown> {
    return (await asker.ask(sql)).rows
  }
})

function fail(seed: number, sql: string, error: unknown): never {
  const said = error instanceof Error ? error.message : error
  throw new Error(`${ofRun}SEED=${seed} ${JSON.stringify(sql.slice(0, 2000))}: ${String(said)}`)
}

// What is documented or seen of XX000; anything else of it is an error that nobody foresaw.
const knownInternal =
  /^(Found multiple matches|1023$|This type of correlated|Load into table|The specified S3 prefix|Invalid |JSON parsing error|cannot set an identity|EXPLICIT_IDS|Mandatory url|Bucket "|FIXEDWIDTH |The encoding|s3:\/\/|"[^]*" is not an s3:\/\/bucket\/key URL$)/

function isLeak({ error }: Answer, sql: string): boolean {
  if (!error) return false
  return (
    isInner(withoutQuotesOf(sql, error.message)) ||
    (error.sqlstate === 'XX000' && !knownInternal.test(error.message))
  )
}

/** A message without what it quotes from the statement: words that the client wrote itself. */
function withoutQuotesOf(sql: string, message: string): string {
  return message.replaceAll(/"("?[^"]*"?)"/g, (quote, words: string) =>
    sql.includes(words) ? '""' : quote,
  )
}
