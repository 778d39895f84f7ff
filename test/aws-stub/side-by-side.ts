// More processes at once would only wait for each other.
const limit = 4

/** Plays all cases before the tests of a suite, some at a time; each test waits for its own. */
export function sideBySide<Case, Result>(
  cases: Case[],
  play: (one: Case) => Promise<Result>,
): (one: Case) => Promise<Result> {
  const results = new Map<Case, Promise<Result>>()
  before(() => {
    const busy: Promise<unknown>[] = []
    for (const [i, one] of cases.entries()) {
      const former = busy[i - limit] ?? Promise.resolve()
      const result = former.then(() => play(one))
      result.catch(() => {}) // its test is told
      busy.push(result.catch(() => {}))
      results.set(one, result)
    }
  })
  return (one) => results.get(one)!
}
