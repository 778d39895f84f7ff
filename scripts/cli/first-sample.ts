import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../lib/settings'

const sampleSize = { events: 8000, songs: 400, days: 30, seed: 2018 }

/** True on first use: the settings point to sample data that is not there yet. */
export function wantsSample({ LOG_DATA, LOCAL_BUCKETS }: Settings): boolean {
  return LOG_DATA.startsWith('s3://sparkify/') && !existsSync(join(LOCAL_BUCKETS, 'sparkify'))
}

/** Writes the sample data. @returns its events; 0 where another run was faster */
export async function makeSample(settings: Settings): Promise<number> {
  const { writeSampleData } = await import('../../lib/sample-data/write.ts')
  const out = join(settings.LOCAL_BUCKETS, 'sparkify')
  try {
    return (await writeSampleData({ ...sampleSize, out })).events
  } catch (error) {
    if (wantsSample(settings)) throw error
    return 0
  }
}
