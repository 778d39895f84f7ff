import type { Aws, Call, Input, Operation, Output, Service } from './aws'
import { answers, type Things } from './rehearsal-answers'

/**
 * Stands for AWS in a dry run: notes each request, and answers as an account would in which everything
 * succeeds at once. It begins empty.
 */
export class Rehearsal implements Aws {
  readonly calls: Call[] = []
  readonly #things: Things

  constructor(region: string) {
    this.#things = { region, made: new Map() }
  }

  call<S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>> {
    const given = input as Record<string, unknown>
    this.calls.push({ service, operation, input: given })
    const answer = answers[`${service}:${operation}`]
    return Promise.resolve((answer?.(given, this.#things) ?? {}) as Output<S, O>)
  }
}
