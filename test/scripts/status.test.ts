import { existsSync } from 'node:fs'
import { expect } from 'chai'
import { useCommands } from './command'

interface Status {
  warehouse: { latestLoad: string | null; tables: unknown[]; newFiles: number } | null
  production: { configured: boolean; host: string | null; fault: string | null }
  next: string[]
}

describe('sparkify alone', () => {
  const commands = useCommands()
  const sparkify = async (words: string[] = [], variables = {}) => {
    const { code, stdout, stderr } = await commands.sparkify(words, variables)
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    return stdout
  }
  const status = async (variables = {}) =>
    JSON.parse(await sparkify(['--json'], variables)) as Status
  const production = {
    REDSHIFT_HOST: 'sparkify.abc.us-west-2.redshift.amazonaws.com',
    REDSHIFT_USER: 'loader',
    REDSHIFT_PASSWORD: 'Not-Told-4711',
    LOG_DATA: 's3://bucket/log_data',
    SONG_DATA: 's3://bucket/song_data',
    LOG_JSONPATH: 's3://bucket/paths.json',
  }

  it('says that there is no warehouse yet, and makes none', async () => {
    expect(await sparkify()).to.match(/^There is no warehouse yet\.\n[^]*Next:\n {2}sparkify run /)
    expect(await status()).to.deep.equal({
      warehouse: null,
      production: { configured: false, host: null, fault: null },
      next: ['sparkify run'],
    })
    expect(existsSync(commands.warehouse)).to.equal(false)
  })

  it('says whether production is configured, wholly or not, and connects to nothing', async () => {
    expect((await status(production)).production).to.deep.equal({
      configured: true,
      host: production.REDSHIFT_HOST,
      fault: null,
    })
    const without = await status({ ...production, REDSHIFT_USER: '' })
    expect(without.production.configured).to.equal(false)
    expect(without.production.fault).to.contain('REDSHIFT_USER is not set')
  })

  describe('where there is a warehouse', () => {
    before(() => commands.keepEngine())

    it('says that it is empty, and that files which it cannot list are not there', async () => {
      expect(await sparkify()).to.match(
        /^The local warehouse is empty\.\nThe files cannot be listed: Bucket "sparkify"/,
      )
    })

    for (const words of [
      ['loads'],
      ['loads', '--json'],
      ['loads', '2026'],
      ['loads', '--release', 'all'],
      ['loads', '--prune'],
      ['undo'],
      ['audit', '--full'],
      ['model', 'up'],
      ['model', 'down', 'users'],
    ]) {
      it(`says what makes the tables that ${words.join(' ')} needs`, async () => {
        const { code, stdout, stderr } = await commands.sparkify(words)
        expect(code).to.equal(2)
        expect(stdout).to.match(words.includes('--json') ? /^{"error":{.*}}\n$/ : /^$/)
        expect(stderr).to.match(
          /^The warehouse \(development\) has no tables yet.*`sparkify run`.*\n$/,
        )
      })
    }

    it('counts the files that wait, and says what was loaded, and when', async () => {
      const sample = ['--events', '100', '--songs', '5', '--days', '2']
      await sparkify(['generate', ...sample, '--out', `${commands.buckets}/sparkify`])
      const waiting = await status()
      expect(waiting.warehouse).to.deep.include({ latestLoad: null, tables: [], newFiles: 7 })
      expect((await commands.sparkify(['run'])).code).to.equal(0)
      const said = await sparkify(['status'])
      expect(said).to.match(/^The local warehouse was loaded last at [-\d]+ [:\d]+ UTC:\n/)
      expect(said).to.contain('  staging_songs: 5 rows\n').and.contain('No new files wait.')
      expect((await status()).next).to.deep.equal(['sparkify query', 'sparkify report'])
    })

    it('names the run as the next where files came since', async () => {
      commands.put('sparkify/log_data/late-events.json', '')
      expect(await sparkify()).to.contain('Files: 1 new.')
      expect((await status()).next).to.deep.equal(['sparkify plan', 'sparkify run'])
    })
  })
})
