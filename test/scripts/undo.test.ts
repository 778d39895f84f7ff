import { expect } from 'chai'
import { event, putFile, putGoodFiles, song } from '../lib/doctor/files'
import { useCommands } from './command'

describe('undo', () => {
  const commands = useCommands()
  const told = async (...words: string[]) => {
    const { code, stdout, stderr } = await commands.sparkify(words)
    expect(code, stdout + stderr).to.equal(0)
    return { stdout, stderr }
  }
  const json = async <Result>(...words: string[]) =>
    JSON.parse((await told(...words, '--json')).stdout) as Result

  before(async () => {
    await commands.keepEngine()
    putGoodFiles(commands.buckets)
    putFile(commands.buckets, 'song_data/B/other.json', song({ song_id: 'SO8', title: 'Another' }))
    await told('run')
  })

  it('of a reload brings the former rows back; --dry-run says so before, and changes nothing', async () => {
    const before = await commands.contents()
    putFile(commands.buckets, 'song_data/B/other.json', song({ song_id: 'SO7' }) + '\n')
    const { stderr } = await told('run', '--reload')
    expect(stderr).to.contain(
      'staging_songs: 1 changed file in place of 1 former row, which `sparkify undo` puts back\n',
    )
    const reloaded = await commands.contents()
    const { stdout } = await told('undo', '--dry-run')
    expect(stdout).to.match(/^The load of [\d :.-]+ would be undone; nothing is changed\.\n/)
    expect(stdout).to.contain('Files whose rows go (1)\n  s3://sparkify/song_data/B/other.json\n')
    expect(stdout).to.contain('Files whose former rows come back (1)\n  s3://sparkify/song_data/B/')
    expect(stdout)
      .to.match(/^staging_songs +1 +1$/m)
      .and.match(/^songs +1 +1$/m)
    expect(await commands.contents()).to.deep.equal(reloaded)
    await told('undo')
    expect(await commands.contents()).to.deep.equal(before)
  })

  it('passes over a run in which every new file went into quarantine: plan and loads show them', async () => {
    const url = 's3://sparkify/song_data/C/bad.json'
    putFile(commands.buckets, 'song_data/C/bad.json', 'no JSON')
    await told('run', '--quarantine')
    const { loads, quarantined } =
      await json<Record<string, { state: string; url: string }[]>>('loads')
    expect(loads!.map(({ state }) => state)).to.deep.equal(['undone', 'loaded'])
    expect(quarantined!.map((file) => file.url)).to.deep.equal([url])
    expect((await told('loads')).stdout).to.contain(
      `\n\nIn quarantine until they change (1)\n  ${url}: `,
    )
    expect((await told('plan')).stdout).to.contain(
      `staging_songs: in quarantine until they change (1)\n  ${url}: `,
    )
    const { sources } = await json<{ sources: { quarantined: { url: string }[] }[] }>('plan')
    expect(sources.map((source) => source.quarantined.map((file) => file.url))).to.deep.equal([
      [],
      [url],
    ])
  })

  it('says how many rows went, and takes the load before that run', async () => {
    putFile(commands.buckets, 'log_data/more.json', event({ ts: 1541206106796, sessionId: 7 }))
    await told('run')
    const { stderr } = await told('undo')
    expect(stderr).to.match(/^songplays: 0 rows, 1 removed, /m)
    const { undone } = await json<{ undone: { tables: { name: string }[] } }>('undo')
    expect(undone.tables.find(({ name }) => name === 'songplays')).to.include({
      removed: 1,
      added: 0,
    })
    expect((await told('undo')).stdout).to.equal('There is no load to undo.\n')
  })
})
