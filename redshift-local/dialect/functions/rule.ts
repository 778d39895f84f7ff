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
