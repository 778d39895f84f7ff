import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { documentedTables } from '../load/tables'
import { readQuestions } from '../questions/question'
import { UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'

/** What can be new, by the folder that its files lie in. */
const folders = { model: 'models', question: 'queries', source: 'sources' }

/** What files of the project's folders are called that are none of it. */
const ownFiles = ['index', 'model', 'audits', 'scope', 'source', 'models', 'tables', 'expected']

/** Names that begin so are the system's, Knex's, or those of tables that loads make for themselves. */
const ownNames = /^(pg|stl|stv|svl|svv|svcs|sys|knex|affected|scratch)_|_replaced$/

const mostCharacters = 63 // what the engine of the local Redshift keeps; Redshift's own limit is 127

/**
 * Refuses a name that a new table or question cannot have. One that stands in files of its own is no fault:
 * these are held against what would be written.
 * @throws UsageError that says what is expected
 */
export function refuseName(kind: keyof typeof folders, name: string): void {
  const fault = faultOf(kind, name)
  if (fault) throw new UsageError(`"${name}" cannot be the name of a new ${kind}: ${fault}.`)
}

function faultOf(kind: keyof typeof folders, name: string): string | undefined {
  if (!/^[a-z][a-z\d_]*$/.test(name))
    return 'lower-case letters, digits and _ are expected, a letter first'
  if (name.length > mostCharacters) return `at most ${mostCharacters} characters are expected`
  if (isReservedInTypeScript(name)) return 'it is a reserved word of TypeScript'
  if (ownNames.test(name)) return 'names of that kind are those of the system, or of loads'
  if (kind === 'model' && name.startsWith('staging_'))
    return 'staging_… is a table that files fill: `sparkify new source` makes one'
  if (ownFiles.includes(name)) return 'the project has a file of that name that is something else'
  const isOwn = existsSync(join(projectFolder, folders[kind], `${name}.${extension(kind)}`))
  if (isOwn) return undefined
  if (documentedTables.some((table) => table.name === name)) return 'a table has it'
  const isAsked = kind !== 'question' && readQuestions().some((question) => question.name === name)
  return isAsked ? 'a question has it, and both are selected by their names' : undefined
}

function extension(kind: keyof typeof folders): string {
  return kind === 'question' ? 'sql' : 'ts'
}

function isReservedInTypeScript(name: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true)
  scanner.setText(name)
  const token = scanner.scan()
  return token >= ts.SyntaxKind.FirstReservedWord && token <= ts.SyntaxKind.LastFutureReservedWord
}
