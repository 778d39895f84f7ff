import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { down, downText } from '../../../lib/cluster/down'
import type { DownOptions, UpOptions } from '../../../lib/cluster/options'
import { status, type StatusOptions, statusText } from '../../../lib/cluster/status'
import type { Terminal } from '../../../lib/cluster/terminal'
import { up, upText } from '../../../lib/cluster/up'
import { describe as describeError, exitCodeOf } from '../../../lib/warehouse/errors'
import { Account, type AccountOptions } from '../../aws-stub/account'
import { AwsStub } from '../../aws-stub/stub'

/** What stands in `.env` before anything is made. */
export const ownSettings = `# Where the data is.
LOG_DATA=s3://acme-music/log_data
LOG_JSONPATH=s3://acme-music/log_json_path.json
SONG_DATA=s3://acme-music/song_data
WORK_DATA=s3://acme-work/loads
AWS_REGION=us-west-2

UNRELATED='stays as it is'
`

/** How a command ended: what it reports, or why it failed, and all that it said. */
export interface Ended<Report> {
  code: number
  report: Report | undefined
  /** What it printed or failed with. */
  text: string
  said: string
}

let door: Promise<AddressInfo> | undefined

/** Where the warehouses of all accounts answer: it takes connections, and says nothing. */
async function openDoor(): Promise<AddressInfo> {
  const server = createServer((socket) => socket.on('error', () => {}).end()).unref()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server.address() as AddressInfo
}

/** An account and a folder with its `.env`, and the commands there, in this process. */
export class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'cluster-'))
  readonly envFile = join(this.folder, '.env')
  readonly stub: AwsStub
  /** Where the commands are called from, and by whom. */
  variables: Record<string, string> = {}
  answers: string[] | undefined

  private constructor(
    readonly account: Account,
    others: Account[],
  ) {
    this.stub = new AwsStub([account, ...others])
    writeFileSync(this.envFile, ownSettings)
  }

  static async open(options: AccountOptions = {}, others: Account[] = []): Promise<Site> {
    const { port } = await (door ??= openDoor())
    const site = new Site(new Account({ address: { host: '127.0.0.1', port }, ...options }), others)
    await site.stub.listen()
    return site
  }

  /** A site where all is as it is here, once what was begun here has ended. */
  async copy(): Promise<Site> {
    const site = await Site.open()
    site.account.adopt(this.account)
    writeFileSync(site.envFile, this.settings)
    return site
  }

  async close(): Promise<void> {
    await this.stub.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  get settings(): string {
    return readFileSync(this.envFile, 'utf8')
  }

  up(given: Partial<UpOptions> = {}) {
    const nothing = {
      ...{ serverless: undefined, nodeType: undefined, nodes: undefined, baseRpu: undefined },
      ...{ maxRpu: undefined, database: undefined, port: undefined, public: true, ttl: undefined },
      ...{ cidr: ['203.0.113.7/32'], allowWideCidr: false, vpc: undefined, subnets: undefined },
      ...{ kmsKey: undefined, dataKmsKey: undefined, logs: undefined, signIn: undefined },
      owner: undefined,
    }
    const options = { ...this.#session, ...nothing, yes: !this.answers, dryRun: false, ...given }
    return this.#run((terminal) => up(options, terminal), upText)
  }

  status(given: Partial<StatusOptions> = {}) {
    const options = { ...this.#session, drift: false, ...given }
    return this.#run((terminal) => status(options, terminal), statusText)
  }

  down(given: Partial<DownOptions> = {}) {
    const nothing = { snapshot: undefined, force: false, dryRun: false, yes: !this.answers }
    const options = { ...this.#session, ...nothing, ...given }
    return this.#run((terminal) => down(options, terminal), downText)
  }

  get #session() {
    return {
      name: 'sparkify',
      region: undefined,
      envFile: this.envFile,
      poll: 0.001,
      timeout: 0.05,
    }
  }

  async #run<Report>(
    work: (terminal: Terminal) => Promise<Report>,
    textOf: (report: Report) => string,
  ): Promise<Ended<Report>> {
    const said: string[] = []
    const terminal: Terminal = {
      isInteractive: this.answers !== undefined,
      notice: (text) => said.push(text),
      ask: (question) => {
        said.push(question)
        return Promise.resolve(this.answers?.shift() ?? '')
      },
      ...{ state() {}, end() {} },
    }
    const former = process.env
    const { AWS_REGION, ...variables } = this.stub.variablesOf(this.account)
    expect(this.settings).to.contain(`AWS_REGION=${AWS_REGION}`)
    process.env = { PATH: former.PATH, AWS_MAX_ATTEMPTS: '1', ...variables, ...this.variables }
    try {
      const report = await work(terminal)
      return { code: 0, report, text: textOf(report), said: said.join('\n') }
    } catch (error) {
      const code = exitCodeOf(error)
      const text = code === 1 ? (error as Error).stack! : describeError(error)
      return { code, report: undefined, text, said: said.join('\n') }
    } finally {
      process.env = former
    }
  }
}
