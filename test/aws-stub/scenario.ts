import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { type Server, createServer } from 'node:net'
import { join } from 'node:path'
import type { Commands, Outcome, Running, Variables } from '../scripts/command'
import type { AccountOptions } from './account'
import { expiredCredentials, goodCredentials } from './credentials'
import { readGuidePolicy } from './guide'
import { Project } from './project'
import { type AwsStub, startAwsStub } from './stub'
import { portOf } from './tls-proxy'

/** What stands in `.env` before anything is made. */
export const ownSettings = `# Where the data is.
LOG_DATA=s3://acme-music/log_data
LOG_JSONPATH=s3://acme-music/log_json_path.json
SONG_DATA=s3://acme-music/song_data
WORK_DATA=s3://acme-work/loads

UNRELATED='stays as it is'
`

/** The name of what the scenarios make. */
export const name = 'sparkify-test'

const always = ['--name', name, '--poll', '0.02']

/** An account with a caller who may do what the guide says, and a project folder. */
export class Scenario {
  constructor(
    readonly stub: AwsStub,
    readonly project: Project,
    private readonly door: Server,
  ) {}

  start(words: string[], variables: Variables = {}): Running {
    return this.project.start(['cluster', ...words, ...always], variables)
  }

  up(words: string[] = [], variables: Variables = {}): Promise<Outcome> {
    return this.#cluster(upWith(words), variables)
  }

  startUp(words: string[] = []): Running {
    return this.start(upWith(words))
  }

  down(words: string[] = [], variables: Variables = {}): Promise<Outcome> {
    return this.#cluster(['down', '--yes', ...words], variables)
  }

  status(words: string[] = [], variables: Variables = {}): Promise<Outcome> {
    return this.#cluster(['status', ...words], variables)
  }

  #cluster(words: string[], variables: Variables): Promise<Outcome> {
    return this.run(['cluster', ...words, ...always], variables)
  }

  /** Any command, on what was made. */
  run(words: string[], variables: Variables = {}): Promise<Outcome> {
    return this.project.run(words, variables)
  }

  /** The text of `.env`. */
  get settings(): string {
    const { envFile } = this.project
    return existsSync(envFile) ? readFileSync(envFile, 'utf8') : ''
  }

  async close(): Promise<void> {
    this.door.close()
    await this.stub.close()
  }
}

let made = 0

/** Starts a scenario of its own account and folder; `options` and `variables` say what differs. */
export async function openScenario(
  commands: Commands,
  options: Partial<AccountOptions> = {},
  variables: Variables = {},
): Promise<Scenario> {
  const door = await openDoor()
  const address = { host: '127.0.0.1', port: portOf(door) }
  const stub = await startAwsStub({
    address,
    policy: readGuidePolicy(),
    handedOut: commands.secrets,
    ...options,
  })
  commands.secrets.push(
    goodCredentials.AWS_SECRET_ACCESS_KEY,
    expiredCredentials.AWS_SECRET_ACCESS_KEY,
    expiredCredentials.AWS_SESSION_TOKEN,
  )
  const folder = join(commands.folder, `project${++made}`)
  const project = new Project(commands, folder, { ...stub.variables, ...variables })
  writeFileSync(project.envFile, ownSettings)
  return new Scenario(stub, project, door)
}

/** Where a cluster is said to answer: somebody is there. */
async function openDoor(): Promise<Server> {
  const door = createServer((socket) => socket.on('error', () => {}).end())
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  return door
}

/** The words of `up`: what a test says of the range holds in place of ours. */
function upWith(words: string[]): string[] {
  const range = words.includes('--cidr') ? [] : ['--cidr', '203.0.113.7/32']
  return ['up', ...range, '--public', '--yes', ...words]
}
