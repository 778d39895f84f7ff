import { expect } from 'chai'
import type { AuditResult } from '../../lib/load/audit'
import type { LoadDetails } from '../../lib/load/load-details'
import type { Warning } from '../../lib/warehouse/steps'
import { event, putFile, putGoodFiles } from '../lib/doctor/files'
import { useCommands } from './command'

describe('sparkify audit', () => {
  const commands = useCommands()
  const told = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.sparkify(words)
    expect(code, stdout + stderr).to.equal(0)
    return stdout
  }
  const refused = async (...words: string[]) => {
    const outcome = await commands.sparkify(words)
    expect(outcome.code, outcome.stderr).to.equal(3)
    return outcome
  }
  const json = async <Result>(...words: string[]) =>
    JSON.parse(await told(...words, '--json')) as Result
  const put = (name: string, ...values: object[]) =>
    putFile(commands.buckets, `log_data/${name}.json`, values.map(event).join('\n'))
  const kept = () =>
    commands.rows(`
      select table_name, audit, severity, offender::json as offender,
        exists (select 1 from loads where loads.loaded_at = audit_rows.loaded_at) as "isLoaded"
      from audit_rows order by table_name, audit`)

  const radio = { page: 'Radio', userId: '', sessionId: 9 }
  const warning: Warning = {
    table: 'staging_events',
    audit: 'no new page',
    count: 1,
    example: { page: 'Radio', rows_of_it: 2 },
  }
  const warningText =
    'staging_events: no new page: not of 1 row, such as {"page":"Radio","rows_of_it":2}'
  const keptWarning = {
    ...{ table_name: 'staging_events', audit: 'no new page', severity: 'warn' },
    offender: warning.example,
    isLoaded: true,
  }

  before(async () => {
    await commands.keepEngine()
    putGoodFiles(commands.buckets)
    await told('run')
  })

  it('lists every audit with its severity and its result', async () => {
    const { audits } = await json<{ audits: AuditResult[] }>('audit')
    expect(new Set(audits.map(({ severity }) => severity))).to.have.keys('error', 'warn')
    expect(audits.every(({ holds }) => holds)).to.equal(true)
    const text = await told('audit')
    expect(text.split('\n').filter((line) => /\b(error|warn) +holds\b/.test(line))).to.have.length(
      audits.length,
    )
    expect(text).to.match(/^staging_events +warn +holds +no new page$/m)
    expect(text).to.contain(`\n\nAll ${audits.length} audits hold.\n`)
  })

  it('takes staging tables by their names, and refuses what is none', async () => {
    const { audits } = await json<{ audits: AuditResult[] }>('audit', 'staging_songs+')
    expect([...new Set(audits.map(({ model }) => model))]).to.deep.equal([
      'staging_songs',
      'songs',
      'artists',
      'songplays',
      'time',
    ])
    expect(await told('audit', 'staging_songs', '--full')).to.contain('All 1 audits hold.')
    const { code, stderr } = await commands.sparkify(['audit', 'staging_song'])
    expect(code).to.equal(2)
    expect(stderr).to.contain('There is no table "staging_song": did you mean "staging_songs"?')
  })

  describe('of a load that an audit warns of', () => {
    it('lets it be published, and tells of it: the run, its document, and loads', async () => {
      put('radio', radio, { ...radio, itemInSession: 1 })
      const text = await told('run', '--store')
      expect(text)
        .to.match(/^(\d+) of \d+ audits hold: 1 warns\.$/m)
        .and.contain(`Warning: ${warningText}\n`)
      expect(await kept()).to.deep.equal([keptWarning])

      const details = await json<LoadDetails>('loads', '20')
      expect(details.warnings).to.deep.equal([warning])
      expect(details.load.warnings).to.equal(1)
      const passed = Object.values(details.audits!).flat()
      expect(passed).to.have.length(details.load.audits)
      const ofEvents = details.audits!.staging_events!
      expect(ofEvents.includes('no new page')).to.equal(false)
      expect(ofEvents).to.include('no new auth')
      expect(await told('loads', '20')).to.contain(`Audits that warned (1)\n  ${warningText}\n`)
    })

    it('is told of again by the run that loads it after its undo, as a document', async () => {
      await told('undo')
      expect((await json<{ warnings: Warning[] }>('run')).warnings).to.deep.equal([warning])
    })

    it('by itself ends with 0, and says it', async () => {
      const text = await told('audit')
      expect(text)
        .to.match(/^staging_events +warn +not of 1 row +no new page$/m)
        .and.contain(`audits hold: 1 warns.\nWarning: ${warningText}\n`)
      const { audits } = await json<{ audits: AuditResult[] }>('audit', 'staging_events')
      expect(audits.filter(({ holds }) => !holds)).to.deep.equal([
        {
          ...{ model: 'staging_events', audit: 'no new page', severity: 'warn', holds: false },
          count: 1,
          examples: [{ row: warning.example }],
        },
      ])
    })
  })

  describe('with --store', () => {
    it('of a load that is refused keeps what it refused it for, and nothing else', async () => {
      const former = await commands.contents()
      put('gold', { level: 'gold', userId: '77', sessionId: 10, ts: 1541106106797 })
      const { stderr } = await refused('run', '--store')
      const found = await kept()
      expect(stderr).to.match(/^3 rows kept in audit_rows: `sparkify sql /m)
      expect(found).to.have.length(4)
      expect(found.filter(({ isLoaded }) => !isLoaded)).to.have.length(3)
      expect(found.find(({ table_name }) => table_name === 'users')).to.deep.include({
        ...{ audit: 'level one of free, paid', severity: 'error', isLoaded: false },
      })
      expect({ ...(await commands.contents()), audit_rows: '' }).to.deep.equal({
        ...former,
        audit_rows: '',
      })
    })

    it('of what is loaded keeps the rows, and ends with 3 where one is an error', async () => {
      await commands.rows('delete from audit_rows')
      await commands.rows("update users set level = 'gold'")
      const { stdout } = await refused('audit', 'users', '--store')
      expect(stdout).to.match(/^users +error +not of 1 row +level one of free, paid$/m)
      expect(stdout).to.contain('1 of 2 audits hold: 1 failed.\n1 row kept in audit_rows: ')
      expect(await kept()).to.have.length(1)
      const { stdout: document } = await refused('audit', 'users', '--store', '--json')
      expect(JSON.parse(document)).to.include({ kept: 1 })
      await told('model', 'up', 'users')
      expect(await json('audit', 'users', '--store')).to.include({ kept: 0 })
    })

    it('keeps a thousand rows of an audit at most, and tells how many there are', async () => {
      const digits = 'generate_series(1, 1001) as number'
      await commands.rows(
        `insert into users select number + 1000, '', '', '', 'gold' from ${digits}`,
      )
      const { stdout } = await refused('audit', 'users', '--store')
      expect(stdout).to.contain('not of 1,001 rows').and.contain('1,000 rows kept in audit_rows')
      await told('model', 'up', 'users')
    })

    it('keeps rows until `loads --prune` finds them old', async () => {
      await commands.rows("update audit_rows set audited_at = audited_at - interval '100 days'")
      put('gold', { sessionId: 11, page: 'Television' })
      await told('run', '--store')
      expect(await told('loads', '--prune', '--dry-run')).to.contain('that audits had kept: 1,002')
      expect(await told('loads', '--prune')).to.contain('Rows that audits had kept: 1,002')
      expect((await kept()).map(({ offender }) => offender)).to.deep.equal([
        { page: 'Television', rows_of_it: 1 },
      ])
    })
  })
})
