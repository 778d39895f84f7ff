import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** A statement of AWS's guide. */
export interface GuideStatement {
  page: string
  kind: string
  sql: string
  /** What the guide prints below it; may be empty. */
  expected: string
}

const file = resolve(__dirname, '../../../../../shared/reference/guide-statements.jsonl')

export const haveGuide = existsSync(file)

/** The statements of each page, in their order. */
export function guidePages(): Map<string, GuideStatement[]> {
  const pages = new Map<string, GuideStatement[]>()
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const statement = JSON.parse(line) as GuideStatement
    pages.set(statement.page, [...(pages.get(statement.page) ?? []), statement])
  }
  return pages
}

/** Names a statement of a page without its text. */
export function markOf({ sql, expected }: GuideStatement): string {
  return createHash('sha256').update(`${sql}\0${expected}`).digest('hex').slice(0, 8)
}
