import type { Call } from '../calls'
import type { SessionView } from '../parse'

/** How a call is made the engine's. The test runs each example and compares its first column's rows. */
export interface FunctionRule {
  names: string[]
  fact: string
  example: string
  expected: unknown[]
  /** What the column of the example is called. */
  label?: string
  rewrite: (call: Call, session: SessionView) => void
}

/** The frame of a window that ranks values by its order and then takes all of them together. */
export const wholePartition = 'rows between unbounded preceding and unbounded following'
