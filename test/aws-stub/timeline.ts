/** What is to happen to a thing, look by look: time passes when somebody asks for it. */
export class Timeline {
  #steps: (() => void)[] = []

  /** Lets `happen` come with the look number `looks` from now on; with none, now. */
  after(looks: number, happen: () => void): void {
    if (looks === 0) return happen()
    const waits = Array.from({ length: looks - 1 }, () => () => {})
    this.#steps.push(...waits, happen)
  }

  /** Lets all of it come a look later. */
  wait(): void {
    this.#steps.unshift(() => {})
  }

  /** Somebody looks. */
  pass(): void {
    this.#steps.shift()?.()
  }
}
