import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The style sheets, in the order that they count: the later one wins. */
const sheets = [
  'colours',
  'layout',
  'navigation',
  'text',
  'summary',
  'questions',
  'tables',
  'lineage',
  'phone',
  'paper',
]

/** All that the page is to look like. */
export function styles(): string {
  const read = (sheet: string) => readFileSync(join(__dirname, 'styles', `${sheet}.css`), 'utf8')
  return sheets.map(read).join('\n')
}
