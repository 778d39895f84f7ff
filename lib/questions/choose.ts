import { tables } from '../../models/index'
import { select } from '../warehouse/select'
import { tablesReadBy } from './dependencies'
import { type Question, readQuestions } from './question'

/**
 * The questions that patterns select (see warehouse/select.ts); all for none.
 * @param exclude patterns of those that are left out
 * @throws UsageError for a pattern that selects none
 */
export async function chooseQuestions(
  patterns: string[],
  exclude: string[] = [],
): Promise<Question[]> {
  const questions = readQuestions()
  const names = questions.map(({ name }) => name)
  // Only who names tables asks for what questions are made from, and only then they need to be parsed.
  const isOfTables = (pattern: string) =>
    pattern.includes('+') || pattern.split(/[\s,]/).some((word) => isTable(word))
  const withTables = [...patterns, ...exclude].some(isOfTables)
  const nodes = withTables ? [...tables, ...(await nodesOf(questions))] : questions
  const selected = select(patterns, 'question', nodes, names, exclude)
  return questions.filter(({ name }) => selected.includes(name))
}

function isTable(word: string): boolean {
  return tables.some(({ name }) => name === word)
}

async function nodesOf(questions: Question[]) {
  const nodes = []
  for (const question of questions) {
    nodes.push({ name: question.name, from: await tablesReadBy(question) })
  }
  return nodes
}
