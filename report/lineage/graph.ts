import type { Question } from '../../lib/questions/question'
import { tablesReadBy } from '../../lib/questions/tables'
import { documentedTables } from '../../models/documentation'
import { anchorOf } from '../anchor'

/** What data flows from and through: files named by a setting, tables, questions. */
export interface Node {
  /** Where the page tells of it: table-songplays, question-most_played_songs. */
  id: string
  kind: 'files' | 'table' | 'question'
  title: string
  /** The ids of what it is made from. */
  from: string[]
  /** 0 for files; else one behind the last that it is made from, and the questions behind all. */
  column: number
}

/** What is made from what, from the files to the questions, as tables and questions declare it. */
export async function lineageOf(questions: Question[]): Promise<Node[]> {
  const nodes: Node[] = []
  const add = (kind: Node['kind'], name: string, title: string, from: string[]) => {
    const sources = nodes.filter((node) => node.kind !== 'question' && from.includes(node.title))
    const column = 1 + Math.max(-1, ...sources.map((source) => source.column))
    nodes.push({ id: anchorOf(kind, name), kind, title, from: sources.map(({ id }) => id), column })
  }
  const tables = documentedTables.filter(({ from }) => from !== undefined)
  const names = tables.map(({ name }) => name)
  const files = new Set(
    tables.flatMap(({ from = [] }) => from).filter((name) => !names.includes(name)),
  )
  for (const name of files) add('files', name, name, [])
  for (const { name, from = [] } of tables) add('table', name, name, from)
  for (const question of questions) {
    add('question', question.name, question.title, await tablesReadBy(question))
  }
  const last =
    1 + Math.max(...nodes.filter(({ kind }) => kind === 'table').map(({ column }) => column))
  return nodes.map((node) => (node.kind === 'question' ? { ...node, column: last } : node))
}
