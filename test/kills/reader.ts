import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import { offendersOf } from '../../models/audits'
import { allRows } from '../../models/scope'
import { auditsOf } from '../../lib/load/audit'
import { rowsOf } from '../warehouse'

/** The audits of the star, each as one statement, as whoever reads the star at any moment might ask. */
const audits = models.flatMap((model) =>
  auditsOf(model)
    .filter(({ severity }) => severity !== 'warn')
    .map((audit) => ({
      name: `${model.name}: ${audit.name}`,
      sql: `select count(*) as count from (${offendersOf(audit, model, allRows)}) as offenders`,
    })),
)

const sizes = `select ${models.map(({ name }) => `(select count(*) from ${name}) as ${name}`).join(', ')}`

// Milliseconds between rounds, so that the loads get on as well.
const pause = 100

/** Somebody who reads the star over and over, and keeps what is wrong with it. */
export class Reader {
  readonly faults: string[] = []
  /** The numbers of rows per table that were seen together. */
  readonly seen = new Set<string>()
  rounds = 0
  #ended: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(private readonly knex: Knex) {}

  start(): void {
    this.#ended = this.#read()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#ended
  }

  /** Waits for a round that begins now, and ends. */
  async round(): Promise<void> {
    await this.#ask()
  }

  async #read(): Promise<void> {
    while (!this.#isStopped) {
      await this.#ask()
      this.rounds++
      await sleep(pause)
    }
  }

  async #ask(): Promise<void> {
    for (const { name, sql } of audits) {
      const [row] = await rowsOf(this.knex, sql)
      if (row!.count !== 0) this.faults.push(`${name}: ${String(row!.count)}`)
    }
    this.seen.add(JSON.stringify((await rowsOf(this.knex, sizes))[0]))
  }
}
