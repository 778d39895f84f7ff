import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { type Question, readQuestions } from '../../../lib/questions/question'
import { buildModels } from '../../../lib/load/refresh'
import { writeReport } from '../../../lib/report/write'
import { stageEvents, stageSongs } from '../../models/staged'
import { useWarehouse } from '../../warehouse'

const folder = mkdtempSync(join(tmpdir(), 'report-'))
const file = join(folder, 'report.html')

after(() => rmSync(folder, { recursive: true, force: true }))

const withoutScript = (page: string) => page.replace(/<script>[^]*<\/script>/, '')

/** A question of the test's own. */
function question(name: string, sql: string, chart?: Question['chart']): Question {
  const lines = { key: 3, chart: 4, sql: 6 }
  const texts = { title: `What of ${name}?`, answers: `All of ${name}.`, key: [] }
  return { name, file: `queries/${name}.sql`, ...texts, ...(chart && { chart }), sql, lines }
}

describe('the report of a warehouse', () => {
  const warehouse = useWarehouse()
  const write = async (questions?: Question[]) => {
    await writeReport(warehouse.knex, file, questions)
    return readFileSync(file, 'utf8')
  }
  const build = async (events: object[], songs: object[] = []) => {
    await stageSongs(warehouse.knex, songs as Parameters<typeof stageSongs>[1])
    await stageEvents(warehouse.knex, events as Parameters<typeof stageEvents>[1])
    await buildModels(warehouse.knex, 'up', [])
  }

  it('lets nothing act but the style sheet and the script that its policy knows by their hashes', async () => {
    const page = await write()
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!
    expect(policy).to.match(/^default-src &#39;none&#39;; /)
    for (const kind of ['style', 'script']) {
      const [part, ...others] = [...page.matchAll(RegExp(`<${kind}[^]*?>([^]*?)</${kind}`, 'g'))]
      expect(others).to.deep.equal([])
      const digest = createHash('sha256').update(part![1]!).digest('base64')
      expect(policy).to.contain(`${kind}-src &#39;sha256-${digest}&#39;;`)
    }
    expect(policy).to.not.contain('unsafe')
    expect(page).to.not.match(/ (?:style|on[a-z]+)="/)
  })

  it('that is empty says so, and still tells of its tables', async () => {
    const page = await write()
    expect(page).to.contain('No play is in the warehouse yet.')
    expect(page).to.contain('Nothing has been loaded yet')
    expect(page.match(/No rows: there is nothing to tell yet/g)).to.have.length(
      readQuestions().length,
    )
    expect(page).to.contain('DISTKEY (start_time)').and.to.contain('DISTSTYLE ALL')
    expect(page).to.contain('<small>from staging_events.ts</small>')
    expect(withoutScript(page)).to.not.match(/NaN|undefined|>null</)
  })

  it('with one play has a section for each question, and one play in its summary', async () => {
    await build([{}])
    const page = await write()
    expect(page).to.contain('1 song play, 1 Nov 2018.')
    for (const { name } of readQuestions())
      expect(page).to.contain(`<article id="question-${name}"`)
    expect(withoutScript(page)).to.not.match(/NaN|undefined/)
  })

  it('with plays of nobody, from nowhere, of nothing, has no fault in it', async () => {
    const nothing = ['user_id', 'level', 'location', 'user_agent', 'song', 'artist', 'length']
    await build([Object.fromEntries(nothing.map((name) => [name, null]))])
    const page = await write()
    expect(page).to.contain('1 song play')
    expect(withoutScript(page)).to.not.match(/NaN|undefined|>null</)
  })

  it('shows names as text, whatever they hold', async () => {
    const names = ['<script>alert(1)</script>', '"onload="alert(1)', 'שלום', '🎵 & co', 'a\u0007b']
    await build(
      names.map((name, i) => ({
        user_id: i,
        first_name: name,
        location: name,
        song: name,
        artist: name,
      })),
      names.map((name, i) => ({
        song_id: `S${i}`,
        artist_id: `A${i}`,
        title: name,
        artist_name: name,
      })),
    )
    const page = await write()
    expect(page.match(/<script/g)).to.have.length(1)
    expect(page).to.not.match(/<[^>]*"onload="/)
    expect(page).to.contain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>')
    expect(page).to.contain('<bdi>שלום</bdi>').and.to.contain('🎵 &amp; co').and.to.contain('a␇b')
  })

  it('of a period without plays leaves its days empty in a picture', async () => {
    const on = (day: number) => ({ ts: Date.UTC(2018, 10, day) })
    await build([on(1), on(2), on(9)])
    const page = await write(readQuestions().filter(({ name }) => name === 'plays_per_day'))
    expect(page).to.match(/>\s*5 Nov\s*<\/bdi/)
  })

  it('compares whole weeks, and not such as have days without a play', async () => {
    const on = (day: number, level: string, user_id: number) => ({
      ...{ ts: Date.UTC(2018, 10, day), level, user_id },
    })
    const former = [5, 6, 7, 8, 9, 10, 11].map((day) => on(day, 'free', 1))
    const later = [12, 13, 14, 15, 16, 17, 18].flatMap((day) => [
      on(day, 'paid', 2),
      { ...on(day, 'paid', 2), ts: Date.UTC(2018, 10, day, 1) },
    ])
    await build([...former, ...later, on(20, 'paid', 2)])
    const page = await write([])
    expect(page).to.contain(
      'Paid listeners are 50\u00a0% of users and 68\u00a0% of plays; plays rose 100\u00a0% against the former week.',
    )
    expect(page)
      .to.match(/1 listened no change/)
      .and.to.match(/14 ▲ 100 %/)
    expect(page).to.contain('class="spark"')
    await build([...former.slice(1), ...later, on(1, 'paid', 2), on(20, 'paid', 2)])
    const withGap = await write([])
    expect(withGap).to.match(/are not compared: 1 day has no play/)
    expect(withGap).to.not.contain('against the former week')
  })

  it('stays small, and says what it leaves out, of a million rows', async () => {
    const text = `repeat('<&"''>', 2000) as text`
    const kinds = ['bars', 'columns', 'lines', 'stacks', 'heatmap'] as const
    const page = await write([
      question('all', `select plays, hour from (${numbers(6)}) as numbers`),
      ...kinds.map((kind) =>
        question(kind, `select ${text}, plays, hour from (${numbers(3)}) as numbers`, {
          kind,
          measure: 'plays',
          by: 'text',
          per: 'hour',
        }),
      ),
    ])
    expect(page).to.match(/999,000 more rows: <code>sparkify query all<\/code>/)
    expect(page).to.match(/The picture leaves out \d+ rows/)
    expect(Buffer.byteLength(page)).to.be.lessThan(2_000_000)
  })

  it('leaves out pictures that would make it large', async () => {
    const sql = `select hour * 10 + plays as place, number % 4 as weekday, 1 as plays
      from (${numbers(3)}) as numbers`
    const chart = { kind: 'columns', measure: 'plays', by: 'place', per: 'weekday' } as const
    const page = await write(
      Array.from({ length: 40 }, (_, i) => question(`columns${i}`, sql, chart)),
    )
    expect(page)
      .to.match(/class="picture"\s+role="img"/)
      .and.to.contain('too many marks for this page')
    expect(Buffer.byteLength(page)).to.be.lessThan(2_000_000)
  })

  it('is not written for a question with a fault, which is told by file, line and the server', async () => {
    writeFileSync(file, 'the former report')
    const faulty = question(
      'faulty',
      'select 1 as one,\n  nothing_of_the_kind as two\nfrom songplays',
    )
    const error = await write([faulty]).catch((error: unknown) => error)
    expect(error).to.be.instanceOf(UsageError)
    expect((error as Error).message).to.match(
      /^queries\/faulty\.sql:7:3: column "nothing_of_the_kind" does not exist/,
    )
    expect(readFileSync(file, 'utf8')).to.equal('the former report')
    expect(readdirSync(folder)).to.deep.equal(['report.html'])
  })

  it('reads in a transaction that can write nothing', async () => {
    const sql = "select current_setting('transaction_read_only') as is_read_only"
    expect(await write([question('mode', sql)])).to.contain('<bdi>on</bdi>')
  })

  it('goes where there is a folder to write to, else says so', async () => {
    const deep = join(folder, 'new', 'deep', 'report.html')
    await writeReport(warehouse.knex, deep, [])
    expect(readFileSync(deep, 'utf8')).to.contain('</html>')
    const error = await writeReport(warehouse.knex, join(deep, 'x.html'), []).catch(
      (error: unknown) => error,
    )
    expect(error).to.be.instanceOf(UsageError)
    expect((error as Error).message)
      .to.contain(join(deep, 'x.html'))
      .and.to.contain('--out')
  })

  it('needs tables', async () => {
    await warehouse.knex.migrate.rollback(undefined, true)
    const error = await write().catch((error: unknown) => error)
    expect(error).to.be.instanceOf(UsageError)
    expect((error as Error).message).to.contain('`sparkify run`')
    await warehouse.knex.migrate.latest()
  })
})

/** The query that counts to a power of ten: its rows have their number, and two digits of it. */
function numbers(power: number): string {
  const digits = Array.from({ length: 10 }, (_, i) => `select ${i} as d`).join(' union all ')
  const places = Array.from({ length: power }, (_, i) => `(${digits}) as d${i}`)
  const number = places.map((_, i) => `d${i}.d * ${10 ** i}`).join(' + ')
  return `select ${number} as number, d0.d as plays, d1.d as hour from ${places.join(' cross join ')}`
}
