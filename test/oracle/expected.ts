import { stringify } from 'csv-stringify/sync'
import type { Row } from './records'
import type { Sample } from './sample'
import { answers } from './answers/answers'

/** The files of queries/expected/sample by their names, as the oracle has them. */
export function expectedFiles({ star, loaded }: Sample): Record<string, string> {
  const files: Record<string, string> = { 'dataset.json': `${JSON.stringify(loaded, null, 2)}\n` }
  for (const [name, answer] of Object.entries(answers)) files[`${name}.csv`] = csvOf(answer(star))
  return files
}

function csvOf(rows: Row[]): string {
  return stringify(rows, {
    header: true,
    cast: { string: (value) => (value === '' ? { value, quoted_empty: true } : value) },
  })
}
