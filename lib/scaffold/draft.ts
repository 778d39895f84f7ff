import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../warehouse/settings'

/** A file that something new needs: one of its own, or one that it is entered in. */
export type Draft = {
  /** From the project's folder. */
  path: string
} & (
  | {
      text: string
      /** Set where it is not the project's to format. */
      isData?: true
    }
  | {
      /** The text with what is new in it; the same text where it is in it already. */
      edit: (text: string) => string
    }
)

/** All that something new needs, and what is said of it. */
export interface Scaffold {
  /** In the order of writing: whatever stands of them, the project works. */
  drafts: Draft[]
  columns: { name: string; type: string }[]
  /** What is to be known of what was written. */
  notes: string[]
  /** What is to be run next. */
  next: string[]
}

/** The file of the migration that makes a table: the one that is there, else one behind all others. */
export function migrationFile(table: string): string {
  const files = readdirSync(join(projectFolder, 'migrations')).sort()
  const own = files.find((file) => file.replace(/^\d+_/, '') === `create_${table}.ts`)
  if (own) return join('migrations', own)
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const latest = /^\d{14}/.exec(files.findLast((file) => /^\d{14}_/.test(file)) ?? '')?.[0] ?? '0'
  const stamp = now > latest ? now : String(Number(latest) + 1)
  return join('migrations', `${stamp}_create_${table}.ts`)
}

/** The migration that makes a table by a statement. */
export function migrationText(table: string, grain: string, statement: string): string {
  return `import type { Knex } from 'knex'

/** ${table}: ${grain}. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(\`
${indented(statement, 4)}
  \`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table ${table}')
}
`
}

/** How Redshift's pages advise to keep the values of a type. */
export function encodingOf(type: string): string {
  return /^(smallint|integer|bigint|numeric|date|timestamp)/.test(type) ? 'az64' : 'zstd'
}

/** Lines that begin so many blanks further in; a string that goes over lines stays as it is. */
export function indented(text: string, blanks: number): string {
  if (/'[^'\n]*\n[^']*'/.test(text)) return text
  return text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(blanks) + line))
    .join('\n')
}

/** A text that begins a sentence, without the sign at its end. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/[.?]$/, '')
}

/** user_id is userId. */
export function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** A text as a string of TypeScript; prettier chooses its quotes. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** A text as what a template literal holds. */
export function templated(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, '\\$&')
}
