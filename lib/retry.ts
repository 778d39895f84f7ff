import { isConflict } from './errors'

// The other command has ended when we are told of it, so the next attempt meets another one at worst.
const attempts = 5

/** Does `work`, and again where another command was at the same tables at the same time. */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error
    }
  }
}
