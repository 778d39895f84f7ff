import { expect } from 'chai'
import { parse } from 'dotenv'
import type { Trouble } from '../../aws-stub/account'
import { Refusal } from '../../aws-stub/refusal'
import { ownSettings, Site } from './site'

const capacity = 'Insufficient capacity: InsufficientClusterCapacity. Try again later.'
const trouble = (of: Partial<Trouble>): Trouble => ({
  ...{ logicalId: 'Cluster', how: 'CREATE', reason: capacity, times: 1 },
  ...of,
})
const well = /^(CREATE|UPDATE)_COMPLETE$/

/** Brings a stack into a state that AWS can leave it in. */
const states: Record<string, (site: Site) => Promise<unknown>> = {
  async REVIEW_IN_PROGRESS(site) {
    site.stub.fate = ({ name }) => (name === 'cloudformation:DescribeChangeSet' ? 'drop' : 'answer')
    await site.up()
  },
  async ROLLBACK_COMPLETE(site) {
    site.account.troubles = [trouble({})]
    await site.up()
  },
  async ROLLBACK_FAILED(site) {
    site.account.troubles = [trouble({ rollbackFails: true })]
    await site.up()
  },
  async UPDATE_ROLLBACK_COMPLETE(site) {
    await site.up()
    site.account.troubles = [trouble({ how: 'UPDATE' })]
    await site.up({ nodes: 2 })
  },
  async UPDATE_ROLLBACK_FAILED(site) {
    await site.up()
    site.account.troubles = [trouble({ how: 'UPDATE', rollbackFails: true })]
    await site.up({ nodes: 2 })
  },
  async DELETE_FAILED(site) {
    await site.up()
    const reason = 'resource sg-0123456789abcdef0 has a dependent object'
    site.account.troubles = [
      trouble({ logicalId: 'SecurityGroup', how: 'DELETE', reason, times: 2 }),
    ]
    const { code, text } = await site.down()
    expect(code).to.equal(4)
    expect(text).to.match(
      /SecurityGroup: resource sg-.* has a dependent object\nSomething else still uses it/,
    )
    expect(parse(site.settings)).to.include.keys('REDSHIFT_STACK')
  },
}

for (const [state, bring] of Object.entries(states)) {
  describe(`cluster, from a stack in ${state},`, () => {
    const within = (work: (site: Site) => Promise<void>) => async () => {
      const site = await Site.open()
      try {
        await bring(site)
        site.stub.mend()
        expect(site.account.stacks.at(-1)!.status).to.equal(state)
        await work(site)
      } finally {
        await site.close()
      }
    }

    it(
      'goes on by up, or says how',
      within(async (site) => {
        const { code, text } = await site.up()
        if (state === 'ROLLBACK_FAILED' || state === 'DELETE_FAILED') {
          expect([code, text]).to.satisfy(
            () => code === 4 && text.includes('`sparkify cluster down`'),
          )
          return
        }
        expect(code, text).to.equal(0)
        const { status, resources } = site.account.stacks.at(-1)!
        if (state !== 'UPDATE_ROLLBACK_COMPLETE' && state !== 'UPDATE_ROLLBACK_FAILED')
          expect(status).to.match(well)
        expect([...resources.keys()]).to.deep.equal(['Role', 'SecurityGroup', 'Cluster'])
        expect(parse(site.settings)).to.include.keys('REDSHIFT_STACK')
      }),
    )

    it(
      'says the state by status, with exit 4 unless it is well',
      within(async (site) => {
        const { report, text } = await site.status()
        expect(text).to.contain(`the stack sparkify is ${state}`)
        expect(report!.isWell).to.equal(state === 'UPDATE_ROLLBACK_COMPLETE')
      }),
    )

    it(
      'is removed by down',
      within(async (site) => {
        const { code, text } = await site.down()
        expect(code, text).to.equal(0)
        expect(site.account.resources).to.deep.equal([])
        expect(site.settings).to.equal(ownSettings)
      }),
    )
  })
}

