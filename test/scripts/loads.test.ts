import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Load } from '../../lib/load/ledger'
import type { LoadDetails } from '../../lib/load/load-details'
import type { Pruned } from '../../lib/load/prune'
import { event, putFile, putGoodFiles, song } from '../lib/doctor/files'
import { useCommands } from './command'

describe('sparkify loads', () => {
  const commands = useCommands()
  const WORK_DATA = 's3://sparkify/work'
  const told = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.sparkify(words, { WORK_DATA })
    expect(code, stdout + stderr).to.equal(0)
    return stdout
  }
  const json = async <Result>(...words: string[]) =>
    JSON.parse(await told(...words, '--json')) as Result
  const loads = async () => (await json<{ loads: Load[] }>('loads')).loads
  const put = (name: string, values: object) =>
    putFile(commands.buckets, `song_data/${name}.json`, song(values))
  const work = () => {
    const folder = join(commands.buckets, 'sparkify', 'work')
    return existsSync(folder) ? readdirSync(folder).toSorted() : []
  }
  /** Lets every load so far be so many days older than it is. */
  const age = async (days: number) => {
    const columns = {
      loads: ['loaded_at', 'finished_at'],
      load_files: ['loaded_at'],
      load_files_replaced: ['loaded_at', 'replaced_by'],
      staging_events: ['loaded_at'],
      staging_songs: ['loaded_at'],
      staging_songs_replaced: ['loaded_at', 'replaced_by'],
    }
    for (const [table, names] of Object.entries(columns)) {
      const [there] = await commands.rows(`select to_regclass('public.${table}') as name`)
      const older = names.map((name) => `${name} = ${name} - interval '${days} days'`)
      if (there!.name) await commands.rows(`update ${table} set ${older.join(', ')}`)
    }
  }

  before(async () => {
    await commands.keepEngine()
    putGoodFiles(commands.buckets)
    await told('run')
  })

  it('shows one load whole, by its time or the beginning of it', async () => {
    put('bad', { year: 'unknown' })
    put('more', { song_id: 'SO5', title: 'More' })
    await told('run', '--quarantine')
    const [latest] = await loads()
    const details = await json<LoadDetails>('loads', latest!.loaded_at)
    expect(details.load).to.deep.equal(latest)
    expect(
      details.files.map(({ table, url, lines, state }) => [table, url, lines, state]),
    ).to.deep.equal([
      ['staging_songs', 's3://sparkify/song_data/bad.json', null, 'quarantined'],
      ['staging_songs', 's3://sparkify/song_data/more.json', 1, 'loaded'],
    ])
    expect(details.changes.find(({ table }) => table === 'songs')).to.deep.equal({
      table: 'songs',
      removed: 0,
      added: 1,
    })
    expect(Object.values(details.audits!).flat()).to.have.length(latest!.audits)
    const text = await told('loads', latest!.loaded_at.slice(0, 10))
    expect(text)
      .to.contain(`The load of ${latest!.loaded_at} UTC, loaded: `)
      .and.match(/^s3:\/\/sparkify\/song_data\/more\.json +staging_songs +\d+ +1$/m)
      .and.match(
        /^Put in quarantine \(1\)\n {2}s3:\/\/sparkify\/song_data\/bad\.json: line 1: year/m,
      )
      .and.match(/^songs +0 +1$/m)
      .and.match(/^Audits that passed \(\d+\)\n {2}\w+: /m)
  })

  it('shows so many as --limit says, says how many more there are, and fits 80 columns', async () => {
    const text = await told('loads', '--limit', '1')
    expect(text).to.contain('… and 1 more: `--limit 0` shows all.\n')
    const table = text.split('\n').slice(0, 3)
    expect(table.filter((line) => line.length > 80)).to.deep.equal([])
    expect(await json('loads', '--limit', '1')).to.deep.include({ more: 1 })
    expect(await told('loads', '--limit', '0')).to.not.contain('more:')
  })

  it('lets files out of quarantine, which the next run tries again', async () => {
    const url = 's3://sparkify/song_data/bad.json'
    const released = await told('loads', '--release', url)
    expect(released).to.contain(`tries them again (1)\n  ${url}\n`)
    const { code } = await commands.sparkify(['run'], { WORK_DATA })
    expect(code).to.equal(3)
    await told('run', '--quarantine')
    expect(await json('loads', '--release', 'all')).to.deep.equal({ released: [url] })
    expect(await told('loads', '--release', 'all')).to.equal('No file is in quarantine.\n')
    put('bad', { song_id: 'SO6' })
    await told('run')
  })

  it('names a load by the same text everywhere, also where its time ends in zeros', async () => {
    const [latest] = await loads()
    const named = '2026-11-29 04:02:45.868210'
    for (const table of ['loads', 'load_files', 'staging_songs'])
      await commands.rows(
        `update ${table} set loaded_at = '${named}' where loaded_at = '${latest!.loaded_at}'`,
      )
    const all = await loads()
    expect(all.map(({ loaded_at }) => loaded_at)).to.include(named)
    expect(all.every(({ loaded_at }) => /\.\d{6}$/.test(loaded_at))).to.equal(true)
    for (const typed of [named, '2026-11-29T04:02:45.86821Z', '2026-11-29 04:02:45']) {
      expect((await json<LoadDetails>('loads', typed)).load.loaded_at).to.equal(named)
      await told('errors', typed)
    }
    const { latestLoad } = await json<{ latestLoad: string }>('run')
    expect(latestLoad).to.equal(
      (await loads())
        .map((load) => load.loaded_at)
        .toSorted()
        .at(-1),
    )
  })

  describe('--prune', () => {
    before(async () => {
      put('more', { song_id: 'SO5', title: 'Another' })
      await told('run', '--reload')
      put('more', { song_id: 'SO5', title: 'A third' })
      await told('run', '--reload')
      putFile(commands.buckets, 'log_data/x.json', event({ sessionId: 7 }))
      await told('run')
      await told('undo')
      await age(100)
    })

    it('with --dry-run says what would go, and changes nothing', async () => {
      const [contents, files, former] = [await commands.contents(), work(), await loads()]
      const text = await told('loads', '--prune', '--replaced', '--dry-run')
      expect(text)
        .to.match(/^Would go; nothing is changed: details of before [\d :.-]+ UTC/)
        .and.contain('Former rows, by staging table (1)\n  staging_songs: 1\n')
        .and.contain('Loads whose undo will bring no former rows back (1)\n')
        .and.contain(`Manifests and lists (${files.length})\n`)
      expect(await commands.contents()).to.deep.equal(contents)
      expect([work(), await loads()]).to.deep.equal([files, former])
    })

    it('takes nothing of loads that are young enough but what lies in WORK_DATA', async () => {
      const former = await loads()
      const { pruned } = await json<{ pruned: Pruned }>('loads', '--prune', '--older-than', '500d')
      expect(pruned).to.deep.include({ loads: [], replaced: [], unreplaced: [] })
      expect(pruned.work).to.have.length.above(2) // also those of reloads and trials
      expect(work()).to.deep.equal([])
      expect(await loads()).to.deep.equal(former)
    })

    it('takes undone loads, and the former rows only when it is told to', async () => {
      const states = async () => (await loads()).map(({ state }) => state)
      const kept = () => commands.rows('select count(*)::int as rows from staging_songs_replaced')
      expect(await states()).to.include('undone')
      await told('loads', '--prune')
      expect(await states()).to.not.include('undone')
      expect(await kept()).to.deep.equal([{ rows: 2 }])
      await told('loads', '--prune', '--replaced')
      expect(await kept()).to.deep.equal([{ rows: 1 }])
      expect(await told('loads', '--prune', '--replaced')).to.match(/^There is nothing to prune/)
    })

    it('leaves what the next run and the undo of the latest load need', async () => {
      await told('run')
      await told('undo')
      expect(await told('undo')).to.contain(
        'Files whose former rows come back (1)\n  s3://sparkify/song_data/more.json\n',
      )
      await told('audit', '--full')
      await told('run', '--reload')
      await told('audit', '--full')
    })
  })

  const refused: [what: string, words: string[], said: RegExp][] = [
    ['a load that is not there', ['2001-01-01'], /^There is no load 2001-01-01: a time /],
    ['a load that is no time', ['%'], /^There is no load %: /],
    [
      'a file that is not in quarantine',
      ['--release', 's3://b/x'],
      /^s3:\/\/b\/x is not in quaran/,
    ],
    ['two works at once', ['2026', '--prune'], /^LOAD and --prune do not go together/],
    ['an option of --prune alone', ['--dry-run'], /^--dry-run is an option of --prune/],
    ['an age that is none', ['--prune', '--older-than', 'old'], /^--older-than is old: a number/],
    ['a limit that is none', ['--limit', '-1'], /^--limit is -1: a number of loads/],
  ]
  for (const [what, words, said] of refused) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await commands.sparkify(['loads', ...words])
      expect(code, stderr).to.equal(2)
      expect(stderr).to.match(said)
    })
  }
})
