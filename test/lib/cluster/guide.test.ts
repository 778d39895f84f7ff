import { expect } from 'chai'
import { needsOf } from '../../../lib/cluster/permissions'
import { prices } from '../../../lib/cluster/prices'
import { Account } from '../../aws-stub/account'
import { readGuide, readGuidePolicy } from '../../aws-stub/guide'
import { actionsOf, allows } from '../../aws-stub/policy'
import { expand, faultOfParameters, parseTemplate, templateText } from '../../aws-stub/template'
import { Site } from './site'

const policy = readGuidePolicy()

describe('The guide to Amazon Redshift', () => {
  for (const serverless of [false, true]) {
    const kind = serverless ? 'Serverless' : 'a cluster'

    it(`has a policy that allows all that is asked beforehand, for ${kind}`, () => {
      const { caller, id, region } = new Account()
      const session = { account: { caller, id, region, partition: 'aws' }, name: 'sparkify' }
      const context = {
        'iam:PassedToService': 'redshift.amazonaws.com',
        'ec2:CreateAction': 'CreateSecurityGroup',
        'aws:ResourceTag/project': 'sparkify-warehouse',
      }
      for (const { on, actions } of needsOf(session, serverless)) {
        for (const action of actions)
          expect(allows(policy, { action, resource: on, context }), `${action} on ${on}`).to.equal(
            true,
          )
      }
    })

    it(`has a policy with which ${kind} is made, changed, looked at and removed`, async () => {
      const site = await Site.open({ policy })
      const lives = [
        () => site.up({ serverless }),
        () => site.up({ cidr: ['198.51.100.9'] }),
        () => site.status({ drift: true }),
        () => site.down({ snapshot: 'last-one' }),
      ]
      for (const live of lives) {
        const { code, text, report, said } = await live()
        expect(code, text).to.equal(0)
        expect(said).to.not.contain('not checked ahead')
        if (report && 'unseen' in report) expect(report.unseen).to.deep.equal([])
      }
      await site.close()
    })
  }

  it('allows no wildcard action, and all resources only where AWS knows no others', () => {
    expect(actionsOf(policy).filter((action) => action.includes('*'))).to.deep.equal([])
    const anywhere = policy.Statement.filter(({ Resource }) => Resource === '*')
    for (const action of anywhere.flatMap(({ Action }) => Action)) {
      expect(action).to.match(/:Describe|^tag:GetResources$/)
    }
  })

  it('has a deployment by the AWS command line that the template takes, and that makes what up makes', async () => {
    const [, block = ''] = /^(aws cloudformation deploy[^]*?)\naws /m.exec(readGuide()) ?? []
    const words = block.replaceAll('\\\n', ' ').match(/'[^']*'|\S+/g)!
    const given = Object.fromEntries(
      words
        .slice(words.indexOf('--parameter-overrides') + 1)
        .map((word) => word.replaceAll("'", '').split(/=(.*)/s).slice(0, 2) as [string, string]),
    )
    const template = parseTemplate(templateText)
    expect(faultOfParameters(template, given)).to.equal(undefined)
    const site = await Site.open()
    await site.up()
    const made = [...site.account.stacks[0]!.resources].map(([, { properties }]) => properties)
    const { resources } = expand(template, given, site.account.placeOf('sparkify'))
    expect([...resources.values()].map(({ properties }) => properties)).to.deep.equal(made)
    await site.close()
  })

  it('has the prices that the commands tell', () => {
    for (const [nodeType, price] of Object.entries(prices.node)) {
      expect(readGuide()).to.match(new RegExp(`^\\| one ${nodeType} node.* \\| ${price} `, 'm'))
    }
    expect(readGuide()).to.match(new RegExp(`^\\| Serverless, one RPU +\\| ${prices.rpu} `, 'm'))
  })
})
