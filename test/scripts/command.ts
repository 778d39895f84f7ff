import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import createKnex, { type Knex } from 'knex'
import { Client } from 'pg'
import stringWidth from 'string-width'
import { isAlive } from '../../object-store/folder'
import environments, { closeLocalRedshift } from '../../knexfile'
import { guard } from '../../lib/warehouse/redact'
import { engineUser } from '../../redshift-local/engine/data-folder'
import { type Engine, openEngine } from '../../redshift-local/engine/engine'
import { prepareWarehouse } from '../prepared-warehouse'
import { checkDocument } from './documents'

export const projectFolder = resolve(__dirname, '..', '..')

/** The folder that holds the real data's bucket, where it lies beside the project. */
export const sharedBuckets = resolve(projectFolder, '..', 'shared')

/** What points a command to the real data. */
export const realData = {
  LOCAL_BUCKETS: sharedBuckets,
  LOG_DATA: 's3://real-data/log_data',
  SONG_DATA: 's3://real-data/song_data',
  LOG_JSONPATH: 's3://real-data/log_json_path.json',
}

export const hasRealData = existsSync(join(sharedBuckets, 'real-data'))

/** What a command finds in its environment; undefined: not set. */
export type Variables = Record<string, string | undefined>

/** How a command ended, and what it said. */
export interface Outcome {
  /** null where a signal ended it */
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A command under way. */
export interface Running {
  child: ChildProcess
  ended: Promise<Outcome>
  /** All so far. */
  said: Pick<Outcome, 'stdout' | 'stderr'>
  /** Resolves once it has said `text`; fails where it ends before. */
  says: (text: string) => Promise<void>
}

// Settings of whoever runs the tests, and of their .env, are not to reach the commands.
const example = readFileSync(join(projectFolder, '.env.example'), 'utf8')
const unset = Object.fromEntries(
  [...example.matchAll(/^#?([A-Z_\d]+)=/gm)].map(([, name]) => [name!, '']),
)
const withoutCloud = {
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('AWS_'))
      .map((name) => [name, undefined]),
  ),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
}

// What says how whoever runs the tests likes a terminal.
const asUsual = { NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: 'xterm' }

/** A data folder and buckets of a test file's own, and the commands of the project on them. */
export class Commands {
  /** Made by the first who writes there. */
  readonly folder = join(tmpdir(), `commands-${randomUUID()}`)
  readonly warehouse = join(this.folder, 'warehouse')
  readonly buckets = join(this.folder, 'buckets')
  /** What no command may say: a test adds what it plants; secret variables are known without. */
  readonly secrets: string[] = []
  /** What was said all the same. */
  readonly leaks: string[] = []
  #engine: Engine | undefined

  /** Runs `sparkify` in this process; where a process of its own is the point, `start` does. */
  async sparkify(
    words: string[],
    variables: Variables = {},
    project = projectFolder,
    screen: Writable = new Collector(),
  ): Promise<Outcome> {
    const outcome = await inTurn(() => runHere(words, this.environment(variables), project, screen))
    const { stdout, stderr } = outcome
    this.#refuseSecrets(words, { stdout, stderr }, variables)
    if (screen instanceof Collector) checkDocument(words, stdout)
    return outcome
  }

  /** Works with Knex on the warehouse as its command does, but in this process. */
  withKnex<Result>(work: (knex: Knex) => Promise<Result>): Promise<Result> {
    return inTurn(() =>
      within(this.environment(), projectFolder, async () => {
        const knex = createKnex(environments.development)
        try {
          return await work(knex)
        } finally {
          await knex.destroy()
          await closeLocalRedshift()
        }
      }),
    )
  }

  knex(words: string[], variables: Variables = {}): Promise<Outcome> {
    return this.start('knex', words, variables).ended
  }

  /** Starts a command, as `npx` would. */
  start(program: keyof typeof programs, words: string[], variables: Variables = {}): Running {
    return this.spawn([process.execPath, programs[program], ...words], variables)
  }

