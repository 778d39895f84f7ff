import { expect } from 'chai'
import { resolveRegion } from '../../../../lib/cluster/aws/identity'
import { UsageError } from '../../../../lib/warehouse/errors'
import { refusal } from '../refusal'

describe('The region', () => {
  it('is the option, then AWS_REGION, then AWS_DEFAULT_REGION', async () => {
    const variables = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }
    expect(await resolveRegion('us-gov-west-1', variables)).to.equal('us-gov-west-1')
    expect(await resolveRegion(undefined, variables)).to.equal('eu-west-1')
    expect(await resolveRegion(undefined, { ...variables, AWS_REGION: '' })).to.equal('eu-west-2')
  })

  for (const region of ['', 'oregon', 'us-west', 'us-west-2a', 'US-WEST-2']) {
    it(`is not ${JSON.stringify(region)}`, async () => {
      const { message } = await refusal(resolveRegion(region, {}), UsageError)
      expect(message).to.include('an AWS region is expected, us-west-2')
    })
  }
})
