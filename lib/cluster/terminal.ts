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

/** A live line on a terminal; elsewhere one line for each new state. */
export function openTerminal(screen: Screen): Terminal {
  const waiting = screen.isTTY ? liveLine(screen) : plainLines(screen)
  return {
    ...waiting,
    isInteractive: process.stdin.isTTY && screen.isTTY === true,
    // A live line may stand there.
    notice: (text) => screen.write(`${screen.isTTY ? '\r\x1b[K' : ''}${text}\n`),
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
  let waited = { what: '', usual: '', began: 0, last: '' }
  return {
    begin: (what, usual) => (waited = { what, usual, began: performance.now(), last: '' }),
    state(state) {
      if (state === waited.last) return
      waited.last = state
      screen.write(`${lineOf(waited.what, state, waited.began, waited.usual)}\n`)
    },
    end: () => {},
  }
}

function liveLine(screen: Screen): Watch {
  let timer: NodeJS.Timeout | undefined
  let line = () => ''
  const show = () => screen.write(`\r\x1b[K${line().slice(0, (screen.columns || 80) - 1)}`)
  let waited = { what: '', usual: '', began: 0 }
  return {
    begin: (what, usual) => (waited = { what, usual, began: performance.now() }),
    state(state) {
      line = () => lineOf(waited.what, state, waited.began, waited.usual)
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

function lineOf(what: string, state: string, began: number, usual: string): string {
  return `${what}: ${state}, ${elapsed(performance.now() - began)} so far, ${usual} is usual …`
}

function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
