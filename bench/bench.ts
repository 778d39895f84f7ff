import { mkdirSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { copyProject } from '../tools/copied-project'
import { missingDuckDb } from './duckdb'
import { missingPsql } from './psql'
import { type Python, findPython } from './python'
import { type Sample, bucketsOf, sample } from './sample'
import { Warehouse } from './warehouse'

/** How much is measured. */
export interface Sizes {
  events: number
  small: number
  large: number
  songs: number
  rounds: number
}

/** The sample that a measurement is of: the usual one, or one to compare it with. */
export type Size = 'events' | 'small' | 'large'

/** The name of a measurement that there is for several sizes. */
export function at(name: string, size: Size): string {
  return size === 'events' ? name : `${name}-${size}`
}

/** A size in the text of a title or target. */
export const sizeText: Record<Size, string> = { events: '', small: ', small', large: ', large' }

/** What ours is compared with. */
export const rivals = ['psql', 'duckdb', 'python'] as const
export type Rival = (typeof rivals)[number]

interface Options {
  sizes: Sizes
  /** Where the samples are kept between runs, and everything else for one. */
  cache: string
  /** Rivals that are left out. */
  without: Rival[]
  signal: AbortSignal
  /** Told what is going on. */
  tell: (line: string) => void
}

/** What all measurements share: samples, warehouses, and what they are compared with. */
export class Bench {
  readonly #work: string
  readonly #loaded = new Map<number, Promise<Warehouse>>()
  readonly #warehouses: Warehouse[] = []

  private constructor(
    private readonly options: Options,
    readonly missing: Record<Rival, string | undefined>,
    readonly python: Python | undefined,
  ) {
    this.#work = mkdtempSync(join(options.cache, 'work-'))
    copyProject(this.project)
  }

  static async open(options: Options): Promise<Bench> {
    const { cache, without } = options
    mkdirSync(cache, { recursive: true })
    const isWanted = (rival: Rival) => !without.includes(rival)
    const leftOut = 'left out by --without'
    const python = isWanted('python') ? findPython() : undefined
    const missing = {
      psql: isWanted('psql') ? missingPsql() : leftOut,
      duckdb: isWanted('duckdb') ? await missingDuckDb() : leftOut,
      python: python
        ? undefined
        : isWanted('python')
          ? 'no python3 with psycopg2 (Debian: apt-get install python3-psycopg2)'
          : leftOut,
    }
    return new Bench(options, missing, python)
  }

  get sizes(): Sizes {
    return this.options.sizes
  }

  get signal(): AbortSignal {
    return this.options.signal
  }

  get tell(): (line: string) => void {
    return this.options.tell
  }

  /** The copy of the project whose commands are measured. */
  get project(): string {
    return join(this.#work, 'project')
  }

  /** A path of its own, removed in the end. */
  path(name: string): string {
    return join(this.#work, name)
  }

  /** Hands `work` a path at which there is no file, and removes what is there afterwards. */
  async withFile<T>(name: string, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.path(name)
    try {
      return await work(path)
    } finally {
      await remove(path)
    }
  }

  sample(events: number): Promise<Sample> {
    return sample(this.options.cache, events, this.sizes.songs)
  }

  /** A warehouse with nothing in it, in a folder of its own, and buckets with a sample. */
  emptyWarehouse(sample: Sample): Warehouse {
    const own = mkdtempSync(this.path('warehouse-'))
    const buckets = bucketsOf(sample, join(own, 'buckets'))
    const warehouse = new Warehouse(join(own, 'data'), buckets, this.project, this.signal)
    this.#warehouses.push(warehouse)
    return warehouse
  }

  /** A warehouse in which a sample was loaded at once; only read from. */
  loaded(events: number): Promise<Warehouse> {
    const loaded = this.#loaded.get(events) ?? this.#load(events)
    this.#loaded.set(events, loaded)
    return loaded
  }

  /** Keeps a warehouse as the one in which a sample is loaded, in place of a former one. */
  async keepLoaded(events: number, warehouse: Warehouse): Promise<void> {
    const former = await this.#loaded.get(events)
    this.#loaded.set(events, Promise.resolve(warehouse))
    if (former) await this.discard(former)
  }

  async discard(warehouse: Warehouse): Promise<void> {
    await warehouse.stopped()
    await remove(join(warehouse.folder, '..'))
  }

  async close(): Promise<void> {
    for (const warehouse of this.#warehouses) await warehouse.stopped()
    await remove(this.#work)
  }

  async #load(events: number): Promise<Warehouse> {
    const warehouse = this.emptyWarehouse(await this.sample(events))
    await warehouse.sparkify(['run'])
    return warehouse
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
