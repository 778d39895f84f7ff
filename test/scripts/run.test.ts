import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Outcome, hasRealData, projectFolder, realData, useCommands } from './command'

interface Summary {
  steps: { name: string; count: number; unit: string; seconds: number }[]
  tables: { name: string; rows: number }[]
  knownPlays: number
}

const migrations = readdirSync(join(projectFolder, 'migrations')).length

const steps = [
  'migrate',
  'staging_events',
  'staging_songs',
  'users',
  'songs',
  'artists',
  'songplays',
  'time',
  'audits',
  'answers',
]

describe('sparkify run', () => {
  describe('on the real data', () => {
    const commands = useCommands()
    let first: Outcome

    before(async function () {
      if (!hasRealData) return this.skip()
      await commands.keepEngine()
      first = await commands.sparkify(['run', '--json'], realData)
    })

    it('loads all of it, and builds the star', () => {
      const { tables, knownPlays } = JSON.parse(first.stdout) as Summary
      expect(first.code, first.stderr).to.equal(0)
      expect(Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))).to.deep.equal({
        staging_events: 8056,
        staging_songs: 71,
        users: 97,
        songs: 71,
        artists: 69,
        songplays: 6820,
        time: 6813,
      })
      expect(knownPlays).to.equal(1)
    })

    it('prints one JSON document on stdout, and its progress on stderr', () => {
      expect(first.stdout.trimEnd()).to.not.contain('\n')
      expect((JSON.parse(first.stdout) as Summary).steps.map(({ name }) => name)).to.deep.equal(
        steps,
      )
      const said = first.stderr.trimEnd().split('\n')
      expect(said.map((line) => line.replace(/, [\d.]+ s$/, ''))).to.deep.equal([
        `migrate: ${migrations} migrations`,
        'staging_events: 8,056 rows',
        'staging_songs: 71 rows',
        'users: 97 rows',
        'songs: 71 rows',
        'artists: 69 rows',
        'songplays: 6,820 rows',
        'time: 6,813 rows',
        'audits: 30 audits',
        'answers: 0 answers checked',
      ])
    })

    it('knows the one song that was played', async () => {
      const rows = await commands.rows(
        'select song_id, artist_id, user_id, start_time::text from songplays where song_id is not null',
      )
      expect(rows).to.deep.equal([
        {
          song_id: 'SOZCTXZ12AB0182364',
          artist_id: 'AR5KOSW1187FB35FF4',
          user_id: 15,
          start_time: '2018-11-21 21:56:47.796',
        },
      ])
    })

    it('keeps the milliseconds', async () => {
      const rows = await commands.rows(`
        select distinct to_char(start_time, 'MS') as ms from songplays
        union select distinct to_char(start_time, 'MS') from time`)
      expect(rows).to.deep.equal([{ ms: '796' }])
    })

    it('gives each user the latest level', async () => {
      const rows = await commands.rows(
        'select level, count(*)::int as users from users group by level order by level',
      )
      expect(rows).to.deep.equal([
        { level: 'free', users: 75 },
        { level: 'paid', users: 22 },
      ])
    })

    it('adds nothing when it runs again', async () => {
      const before = await commands.contents()
      const again = await commands.sparkify(['run'], realData)
      expect(again.code, again.stderr).to.equal(0)
      expect(again.stderr).to.contain('migrate: 0 migrations')
      expect(again.stdout).to.contain('1 of 6,820 plays have a known song.')
      expect(await commands.contents()).to.deep.equal(before)
    })
  })

  describe('without any setting', () => {
    const commands = useCommands()
    const report = join(commands.folder, 'reports', 'report.html')
    let first: Outcome

    before(async () => {
      await commands.keepEngine()
      first = await commands.sparkify(['run'], { REPORT: report })
    })

    it('makes sample data, and loads it', async () => {
      expect(first.code, first.stderr).to.equal(0)
      expect(first.stderr)
        .to.match(/^sample data: 8,000 events, [\d.]+ s\nmigrate: /)
        .and.contain(`migrate: ${migrations} migrations`)
      const [row] = await commands.rows('select count(*)::int as events from staging_events')
      expect(row).to.deep.equal({ events: 8000 })
    })

    it('ends in a table of rows and seconds, and a line for each thing that it made sure of', () => {
      const [head, rule, ...lines] = first.stdout.trimEnd().split('\n')
      expect(head).to.match(/^table +rows +seconds$/)
      expect(rule).to.match(/^─+ {2}─+ {2}─+$/)
      const [space, ...said] = lines.splice(-5)
      expect(lines.map((line) => line.split(/ +/)[0])).to.deep.equal(steps.slice(1, -2))
      for (const line of lines) expect(line).to.match(/^\w+ +[\d,]+ +\d+\.\d\d$/)
      expect(space).to.equal('')
      const questions = readdirSync(join(projectFolder, 'queries')).length - 1
      expect(said).to.deep.equal([
        '2,210 of 6,695 plays have a known song.',
        'All 30 audits hold.',
        `${questions} of ${questions} answers are as expected of the sample data.`,
        `The report is ${report}: open it in a browser.`,
      ])
    })

    it('writes the report', () => {
      expect(readFileSync(report, 'utf8')).to.match(/^<!doctype html>.*6,695.*<\/html>\s*$/is)
    })

    it('exits with 3 and shows what differs where an answer is not as expected', async () => {
      const engine = await commands.connect()
      try {
        await engine.query("update users set first_name = 'Nobody' where user_id = 69")
        const { code, stdout, stderr } = await commands.sparkify(['run'])
        expect(code, stderr).to.equal(3)
        expect(stdout).to.match(
          /^most_active_users: 1 difference\n {2}changed value: user_id 69: /m,
        )
        expect(stderr).to.match(/^\d of \d+ answers (is|are) not as expected: /m)
      } finally {
        await commands.sparkify(['model', 'up', 'users'])
        await engine.end()
      }
    })

    it('writes plain lines where there is no terminal', () => {
      // eslint-disable-next-line no-control-regex
      expect(first.stdout + first.stderr).to.not.match(/[\r\x1b]/)
      expect(first.stderr).to.match(/^staging_events: 8,000 rows, [\d.]+ s$/m)
    })

    it('does not make the sample again, and adds nothing', async () => {
      const bucket = join(commands.buckets, 'sparkify')
      const [sample, rows] = [modified(bucket), await commands.contents()]
      const again = await commands.sparkify(['run'])
      expect(again.code, again.stderr).to.equal(0)
      expect(again.stderr).to.not.contain('sample data')
      expect(modified(bucket)).to.deep.equal(sample)
      expect(await commands.contents()).to.deep.equal(rows)
    })

    it('says where nothing was new, since when, and of no audits, as none ran', async () => {
      const [{ load } = {}] = await commands.rows(
        "select to_char(max(loaded_at), 'YYYY-MM-DD HH24:MI:SS.US') as load from loads",
      )
      const again = await commands.sparkify(['run'])
      expect(again.stdout).to.match(
        /^Nothing was new: the star was last loaded by the load of [\d :.-]+ UTC\.$/m,
      )
      expect(again.stdout).to.not.contain('audits')
      expect(again.stderr).to.match(/^audits: 0 audits, /m)
      const { stdout } = await commands.sparkify(['run', '--json'])
      expect(JSON.parse(stdout)).to.include({ isNew: false, latestLoad: load })
      expect(first.stdout).to.not.contain('Nothing was new')
    })

    it('shows a live line on a terminal', async function () {
      const terminal = ['script', '-qec', 'node scripts/sparkify.js run', '/dev/null']
      const { code, stdout } = await commands
        .spawn(terminal, { TERM: 'xterm', COLUMNS: '100' })
        .ended.catch(() => this.skip())
      expect(code, stdout).to.equal(0)
      expect(stdout).to.contain('\r\x1b[Kmigrate …')
      expect(stdout).to.contain('\r\x1b[Kstaging_events …')
      // The live line goes, and the step's result stays.
      expect(stdout).to.match(/\r\x1b\[Ksongplays: [\d,]+ rows, [\d.]+ s\r\n/) // eslint-disable-line no-control-regex
      expect(stdout).to.match(/answers are as expected of the sample data\.\r\n$/)
    })
  })
})

function modified(folder: string): [string, number][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.map((name) => [name, statSync(join(folder, name)).mtimeMs])
}
