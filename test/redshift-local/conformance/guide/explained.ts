import type { Judged } from './run'

/** Why a statement of the guide is answered otherwise than the guide says, and rightly so. */
interface Explanation {
  page: string
  /** `markOf` each statement. */
  marks: string[]
  fact: string
}

export const explanations: Explanation[] = []

const facts = new Map(
  explanations.flatMap(({ page, marks, fact }) => marks.map((mark) => [`${page} ${mark}`, fact])),
)

/** The fact by which a statement's answer is right, though the guide's page says otherwise. */
export function explanationOf({ page, mark }: Judged): string | undefined {
  return facts.get(`${page} ${mark}`)
}
