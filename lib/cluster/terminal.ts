import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Watch } from './wait'

/** The user's terminal: what is said goes to stderr, and answers come from stdin. */
export interface Terminal extends Watch {
  /** Whether anybody is there to answer. */
  isInteractive: boolean
  notice: (text: string) => void
  /** '' where the user leaves. */
  ask: (question: string, signal: AbortSignal) => Promise<string>
}

type Screen = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

/** Where messages go; `tell` writes one in lines that fit. */
interface Messages {
  stderr: Screen
  tell: (text: string) => void
}

/** A live line on a terminal; elsewhere one line for each new state. */
export function openTerminal(messages: Messages): Terminal {
  const screen = messages.stderr
  const waiting = screen.isTTY ? liveLine(screen) : plainLines(screen)
  return {
    ...waiting,
    isInteractive: process.stdin.isTTY && screen.isTTY === true,
    notice(text) {
      if (screen.isTTY) screen.write('\r\x1b[K') // a live line may stand there
      messages.tell(text)
    },
    ask: (question, signal) => ask(screen, question, signal),
  }
}

async function ask(screen: Screen, question: string, signal: AbortSignal): Promise<string> {
  // Without `terminal`, Ctrl-C reaches the process as a signal.
  const lines = createInterface({ input: process.stdin, terminal: false })
  try {
    screen.write(question)
    const [answer] = (await Promise.race([
      once(lines, 'line', { signal }),
      once(lines, 'close', { signal }),
    ])) as [string | undefined]
    return (answer ?? '').trim()
  } finally {
    lines.close()
  }
}

function plainLines(screen: Screen): Watch {
  let last = ''
  return {
    state(state, line) {
      if (state === last) return
      last = state
      screen.write(`${line()}\n`)
    },
    end: () => (last = ''),
  }
}

function liveLine(screen: Screen): Watch {
  let timer: NodeJS.Timeout | undefined
  let latest = () => ''
  const show = () => screen.write(`\r\x1b[K${latest().slice(0, (screen.columns || 80) - 1)}`)
  return {
    state(_, line) {
      latest = line
      timer ??= setInterval(show, 1000)
      show()
    },
    end() {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      screen.write('\r\x1b[K')
    },
  }
}
