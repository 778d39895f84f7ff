import type { Command } from './cli/main'

interface Options {
  events: number
  songs: number
  days: number
  seed: number
  out: string
  force: boolean
}

const command: Command<Options> = {
  command: 'generate',
  describe: 'Write sample data of any size: same seed, same bytes',
  builder: (yargs) =>
    yargs
      .option('events', { type: 'number', default: 8000, describe: 'logged events' })
      .option('songs', { type: 'number', default: 400, describe: 'song files' })
      .option('days', { type: 'number', default: 30, describe: 'days, one event file each' })
      .option('seed', { type: 'number', default: 2018, describe: 'another seed, other data' })
      .option('out', {
        type: 'string',
        default: 'data/s3/sparkify',
        describe: 'a folder, new or empty',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'replace what the folder holds',
      })
      .example(
        '$0 generate --events 1000000 --out data/s3/big',
        's3://big/… to the local Redshift',
      ),
  async handler({ events, songs, days, seed, out, force, json, output }) {
    const { writeSampleData } = await import('../lib/sample-data/write.ts')
    const { counted, formatCount } = await import('../lib/warehouse/counts.ts')
    const written = await writeSampleData({ events, songs, days, seed, out, force })
    if (json) return output.document({ out, ...written })
    const { eventFiles, songFiles, plays, bytes } = written
    output.print(
      `${formatCount(written.events)} events, ${formatCount(plays)} of them plays, in ${counted(eventFiles, 'file')}; ` +
        `${formatCount(songFiles)} songs; ${(bytes / 1e6).toFixed(1)} MB in ${out}`,
    )
  },
}

export = command
