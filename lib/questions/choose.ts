import { tables } from '../../models/index'
import { select } from '../warehouse/select'
import { tablesReadBy } from './dependencies'
import { type Question, readQuestions } from './question'

/**
 * The questions that patterns select (see warehouse/select.ts); all for none.
 * @throws UsageError for a pattern that selects none
 */
export async function chooseQuestions(patterns: string[]): Promise<Question[]> {
  const questions = readQuestions()
  const names = questions.map(({ name }) => name)
  // Only who names tables asks for what questions are made from, and only then they need to be parsed.
  const isOfTables = (pattern: string) =>
    pattern.includes('+') || tables.some(({ name }) => name === pattern)
  const withTables = patterns.some(isOfTables)
  const nodes = withTables ? [...tables, ...(await nodesOf(questions))] : questions
  const selected = select(patterns, 'question', nodes, names)
  return questions.filter(({ name }) => selected.includes(name))
}

async function nodesOf(questions: Question[]) {
  const nodes = []
  for (const question of questions) {
    nodes.push({ name: question.name, from: await tablesReadBy(question) })
  }
  return nodes
}
