import { Interrupted } from '../warehouse/errors'

/** Exit 130, with what has been begun and how to go on. */
class StoppedHalfway extends Interrupted {
  constructor(story: string) {
    super()
    this.message = story
  }
}

// Whatever holds the process after the message is left, in milliseconds.
const patience = 1000

/**
 * Runs `work` so that Ctrl-C ends it at once; what it had begun in AWS goes on there. A second Ctrl-C
 * ends the process.
 * @throws Interrupted with the story
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  story: () => string,
): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  const stop = () => {
    if (signal.aborted) process.exit(130)
    controller.abort(new StoppedHalfway(story()))
    setTimeout(() => process.exit(130), patience).unref()
  }
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  try {
    return await Promise.race([work(signal), stopped])
  } finally {
    if (!signal.aborted) for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop)
  }
}
