import { expect } from 'chai'
import { parse } from 'dotenv'
import { Account } from '../../aws-stub/account'
import { otherCredentials } from '../../aws-stub/credentials'
import { ownSettings, Site } from './site'

const kinds = [
  { title: 'a provisioned cluster', given: {}, holder: 'Cluster' },
  { title: 'Redshift Serverless', given: { serverless: true }, holder: 'Namespace' },
]

for (const { title, given, holder } of kinds) {
  describe(`cluster, with ${title},`, () => {
    let site: Site
    before(async () => (site = await Site.open()))
    after(() => site.close())
    const parameters = () => site.account.stacks.at(-1)!.parameters
    const rules = () =>
      JSON.stringify(site.account.stacks.at(-1)!.resources.get('SecurityGroup')!.properties)

    it('shows the change set in a dry run, and leaves nothing', async () => {
      const { code, text, said } = await site.up({ ...given, dryRun: true })
      expect(code, text).to.equal(0)
      expect(said).to.match(/\+ Role \(AWS::IAM::Role\)/)
      expect(said).to.match(/It costs about \$.* a month/)
      expect(site.account.stacks.map((stack) => stack.status)).to.deep.equal(['DELETE_COMPLETE'])
      expect(site.settings).to.equal(ownSettings)
    })

    it('asks, and leaves nothing where it is not agreed to', async () => {
      site.answers = ['n']
      const { code, text } = await site.up(given)
      site.answers = undefined
      expect([code, text]).to.deep.equal([2, 'Not agreed to: nothing was made.'])
      expect(site.account.resources).to.deep.equal([])
      expect(site.account.stacks.every((stack) => stack.status === 'DELETE_COMPLETE')).to.equal(
        true,
      )
    })

    it('makes all of it, following the events, and writes .env', async () => {
      const { code, text, said } = await site.up({ ...given, ttl: 8, port: 5440, signIn: 'secret' })
      expect(code, text).to.equal(0)
      expect(said).to.match(new RegExp(`${holder} CREATE_COMPLETE`))
      expect(said.match(/CREATE_COMPLETE/g)).to.have.length(site.account.resources.length + 1)
      expect(site.settings.startsWith(ownSettings)).to.equal(true)
      const settings = parse(site.settings)
      expect(settings).to.include({ REDSHIFT_HOST: '127.0.0.1', REDSHIFT_SIGN_IN: 'secret' })
      expect(settings.REDSHIFT_SECRET_ARN).to.equal(site.account.secretOf('sparkify'))
      expect(settings.REDSHIFT_STACK).to.equal(site.account.stacks.at(-1)!.id)
      expect(settings.IAM_ROLE_ARN).to.equal('arn:aws:iam::123456789012:role/sparkify-us-west-2')
    })

    it('forbids every update, whoever makes it, to replace or remove what holds the data', () => {
      expect(site.account.stacks.at(-1)!.policy).to.include('"Update:Replace","Update:Delete"')
    })

    it('changes nothing when it is run again with nothing said, and keeps port and sign-in', async () => {
      site.stub.mend()
      const nothing = { cidr: undefined, public: undefined }
      const { code, text, said } = await site.up(nothing)
      expect(code, text).to.equal(0)
      expect(said).to.contain('nothing to change')
      expect(parameters()).to.include({ Port: '5440', SignIn: 'secret', Public: 'true' })
      expect(site.stub.writes).to.not.include('cloudformation:ExecuteChangeSet')
      expect(parse(site.settings).REDSHIFT_SIGN_IN).to.equal('secret')
    })

    it('changes how to sign in, which changes no resource, and back', async () => {
      for (const signIn of ['iam', 'secret'] as const) {
        const { code, text } = await site.up({ signIn })
        expect(code, text).to.equal(0)
        expect(parse(site.settings).REDSHIFT_SIGN_IN).to.equal(signIn)
      }
    })

    it('changes who may connect, several ranges at once, and says old and new', async () => {
      const cidr = ['198.51.100.9/32', '192.0.2.0/28', '2001:db8::7']
      const { code, text, said } = await site.up({ cidr })
      expect(code, text).to.equal(0)
      expect(said).to.match(
        /~ SecurityGroup .*\n +SecurityGroupIngress: tcp 5440 203\.0\.113\.7\/32 → .*tcp 5440 192\.0\.2\.0\/28/,
      )
      for (const range of ['198.51.100.9/32', '192.0.2.0/28', '2001:db8::7/128'])
        expect(rules()).to.include(range)
      expect(rules()).to.not.include('203.0.113.7')
      expect(rules()).to.include('"FromPort":"5440"')
    })

    it('refuses what would replace the data, and says which property asks for it', async () => {
      const before = JSON.stringify([...site.account.stacks.at(-1)!.resources])
      const { code, text } = await site.up(
        holder === 'Cluster' ? { database: 'music' } : { serverless: false },
      )
      expect(code).to.equal(2)
      expect(text).to.match(
        holder === 'Cluster'
          ? /! Cluster .*: it would be replaced,\n +because of DBName: dev → music/
          : /- Namespace .*: it would be removed,\n +because of Kind/,
      )
      expect(JSON.stringify([...site.account.stacks.at(-1)!.resources])).to.equal(before)
      expect(site.account.stacks.at(-1)!.changeSets.size).to.equal(0)
    })

    it('never makes the other kind beside it, also where .env is lost', async () => {
      const { code, text } = await site.up({ serverless: holder === 'Cluster' })
      expect([code, text.match(/it would be removed/)?.length]).to.deep.equal([2, 1])
      expect(
        site.account.resources.filter((one) => /::(Cluster|Namespace) /.test(one)),
      ).to.have.length(1)
    })

    it('says how it stands', async () => {
      const { code, report, text } = await site.status()
      expect(code, text).to.equal(0)
      expect(report).to.deep.include({ isWell: true, warehouse: 'available', settingsDiffer: [] })
      expect(text).to.match(/It answers at 127\.0\.0\.1/)
      expect(text).to.match(
        /Who may connect: 198\.51\.100\.9\/32, 192\.0\.2\.0\/28, 2001:db8::7\/128/,
      )
      expect(text).to.match(
        /It is to live until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, 8\.0 hours more/,
      )
      expect(text).to.contain('The settings lead there.')
    })

    for (const state of ['paused', 'resizing', 'creating']) {
      it(`says that it is ${state}, not that it answers`, async () => {
        site.account.state = state
        const { report, text } = await site.status()
        site.account.state = 'available'
        expect(report!.isWell).to.equal(false)
        expect(text).to.contain(`The warehouse is ${state}.`).and.not.contain('It answers')
      })
    }

    it('sees with --drift a rule that somebody added, and names it', async () => {
      const path = 'SecurityGroupIngress.3'
      site.account.stacks
        .at(-1)!
        .resources.get('SecurityGroup')!
        .drift.push({
          ...{ PropertyPath: `/${path}`, ExpectedValue: '', DifferenceType: 'ADD' },
          ActualValue: '{"IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIp":"0.0.0.0/0"}',
        })
      const { report, text } = await site.status({ drift: true })
      expect(report!.isWell).to.equal(false)
      expect(text).to.match(
        /SecurityGroup .*SecurityGroupIngress\.3: nothing is declared, tcp 0 65535 0\.0\.0\.0\/0 is there/,
      )
    })

    it('says what would be removed in a dry run, and asks', async () => {
      const { said } = await site.down({ dryRun: true })
      expect(said).to.contain(`${holder} (AWS::Redshift`)
      site.answers = ['']
      expect((await site.down()).code).to.equal(2)
      site.answers = undefined
      expect(site.account.resources).to.not.deep.equal([])
    })

    it('is removed with a last snapshot, looks again until nothing is listed, and leaves the own lines of .env', async () => {
      site.account.ghosts = 2
      const { code, report, text } = await site.down({ snapshot: 'last-one' })
      expect(code, text).to.equal(0)
      expect(report).to.deep.include({ left: [], unseen: [], settingsRemoved: true })
      expect(report!.snapshots).to.have.length(1)
      expect(text).to.match(/Nothing of sparkify is left in us-west-2\.\nSnapshots that are kept/)
      expect(site.account.resources).to.deep.equal([])
      expect(site.settings).to.equal(ownSettings)
    })

    it('says the same when it is run again', async () => {
      const { code, report, text } = await site.down()
      expect(code, text).to.equal(0)
      expect(report).to.deep.include({ removed: [], left: [], settingsRemoved: false })
    })
  })
}

