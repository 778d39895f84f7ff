import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { type Scenario, name, openScenario, ownSettings } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import { type Outcome, useCommands } from './command'

interface Kind {
  title: string
  words: string[]
  makes: string[]
  removes: string[]
  /** The settings that lead there, without what is new each time. */
  settings: Record<string, string>
}

const doors = [
  'iam:CreateRole',
  'iam:PutRolePolicy',
  'ec2:CreateSecurityGroup',
  'ec2:AuthorizeSecurityGroupIngress',
]
const doorsShut = [
  'ec2:RevokeSecurityGroupIngress',
  'ec2:DeleteSecurityGroup',
  'ec2:DeleteSecurityGroup', // the first time it is still in use
  'iam:DeleteRolePolicy',
  'iam:DeleteRole',
]
const role = `arn:aws:iam::123456789012:role/${name}-redshift`
const settings = {
  AWS_REGION: 'us-west-2',
  REDSHIFT_HOST: '127.0.0.1',
  REDSHIFT_DATABASE: 'dev',
  REDSHIFT_SIGN_IN: 'iam',
  IAM_ROLE_ARN: role,
}

const data = 'arn:aws:s3:::acme-music'
const work = 'arn:aws:s3:::acme-work'
/** What the role may do. */
const access = [
  [
    'Allow',
    's3:GetObject',
    [`${data}/log_data/*`, `${data}/log_json_path.json`, `${data}/song_data/*`, `${work}/loads/*`],
  ],
  ['Allow', 's3:PutObject', [`${work}/loads/*`]],
  ['Allow', 's3:GetBucketLocation', [data, work]],
  ['Allow', 's3:ListBucket', [data]],
  ['Allow', 's3:ListBucket', [work]],
]

const kinds: Kind[] = [
  {
    title: 'a provisioned cluster',
    words: [],
    // Redshift does not know the new role at first.
    makes: [...doors, 'redshift:CreateCluster', 'redshift:CreateCluster'],
    removes: ['redshift:DeleteCluster', ...doorsShut],
    settings: { ...settings, REDSHIFT_CLUSTER: name },
  },
  {
    title: 'Redshift Serverless',
    words: ['--serverless'],
    makes: [
      ...doors,
      'redshift-serverless:CreateNamespace',
      'redshift-serverless:CreateNamespace',
      'redshift-serverless:CreateWorkgroup',
    ],
    removes: [
      'redshift-serverless:DeleteWorkgroup',
      'redshift-serverless:DeleteNamespace',
      ...doorsShut,
    ],
    settings: { ...settings, REDSHIFT_WORKGROUP: name },
  },
]

/** What a command said, and how things stood after it. */
interface Moment extends Outcome {
  writes: string[]
  things: ReturnType<typeof thingsIn>
  settings: string
}

