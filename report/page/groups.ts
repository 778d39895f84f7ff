import type { Answered } from '../read/content'

/** Questions whose answers are looked at alike. */
export interface Group {
  title: string
  answered: Answered[]
}

type Rule = [title: string, holds: (answered: Answered) => boolean]

/** The first rule that holds says where a question stands. */
const rules: Rule[] = [
  ['Over time', (answered) => isByTime(answered)],
  ['Rankings', ({ question }) => question.chart?.kind === 'bars'],
  ['Patterns', ({ question }) => question.chart !== undefined],
  ['Lists', () => true],
]

/** The questions in groups, as the page shows them; no group is empty. */
export function groupsOf(answered: Answered[]): Group[] {
  const titleOf = (each: Answered) => rules.find(([, holds]) => holds(each))![0]
  return rules
    .map(([title]) => ({ title, answered: answered.filter((each) => titleOf(each) === title) }))
    .filter((group) => group.answered.length > 0)
}

function isByTime({ question: { chart }, answer }: Answered): boolean {
  return answer.columns.some(({ name, type }) => name === chart?.by && type === 'time')
}
