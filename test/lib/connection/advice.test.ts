import { expect } from 'chai'
import { describe as describeError, exitCodeOf } from '../../../lib/warehouse/errors'

const coded = (code: string) => Object.assign(new Error('no'), { code })

describe('what ends the way to a session has exit code 4 and says what to do', () => {
  for (const [error, advice] of [
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'Set REDSHIFT_HOST to the address'],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'NODE_EXTRA_CA_CERTS'],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'NODE_EXTRA_CA_CERTS'],
    [coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'NODE_EXTRA_CA_CERTS'],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'NODE_EXTRA_CA_CERTS'],
    [coded('CERT_HAS_EXPIRED'), 'the clock'],
    [new Error('The server does not support SSL connections'), 'encrypted connections only'],
    [coded('ECONNREFUSED'), '`sparkify cluster status`'],
    [coded('ENOTFOUND'), 'Check the network'],
    [new Error('Connection terminated unexpectedly'), 'Run the command again'],
    [new Error('timeout expired'), '`sparkify cluster status`'],
  ] as const) {
    it('code' in error ? error.code : error.message, () => {
      expect(exitCodeOf(error)).to.equal(4)
      expect(describeError(error))
        .to.match(/^[^\n]+\n[^\n]+$/)
        .and.to.contain(advice)
    })
  }

  it('and nothing else does', () => {
    for (const error of [coded('42601'), new Error('SELF_SIGNED_CERT and more')]) {
      expect(exitCodeOf(error)).to.equal(1)
      expect(describeError(error)).to.equal(error.message)
    }
  })
})
