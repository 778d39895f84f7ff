import { expect } from 'chai'
import { ObjectStoreError } from '../../../object-store/store'
import {
  DataRefused,
  describe as describeError,
  exitCodeOf,
  isConflict,
  Unreachable,
  UsageError,
} from '../../../lib/warehouse/errors'

const serverError = (code: string, message = 'no') =>
  Object.assign(new Error(message), { severity: 'ERROR', code })

describe('the exit code', () => {
  for (const [title, error, exitCode] of [
    ['wrong usage', new UsageError('no'), 2],
    ['refused data', new DataRefused('no'), 3],
    ['an unreachable warehouse', new Unreachable('no'), 4],
    ['a value that the server refuses', serverError('22P02'), 3],
    ['a failed COPY', serverError('XX000'), 3],
    ['a sign-in that is refused', serverError('28000'), 4],
    ['a missing right', serverError('42501'), 4],
    ['a server that shuts down', serverError('57P01'), 4],
    ['S3 that cannot be reached', serverError('58030'), 4],
    ['a bucket that nobody answers for', new ObjectStoreError('unreachable', 'no'), 4],
    ['a bucket that may not be read', new ObjectStoreError('access denied', 'no'), 3],
    ['a bucket that does not exist', new ObjectStoreError('no such bucket', 'no'), 3],
    ['another command at the same rows', serverError('XX000', '1023'), 4],
    ['a port where nobody listens', Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 4],
    ['a statement of ours that is wrong', serverError('42601'), 1],
    ['an internal error', new TypeError('no'), 1],
    ['what a seed threw', Object.assign(new Error('seed'), { original: serverError('22003') }), 3],
  ] as const) {
    it(`for ${title} is ${exitCode}`, () => expect(exitCodeOf(error)).to.equal(exitCode))
  }
})

describe('a description of an error', () => {
  it("has the server's message, detail and hint", () => {
    const error = Object.assign(serverError('XX000', 'what'), { detail: 'where', hint: 'do this' })
    expect(describeError(error)).to.equal('what\nwhere\ndo this')
  })

  it('has the reasons of a connection that failed on every address', () => {
    const error = new AggregateError([new Error('one'), new Error('two')])
    expect(describeError(error)).to.equal('one; two')
  })
})

describe('a conflict', () => {
  it('is what comes of two commands at the same tables, and nothing else', () => {
    expect(isConflict(serverError('XX000', '1023'))).to.equal(true)
    expect(isConflict(serverError('42P07'))).to.equal(true)
    expect(isConflict(Object.assign(new Error(), { name: 'MigrationLocked' }))).to.equal(true)
    expect(isConflict(serverError('XX000'))).to.equal(false)
    expect(isConflict(new Error('1023'))).to.equal(false)
  })
})

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
    [coded('EMFILE'), '`ulimit -n 1024`'],
    [new Error('Connection terminated unexpectedly'), 'Run the command again'],
    [new Error('Connection terminated'), 'Run the command again'],
    [
      new Error('Client has encountered a connection error and is not queryable'),
      'Run the command again',
    ],
    [new Error('There was an error establishing an SSL connection'), 'is no warehouse'],
    [new Error('received invalid response: 48'), 'is no warehouse'],
    [
      new Error(
        'Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a ' +
          '.transacting(trx) call?',
      ),
      'were busy for a minute',
    ],
    [serverError('28P01', 'password authentication failed for user "IAM:ada"'), 'has expired'],
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