describe('sparkify cluster', () => {
  const commands = useCommands()

  const lifeOf = sideBySide(kinds, async ({ words }) => {
    const scenario = await openScenario(commands)
    const after = async (command: Promise<Outcome>): Promise<Moment> => {
      const before = scenario.stub.writes.length
      const outcome = await command
      const writes = scenario.stub.writes.slice(before)
      return { ...outcome, writes, things: thingsIn(scenario), settings: scenario.settings }
    }
    const made = await after(scenario.up([...words, '--ttl', '8', '--owner', 'Ada']))
    const files = filesOf(scenario)
    const again = await after(scenario.up(words))
    const [json, text] = [await scenario.status(['--json']), await scenario.status()]
    const removed = await after(scenario.down())
    const removedAgain = await after(scenario.down(['--json']))
    await scenario.close()
    const { port } = scenario.stub.account.address
    return { port, made, files, again, json, text, removed, removedAgain }
  })

  for (const kind of kinds) {
    describe(`with ${kind.title}`, () => {
      it('makes all of it in an empty account', async () => {
        const { port, made } = await lifeOf(kind)
        expect(made.code, made.stderr).to.equal(0)
        expect(made.stdout).to.contain(`127.0.0.1:${port}`)
        expect(made.stderr).to.match(/It costs about \$\d/)
        expect(made.writes).to.deep.equal(kind.makes)
      })

      it('gives Redshift a role that reads the data and writes the work folder, nothing more', async () => {
        const { trust, policy } = (await lifeOf(kind)).made.things.role!
        expect(JSON.parse(trust)).to.have.nested.property('Statement[0].Action', 'sts:AssumeRole')
        const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] }
        const allowed = Statement.map(({ Effect, Action, Resource }) => [Effect, Action, Resource])
        expect(allowed).to.deep.equal(access)
      })

      it('lets in the one address only', async () => {
        const [rule, ...others] = (await lifeOf(kind)).made.things.rules
        expect(rule).to.include({
          protocol: 'tcp',
          from: 5439,
          to: 5439,
          network: '203.0.113.7/32',
        })
        expect(others).to.deep.equal([])
      })

      it('tags everything with project, name, owner and time to live', async () => {
        const { tags } = (await lifeOf(kind)).made.things
        expect(tags).to.have.length(kind.settings.REDSHIFT_CLUSTER ? 4 : 5)
        const expected = { project: 'sparkify-warehouse', name, owner: 'Ada', 'ttl-hours': '8' }
        for (const tagged of tags) expect(tagged).to.include(expected)
      })

      it('writes the settings into .env, for its owner only, and keeps the former file', async () => {
        const { made, files } = await lifeOf(kind)
        expect(made.settings.startsWith(ownSettings)).to.equal(true)
        const written = settingsIn(made.settings.slice(ownSettings.length))
        expect(written).to.include(kind.settings)
        expect(written).to.not.have.any.keys('REDSHIFT_PASSWORD', 'REDSHIFT_USER')
        expect(files).to.deep.equal({ mode: '600', kept: [ownSettings] })
      })

      it('finds all of it there when it is run again, and makes nothing', async () => {
        const { again } = await lifeOf(kind)
        expect(again.code, again.stderr).to.equal(0)
        expect(again.writes).to.deep.equal([])
      })

      it('says what there is, as JSON too', async () => {
        const { json, text } = await lifeOf(kind)
        expect(json.code, json.stderr).to.equal(0)
        const report = JSON.parse(json.stdout) as Status
        const warehouse = report.resources.filter(({ id }) => /:redshift/.test(id))
        expect(warehouse.map(({ state }) => state)).to.include('available')
        expect(report.hoursLeft).to.be.within(7.9, 8)
        expect(report.settingsDiffer).to.deep.equal([])
        expect(text.stdout).to.contain('The settings lead there.')
      })

      it('removes all of it, in order, and the settings', async () => {
        const { removed } = await lifeOf(kind)
        expect(removed.code, removed.stderr).to.equal(0)
        expect(removed.stdout).to.contain(`Nothing of ${name} is left in us-west-2.`)
        expect(removed.writes).to.deep.equal(kind.removes)
        expect(removed.things.left).to.deep.equal([])
        expect(removed.settings).to.equal(ownSettings)
      })

      it('removes nothing more when it is run again', async () => {
        const { code, stdout, stderr, writes } = (await lifeOf(kind)).removedAgain
        expect(code, stderr).to.equal(0)
        const nothing = { removed: [], left: [], settingsRemoved: false }
        expect(JSON.parse(stdout)).to.deep.include(nothing)
        expect(writes).to.deep.equal([])
      })
    })
  }
})

interface Status {
  resources: { id: string; state: string }[]
  hoursLeft: number
  settingsDiffer: unknown[]
}

/** What is in the account, as the tests look at it. */
function thingsIn({ stub }: Scenario) {
  const { roles, groups, clusters, namespaces, workgroups } = stub.account
  const things = [roles, groups, clusters, namespaces, workgroups].flatMap((all) => [
    ...all.values(),
  ])
  const rules = [...groups.values()].flatMap((group) => group.rules)
  const [role] = roles.values()
  return {
    left: stub.account.leftovers(),
    role: role && { trust: role.trust, policy: [...role.policies.values()].join() },
    rules,
    tags: [...things, ...rules].map(({ tags }) => tags),
  }
}

/** Who may read `.env`, and what the former files beside it hold. */
function filesOf({ project: { envFile, folder } }: Scenario) {
  const mode = (statSync(envFile).mode & 0o777).toString(8)
  const kept = readdirSync(folder).filter((file) => /^\.env\.(?!example$)/.test(file))
  return { mode, kept: kept.map((file) => readFileSync(join(folder, file), 'utf8')) }
}

function settingsIn(text: string): Record<string, string> {
  const lines = text.trim().split('\n')
  return Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
}