describe('cluster', () => {
  let site: Site
  beforeEach(async () => (site = await Site.open()))
  afterEach(() => site.close())

  it('says which resource failed, why, and what to do', async () => {
    site.account.troubles = [trouble({})]
    const { code, text } = await site.up()
    expect(code).to.equal(4)
    expect(text).to.match(/ended in ROLLBACK_COMPLETE:\n {2}Cluster: Insufficient capacity/)
    expect(text).to.match(/Try another --node-type/)
    expect(site.settings).to.equal(ownSettings)
  })

  it('says why CloudFormation refuses a change set, and leaves no empty stack', async () => {
    site.account.refusesChangeSets = 'Resource sparkify-us-west-2 already exists'
    const { code, text } = await site.up()
    expect([code, text]).to.satisfy(() => code === 4 && text.includes('another --name'))
    expect(site.account.stacks.map(({ status }) => status)).to.deep.equal(['DELETE_COMPLETE'])
  })

  it('leaves behind, with --force, what cannot be deleted, says what it is, and exits with 4', async () => {
    await site.up()
    site.account.troubles = [trouble({ logicalId: 'SecurityGroup', how: 'DELETE', times: 9 })]
    const { report, text } = await site.down({ force: true, timeout: 0.003 })
    expect(report!.left.join()).to.include('SecurityGroup (AWS::EC2::SecurityGroup)')
    expect(report!.settingsRemoved).to.equal(false)
    expect(text).to.match(/Still there:/)
  })

  it('touches no stack of the name that is of another template', async () => {
    const stack = site.account.newStack('sparkify')
    stack.status = 'CREATE_COMPLETE'
    for (const command of ['up', 'status', 'down'] as const) {
      const { code, text } = await site[command]()
      expect([code, text]).to.satisfy(() => code === 2 && text.includes('not ours'))
    }
    expect(site.stub.writes).to.deep.equal([])
  })

  it('resumes a paused cluster', async () => {
    await site.up()
    site.account.state = 'paused'
    const { code, said } = await site.up()
    expect(code).to.equal(0)
    expect(said).to.match(/is paused, and is resumed/)
    expect(site.account.state).to.equal('available')
  })

  it('waits for another up, and then has nothing to do: two at once make one warehouse', async () => {
    let isBegun = false
    site.stub.happen = ({ name }) => {
      // Another command's change set is executed just before ours.
      if (name !== 'cloudformation:ExecuteChangeSet' || isBegun) return
      isBegun = true
      const [stack] = site.account.stacks
      const [id] = [...stack!.changeSets.keys()]
      execute(site, id!)
    }
    const { code, text, said } = await site.up()
    expect(code, text).to.equal(0)
    expect(said).to.match(/another command is at it/)
    expect(said).to.match(/nothing to change/)
    expect(site.account.resources).to.have.length(3)
  })

  it('waits for the secret of Serverless before it says done', async () => {
    site.account.secretLooks = 3
    const { code } = await site.up({ serverless: true, signIn: 'secret' })
    expect(code).to.equal(0)
    expect(parse(site.settings).REDSHIFT_SECRET_ARN).to.equal(site.account.secretOf('sparkify'))
  })

  it('refuses a last snapshot whose name is taken, and removes nothing', async () => {
    await site.up()
    site.account.snapshots.set('taken', { arn: 'arn', looks: 0, of: 'other' })
    const { code, text } = await site.down({ snapshot: 'taken' })
    expect([code, text]).to.satisfy(
      () => code === 4 && text.includes('another name for --snapshot'),
    )
    expect(site.account.resources).to.have.length(3)
  })

  for (const [what, fate] of [
    ['HTML', 'html'],
    ['no connection', 'drop'],
    ['AccessDenied', new Refusal('AccessDeniedException', 'not allowed', 400)],
  ] as const) {
    it(`never says that nothing is left where the Tagging API gave ${what}`, async () => {
      await site.up()
      site.stub.fate = ({ name }) => (name === 'tag:GetResources' ? fate : 'answer')
      const { report, text } = await site.down()
      expect(report!.unseen).to.have.length(1)
      expect(text)
        .to.match(/Not looked at/)
        .and.not.match(/Nothing of/)
      expect(report!.settingsRemoved).to.equal(false)
    })
  }

  it('says what is still listed after a while, and does not say that nothing is left', async () => {
    await site.up()
    site.account.ghosts = Infinity
    const { report, text } = await site.down({ timeout: 0.003 })
    expect(report!.left).to.have.length(2)
    expect(text).to.not.match(/Nothing of/)
  })

  it('asks IAM beforehand what up and down need, and names what is missing', async () => {
    const limited = await Site.open({
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'A', Effect: 'Allow', Action: ['iam:SimulatePrincipalPolicy'], Resource: '*' },
          { Sid: 'B', Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: '*' },
        ],
      },
    })
    const { code, text } = await limited.up()
    await limited.close()
    expect(code).to.equal(4)
    expect(text).to.match(
      /redshift:DeleteCluster on arn:aws:redshift:us-west-2:123456789012:cluster:sparkify/,
    )
    expect(limited.stub.writes).to.deep.equal([])
  })
})

function execute(site: Site, id: string): never {
  const [stack] = site.account.stacks
  const set = stack!.changeSets.get(id)!
  stack!.changeSets.clear()
  stack!.parameters = set.parameters
  site.account.begin(stack!, 'CREATE', () => {
    for (const { logicalId, type } of set.changes)
      site.account.step(stack!, logicalId, type, 'CREATE', () =>
        site.account.put(stack!, logicalId, set.expanded.resources.get(logicalId)!),
      )
    site.account.end(stack!, 'CREATE', () => {
      stack!.outputs = Object.fromEntries(set.expanded.outputs())
    })
  })
  throw new Refusal('ChangeSetNotFound', `ChangeSet [${id}] does not exist`, 404)
}