  /** Starts any program, with the environment of the commands. */
  spawn([file, ...words]: string[], variables: Variables = {}): Running {
    const child = spawn(file!, words, {
      cwd: projectFolder,
      env: this.environment(variables),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => (said[stream] += text))
    }
    const ended = once(child, 'close').then(([code, signal]) => {
      this.#refuseSecrets([file!, ...words], said, variables)
      if (words[0] === programs.sparkify && signal === null && said.stdout !== '')
        checkDocument(words.slice(1), said.stdout)
      return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...said }
    })
    ended.catch(() => {}) // whoever waits for it is told
    const says = (text: string) =>
      new Promise<void>((found, failed) => {
        const look = () => (said.stdout + said.stderr).includes(text) && found()
        for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', look)
        look()
        ended.then(
          ({ stdout, stderr }) => failed(new Error(`${text} was never said:\n${stdout}${stderr}`)),
          failed,
        )
      })
    return { child, ended, says, said }
  }

  #refuseSecrets(words: string[], said: Pick<Outcome, 'stdout' | 'stderr'>, given: Variables) {
    const secrets = [...secretsAmong(given), ...this.secrets]
    const leaks = Object.entries(said).flatMap(([stream, text]) =>
      secrets
        .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
        .map((secret) => `${words.join(' ')} says the secret ${secret} on ${stream}:\n${text}`),
    )
    this.leaks.push(...leaks)
    if (leaks.length > 0) throw new Error(leaks.join('\n'))
  }

  environment(variables: Variables = {}): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...unset,
      ...withoutCloud,
      ...asUsual,
      LOCAL_WAREHOUSE: this.warehouse,
      LOCAL_BUCKETS: this.buckets,
      REPORT: 'none', // whoever wants one says so
      ...variables,
    }
  }

  /** Puts a file into a bucket: `put('bucket/key', text)`. */
  put(path: string, content: string | Buffer): void {
    const file = join(this.buckets, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  /** Keeps the engine running until `end`: the commands are faster, and its own tongue can be spoken. */
  async keepEngine(): Promise<Engine> {
    await prepareWarehouse(this.warehouse)
    this.#engine ??= await openEngine(this.warehouse)
    return this.#engine
  }

  /** A session with the engine itself, past the local Redshift. */
  async connect(): Promise<Client> {
    const { socketFolder: host } = await this.keepEngine()
    const client = new Client({ host, port: 5432, user: engineUser, database: 'dev' })
    client.on('error', () => {}) // some tests kill the engine
    await client.connect()
    return client
  }

  /** The rows of a query to the engine itself. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    const client = await this.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** How many rows each table has, and a digest of them, whatever their order; without load times and their history. */
  async contents(): Promise<Record<string, string>> {
    const [tables] = await this.rows(`
      select coalesce(json_agg(tablename::text order by tablename), '[]') as names
      from pg_tables where schemaname = 'public' and tablename not like 'knex_%'`)
    const digests = (tables!.names as string[]).map((name) =>
      name === 'loads'
        ? `select 'loads' as name, 0 as rows, 'a history' as digest`
        : `
        select '${name}' as name, count(*)::int as rows,
          md5(coalesce(string_agg(line, ' ' order by line collate "C"), '')) as digest
        from (select (to_jsonb(t) - array['loaded_at', 'finished_at', 'audited_at', 'built_at'])::text as line from "${name}" as t) as lines`,
    )
    if (digests.length === 0) return {}
    const found = await this.rows(digests.join(' union all '))
    return Object.fromEntries(
      found.map(({ name, rows, digest }) => [String(name), `${String(rows)} ${String(digest)}`]),
    )
  }

  /** The engine's process, where it runs. */
  get postmaster(): number | undefined {
    const pid = Number(textOf(join(this.warehouse, 'postgres', 'postmaster.pid')).split('\n')[0])
    return pid > 0 && isAlive(pid) ? pid : undefined
  }

  letEngineGo(): void {
    this.#engine?.release()
    this.#engine = undefined
  }

  /** Resolves once the engine has stopped, as it does after its last user. */
  async engineStopped(): Promise<void> {
    this.letEngineGo()
    await until('the engine stops', () => this.postmaster === undefined)
  }

  async remove(): Promise<void> {
    await this.engineStopped()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

// A command reads the environment of its process: one at a time can have its own.
let turn: Promise<unknown> = Promise.resolve()

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = turn.then(work)
  turn = result.catch(() => {})
  return result
}

type Main = typeof import('../../scripts/cli/main')

async function runHere(
  words: string[],
  variables: NodeJS.ProcessEnv,
  project: string,
  stdout: Writable,
): Promise<Outcome> {
  const { main, Output } = requireFrom(join(project, 'scripts', 'cli', 'main.ts')) as Main
  const stderr = stdout instanceof Terminal ? new Terminal(stdout.columns) : new Collector()
  const flushes = [guard(stdout), guard(stderr)]
  const code = await within(variables, project, () => main(words, new Output(stdout, stderr)))
  for (const flush of flushes) flush()
  const said = stdout instanceof Collector ? stdout.text : ''
  return { code, signal: null, stdout: said, stderr: stderr.text }
}

async function within<Result>(
  variables: NodeJS.ProcessEnv,
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const [formerVariables, formerFolder] = [process.env, process.cwd()]
  process.env = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined),
  )
  process.chdir(folder)
  try {
    return await work()
  } finally {
    process.env = formerVariables
    process.chdir(formerFolder)
  }
}

