import { describe, exitCodeOf, Unreachable } from '../warehouse/errors'
import { type Holding, itemOf, itemText } from './inventory'
import type { Removal } from './resources/resource'
import type { Session } from './session'

/**
 * Removes what is there, one after the other.
 * @throws Unreachable that lists what is still there
 */
export async function removeAll(
  due: Holding[],
  removal: Removal,
  { story, terminal, isRehearsed }: Session,
): Promise<void> {
  for (const [i, { resource, found }] of due.entries()) {
    const what = `${resource.kind} ${found.name}`
    story.push(`${what}: removal begun`)
    try {
      await resource.remove(found, removal)
    } catch (error) {
      if (exitCodeOf(error) !== 4) throw error
      const rest = due.slice(i).map((holding) => itemText(itemOf(holding)))
      const text = `${describe(error)}\nStill there:\n${rest.join('\n')}\nRun \`down\` again.`
      throw new Unreachable(text, { cause: (error as Error).cause })
    }
    story[story.length - 1] = `${what}: removed`
    if (!isRehearsed) terminal.notice(story.at(-1)!)
  }
}
