import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Client } from 'pg'
import { type Running, useCommands, until } from './command'

// Enough for a COPY that is seen under way.
const many = 150_000

describe('after a crash', () => {
  const commands = useCommands()
  const sample = ['--events', '500', '--songs', '40', '--days', '3']
  let built: Record<string, unknown>

  before(async () => {
    await commands.keepEngine()
    await commands.sparkify(['generate', ...sample, '--out', `${commands.buckets}/sparkify`])
    const { code, stderr } = await commands.sparkify(['run'])
    expect(code, stderr).to.equal(0)
    built = await commands.contents()
  })

  const report = join(commands.folder, 'report.html')

  const runsAsBefore = async () => {
    const { code, stderr } = await commands.sparkify(['run'])
    expect(code, stderr).to.equal(0)
    expect(await commands.contents()).to.deep.equal(built)
  }

  /** Starts a command that has to wait for `table`, and hands it over once it waits. */
  const held = async (
    table: string,
    words: string[],
    use: (running: Running, letGo: () => Promise<void>) => Promise<void>,
  ) => {
    const holder = await commands.connect()
    await holder.query(`begin; lock table ${table}`)
    const running = commands.start('sparkify', words, { REPORT: report })
    try {
      await until(`${words[0]} waits for ${table}`, () => isWaitedFor(commands.connect(), table))
      await use(running, () => holder.query('rollback').then(() => undefined))
    } finally {
      running.child.kill('SIGKILL')
      await holder.end().catch(() => {})
    }
  }

  it('of run in the middle of COPY, the next one gives the same rows', async () => {
    const [row] = await commands.rows('select * from staging_events limit 1')
    commands.put('big/logs.json', `${JSON.stringify(eventOf(row!))}\n`.repeat(many))
    const paths = Object.keys(eventOf(row!)).map((name) => `$.${name}`)
    commands.put('big/paths.json', JSON.stringify({ jsonpaths: paths }))
    const { child, ended } = commands.start('sparkify', ['run'], {
      LOG_DATA: 's3://big/logs.json',
      LOG_JSONPATH: 's3://big/paths.json',
    })
    const progress = 'select 1 from pg_stat_progress_copy where tuples_processed > 0'
    await until('rows are copied', async () => (await commands.rows(progress)).length > 0)
    child.kill('SIGKILL')
    expect((await ended).signal).to.equal('SIGKILL')
    expect(await commands.contents()).to.deep.equal(built)
    await runsAsBefore()
  })

  it('of run in the models, the next one gives the same rows', async () => {
    await held('songplays', ['run'], async ({ child, ended, says }) => {
      await says('staging_songs: ')
      child.kill('SIGKILL')
      expect((await ended).signal).to.equal('SIGKILL')
    })
    expect(await commands.contents()).to.deep.equal(built)
    await runsAsBefore()
  })

  it('of run by Ctrl-C, the next one gives the same rows', async () => {
    await held('songplays', ['run'], async ({ child, ended }) => {
      child.kill('SIGINT')
      const { code, signal } = await ended
      expect(signal === 'SIGINT' ? 130 : code).to.equal(130)
    })
    await runsAsBefore()
  })

  it('of run by Ctrl-C behind its commit, says that the load is committed, and what was not done', async () => {
    const folder = join(commands.buckets, 'sparkify', 'log_data')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    copyFileSync(
      join(
        folder,
        files.find((name) => name.endsWith('.json'))!,
      ),
      join(folder, 'late.json'),
    )
    const next = await commands.connect()
    const trial = held('songplays', ['run'], async ({ child, ended }, letGo) => {
      // Its turn comes with the commit: then the report waits for it.
      const locked = next.query('begin; lock table songplays')
      await letGo()
      await locked
      await until('the report waits', () => isWaitedFor(commands.connect(), 'songplays'))
      child.kill('SIGINT')
      const { code, stdout, stderr } = await ended
      expect(code, stderr).to.equal(130)
      expect(stdout).to.equal('')
      expect(stderr).to.contain('Stopping: what is not committed is rolled back …\n')
      expect(stderr.trimEnd().split('\n').at(-1)).to.equal(
        'Stopped: the load is committed, as `sparkify loads` shows; the report was not written: ' +
          '`sparkify run` does that.',
      )
    })
    await trial.finally(() => next.end())
    const [loads] = await commands.rows('select count(*)::int as loads from loads')
    expect(loads).to.deep.equal({ loads: 2 })
    expect((await commands.sparkify(['undo'])).code).to.equal(0)
    rmSync(join(folder, 'late.json'))
  })

  for (const words of [['run'], ['sql', 'select count(*) from songplays'], ['model', 'up']]) {
    it(`of the engine under ${words[0]}, that says so with exit code 4, and the next one works`, async () => {
      await held('songplays', words, async ({ ended }) => {
        process.kill(commands.postmaster!, 'SIGKILL')
        const { code, stdout, stderr } = await ended
        expect(code, stderr).to.equal(4)
        expect(stdout).to.equal('')
        expect(stderr.trimEnd().split('\n').at(-1)).to.match(
          /^The (engine of the local Redshift has stopped|connection to the warehouse was lost)/,
        )
        expect(stderr).to.not.match(/^ +at /m)
      })
      commands.letEngineGo()
      await runsAsBefore()
    })
  }
})

/** True where a session waits for a lock on the table. */
async function isWaitedFor(connected: Promise<Client>, table: string): Promise<boolean> {
  const client = await connected
  const sql = `select 1 from pg_locks where relation = '${table}'::regclass and not granted`
  const { rows } = await client.query(sql)
  await client.end()
  return rows.length > 0
}

/** A staged event as an object of a JSON file, its keys the columns in their order. */
function eventOf({ loaded_at, ...event }: Record<string, unknown>): Record<string, unknown> {
  void loaded_at
  return event
}
