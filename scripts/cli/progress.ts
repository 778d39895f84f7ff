import type { CopyProgress } from '../../lib/load/stage'
import { type StepReport, steps } from '../../lib/warehouse/steps'
import { formatCount } from '../../lib/warehouse/counts'
import type { Output } from './main'

/** Asks how far a step is, where that can be told. */
type Ask = (step: string) => Promise<CopyProgress | undefined>

const clearLine = '\r\x1b[K'

/**
 * Shows on stderr which step runs, while `work` does: a live line on a terminal, one line a step (and
 * one every ten seconds of a long step) elsewhere.
 */
export async function withProgress<T>(
  output: Output,
  work: () => Promise<T>,
  ask: Ask = () => Promise.resolve(undefined),
): Promise<T> {
  const { stderr } = output
  const display = stderr.isTTY ? new LiveLine(stderr, ask) : new PlainLines(stderr, ask)
  const begin = (name: string) => display.begin(name)
  const end = (report: StepReport) => display.end(report)
  const notice = (text: string) => {
    if (stderr.isTTY) stderr.write(clearLine)
    output.tell(text)
  }
  steps.on('begin', begin).on('end', end).on('notice', notice)
  try {
    return await work()
  } finally {
    steps.off('begin', begin).off('end', end).off('notice', notice)
    display.stop()
  }
}

/** What both displays share: a step, its clock, and a question asked every so often. */
abstract class Display {
  protected step = ''
  #began = 0
  #timer: NodeJS.Timeout | undefined

  constructor(
    protected readonly screen: Output['stderr'],
    private readonly ask: Ask,
    private readonly everyMs: number,
  ) {}

  protected abstract show(line: string): void
  abstract end(report: StepReport): void

  begin(name: string): void {
    this.step = name
    this.#began = performance.now()
    clearInterval(this.#timer) // a step that failed has no end, and may begin again
    this.#timer = setInterval(() => void this.#tick(), this.everyMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #tick(): Promise<void> {
    const step = this.step
    // Progress is a courtesy: where Redshift does not tell, the clock still runs.
    const progress = await this.ask(step).catch(() => undefined)
    if (step !== this.step) return
    const seconds = (performance.now() - this.#began) / 1000
    this.show(
      [`${step} …`, progressText(progress), secondsText(seconds)].filter(Boolean).join(', '),
    )
  }
}

class PlainLines extends Display {
  constructor(screen: Output['stderr'], ask: Ask) {
    super(screen, ask, 10_000)
  }

  protected show(line: string): void {
    this.screen.write(`${line}\n`)
  }

  end(report: StepReport): void {
    this.stop()
    this.screen.write(`${doneText(report)}\n`)
  }
}

class LiveLine extends Display {
  constructor(screen: Output['stderr'], ask: Ask) {
    super(screen, ask, 200)
  }

  override begin(name: string): void {
    super.begin(name)
    this.show(`${name} …`)
  }

  protected show(line: string): void {
    // A terminal that does not know its width says 0.
    this.screen.write(`${clearLine}${line.slice(0, (this.screen.columns || 80) - 1)}`)
  }

  end(report: StepReport): void {
    super.stop()
    this.step = ''
    this.show('')
    this.screen.write(`${doneText(report)}\n`)
  }

  override stop(): void {
    super.stop()
    this.show('')
  }
}

function doneText({ name, count, removed = 0, unit, seconds }: StepReport): string {
  const fewer = removed > count ? `, ${formatCount(removed)} removed` : ''
  return `${name}: ${formatCount(count)} ${unit}${fewer}, ${secondsText(seconds)}`
}

function progressText(progress: CopyProgress | undefined): string {
  if (progress === undefined) return ''
  const { files, rows, bytes } = progress
  return `${formatCount(files)} files, ${formatCount(rows)} rows, ${(bytes / 1e6).toFixed(1)} MB`
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(1)} s`
}
