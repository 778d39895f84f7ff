import { expect } from 'chai'
import { statusText } from '../../../lib/cluster/texts'
import { useSite } from './site'

describe('cluster status', () => {
  const at = useSite()

  it('tells of nothing where nothing is', async () => {
    const report = await at.site.status()
    expect(report).to.deep.include({ resources: [], foreign: [], costSoFar: undefined })
    expect(statusText(report)).to.equal(
      'Nothing of sparkify is there in us-west-2, account 123456789012.',
    )
  })

  it('tells what exists, where it answers, since when, and that the settings lead there', async () => {
    await at.site.up()
    const report = await at.site.status()
    expect(report.resources.map(({ kind, state }) => [kind, state])).to.deep.equal([
      ['IAM role', 'there'],
      ['security group', 'there'],
      ['ingress rule', '203.0.113.7/32 (port 5439)'],
      ['cluster', 'available'],
    ])
    expect(report.endpoint).to.include({ host: 'cluster.example', port: 5439, database: 'dev' })
    expect(report.since).to.equal('1970-01-01T00:00:00.000Z')
    expect(report.settingsDiffer).to.deep.equal([])
    expect(statusText(report)).to.include('The settings lead there.')
  })

  it('says which settings lead elsewhere', async () => {
    await at.site.up({ serverless: true })
    at.site.aws.made.get('workgroup')!.endpoint = { address: 'moved.example', port: 5440 }
    const { settingsDiffer } = await at.site.status()
    expect(settingsDiffer).to.deep.equal([
      { setting: 'REDSHIFT_HOST', found: 'work.example', expected: 'moved.example' },
      { setting: 'REDSHIFT_PORT', found: '5439', expected: '5440' },
    ])
  })

  it('says when its time is over', async () => {
    await at.site.up({ ttl: 8 })
    const report = await at.site.status()
    expect(report.hoursLeft).to.be.within(7.9, 8)
    expect(statusText(report)).to.match(/It is to live until \S+, 8\.0 hours more\./)
    expect(statusText({ ...report, hoursLeft: -3 })).to.include('3.0 hours past that')
  })

  it('names what has the name and not our tags', async () => {
    at.site.aws.made.set('role', { Arn: 'ROLE', RoleName: 'sparkify-redshift', Tags: [] })
    expect(statusText(await at.site.status())).to.include('sparkify-redshift (ROLE): not ours')
  })
})