describe('cluster, in the wrong place,', () => {
  let site: Site
  const elsewhere = new Account({ region: 'eu-west-1' })
  const others = new Account({ id: '999999999999', credentials: otherCredentials })
  before(async () => {
    site = await Site.open({}, [elsewhere, others])
    expect((await site.up()).code).to.equal(0)
  })
  after(() => site.close())

  for (const command of ['up', 'status', 'down'] as const) {
    for (const [where, variables, said] of [
      ['region', { AWS_REGION: 'eu-west-1' }, /us-west-2, account 123456789012, .* eu-west-1/s],
      ['account', otherCredentials, /account 123456789012, .* account 999999999999/s],
    ] as const) {
      it(`refuses ${command} in another ${where}, says both, and touches nothing`, async () => {
        const before = [site.account.resources, site.settings]
        site.variables = variables
        const { code, text } = await site[command]()
        site.variables = {}
        expect(code, text).to.equal(2)
        expect(text).to.match(said)
        expect([site.account.resources, site.settings]).to.deep.equal(before)
      })
    }
  }

  it('removes nothing of another region’s warehouse of the same name, also without .env', async () => {
    site.variables = { AWS_REGION: 'eu-west-1', REDSHIFT_STACK: '' }
    const { code, report } = await site.down()
    site.variables = {}
    expect([code, report!.removed]).to.deep.equal([0, []])
    expect(site.account.resources).to.include('AWS::IAM::Role sparkify-us-west-2')
    expect(report!.settingsRemoved).to.equal(false)
  })
})