const requireFrom = createRequire(__filename) as (file: string) => unknown

/** Keeps what is written to it, as text. */
export class Collector extends Writable {
  readonly #chunks: Buffer[] = []

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk)
    done()
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString()
  }
}

/** A terminal, for stdout and stderr alike. */
export class Terminal extends Collector {
  readonly isTTY = true

  constructor(readonly columns = 80) {
    super()
  }
}

/** Lines that a terminal has to break although they could be broken at a blank; code is to stay whole. */
export function tooWide(text: string, columns = 80): string[] {
  const lines = stripVTControlCharacters(text).split(/[\r\n]+/)
  return lines.filter((line) => stringWidth(line) > columns && /^ {0,5}[^ ]+ /.test(line))
}

/** A screen that takes nothing: a full disk, or a reader that has gone. */
export function failingScreen(code: 'ENOSPC' | 'EPIPE'): Writable {
  const error = Object.assign(new Error(`${code}: it was planted, write`), { code })
  return new Writable({ write: (_chunk, _encoding, done) => done(error) })
}

const programs = {
  sparkify: join('scripts', 'sparkify.js'),
  knex: join('node_modules', 'knex', 'bin', 'cli.js'),
}

/** Commands for the tests of a file; what they leave is removed in the end. None may say a secret. */
export function useCommands(): Commands {
  const commands = new Commands()
  after(async () => {
    await commands.remove()
    if (commands.leaks.length > 0) throw new Error(commands.leaks.join('\n'))
  })
  return commands
}

/** The values that are secret by the names of their variables; a short one could be anywhere. */
function secretsAmong(variables: Variables): string[] {
  return Object.entries(variables)
    .filter(([name]) => /PASSWORD|SECRET|TOKEN/.test(name) && !/_(ARN|FILE|DIR)$/.test(name))
    .map(([, value]) => value ?? '')
    .filter((value) => value.length >= 8)
}

function formsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}

/** What a file holds; nothing where it is not there, or no longer. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Waits for what has to come, and fails where it does not within half a minute. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; !(await holds()); i++) {
    if (i === 1500) throw new Error(`It never came that ${what}.`)
    await sleep(20)
  }
}
