import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DownReport, down } from '../../../lib/cluster/down'
import type { Rehearsed } from '../../../lib/cluster/session'
import { type StatusReport, status } from '../../../lib/cluster/status'
import type { Terminal } from '../../../lib/cluster/terminal'
import { type UpReport, up } from '../../../lib/cluster/up'
import { type Wishes, defaultWishes } from '../../../lib/cluster/wishes/wishes'
import { MockedAws } from './mocked-aws'

export const dataSettings = `LOG_DATA=s3://sparkify-data/log_data
SONG_DATA=s3://sparkify-data/song_data
LOG_JSONPATH=s3://sparkify-data/log_json_path.json
WORK_DATA=s3://sparkify-work/loads
`

/** A mocked account, a file of settings, and a user who says nothing but what the test has him say. */
export class Site {
  aws = new MockedAws()
  readonly said: string[] = []
  /** What the user answers; undefined: there is no terminal. */
  answers: string[] | undefined
  readonly folder = mkdtempSync(join(tmpdir(), 'cluster-site-'))
  readonly envFile = join(this.folder, '.env')

  constructor() {
    writeFileSync(this.envFile, dataSettings)
  }

  async up(wishes: Partial<Wishes> = {}, options: object = {}): Promise<UpReport> {
    const wanted = { ...defaultWishes, cidr: '203.0.113.7/32', ...wishes }
    return (await up(wanted, this.#options(options), this.#terminal())) as UpReport
  }

  async rehearseUp(wishes: Partial<Wishes> = {}): Promise<Rehearsed> {
    return (await this.up(wishes, { dryRun: true })) as unknown as Rehearsed
  }

  async down(options: object = {}): Promise<DownReport> {
    return (await down(this.#options(options), this.#terminal())) as DownReport
  }

  async rehearseDown(): Promise<Rehearsed> {
    return (await this.down({ dryRun: true })) as unknown as Rehearsed
  }

  async status(): Promise<StatusReport> {
    return (await status(this.#options({}), this.#terminal())) as StatusReport
  }

  get settings(): string {
    return readFileSync(this.envFile, 'utf8')
  }

  close(): void {
    this.aws.restore()
    rmSync(this.folder, { recursive: true })
  }

  #options(options: object) {
    const { envFile } = this
    const waiting = { poll: 0, timeout: 0.002 }
    const always = { name: 'sparkify', region: 'us-west-2', snapshot: undefined, envFile }
    return { ...always, ...waiting, dryRun: false, yes: this.answers === undefined, ...options }
  }

  #terminal(): Terminal {
    return {
      isInteractive: this.answers !== undefined,
      notice: (text) => void this.said.push(text),
      ask: (question) => {
        this.said.push(question)
        return Promise.resolve(this.answers?.shift() ?? '')
      },
      begin: (what) => void this.said.push(what),
      state: (state) => void this.said.push(state),
      end: () => {},
    }
  }
}

const variables = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}

/** A site for each test of a file, with credentials that nobody checks. */
export function useSite(): { site: Site } {
  const current = {} as { site: Site }
  const former = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  before(() => Object.assign(process.env, variables))
  beforeEach(() => (current.site = new Site()))
  afterEach(() => current.site.close())
  after(() => {
    for (const [name, value] of former) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  return current
}
