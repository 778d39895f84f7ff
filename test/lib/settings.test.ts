import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../../lib/errors'
import { asPrefix, projectFolder, readSettings } from '../../lib/settings'

describe('settings', () => {
  it('have working defaults in development', () => {
    expect(readSettings('development', {})).to.deep.include({
      LOG_DATA: 's3://sparkify/log_data',
      LOCAL_BUCKETS: join(projectFolder, 'data', 's3'),
      LOCAL_WAREHOUSE: join(projectFolder, '.warehouse'),
      REDSHIFT_PORT: 5439,
      IAM_ROLE_ARN: undefined,
    })
  })

  it('that are blank are not set', () => {
    expect(readSettings('development', { LOG_DATA: '  ' }).LOG_DATA).to.contain('s3://sparkify/')
  })

  it('keep quotes and line breaks out of SQL', () => {
    for (const value of ["s3://b/it's here", 's3://b/x\ny', "arn:aws:iam::1:role/'"]) {
      for (const name of ['LOG_DATA', 'IAM_ROLE_ARN']) {
        expect(() => readSettings('development', { [name]: value })).to.throw(UsageError)
      }
    }
  })

  it('are named in one error, all that are wrong, without their secrets', () => {
    const variables = { LOG_DATA: 'here', REDSHIFT_PORT: '0', REDSHIFT_PASSWORD: 'secret' }
    expect(() => readSettings('production', variables))
      .to.throw(UsageError)
      .with.property('message')
      .that.matches(/LOG_DATA is "here"[^]*LOG_JSONPATH is not set[^]*REDSHIFT_PORT is "0"/)
      .and.does.not.match(/secret/)
  })
})

describe('an s3:// URL as a prefix', () => {
  for (const [url, prefix] of [
    ['s3://b/log_data', 's3://b/log_data/'],
    ['s3://b/log_data/', 's3://b/log_data/'],
    ['s3://b/log_data/one.json', 's3://b/log_data/one.json'],
    ['s3://my.bucket/log_data', 's3://my.bucket/log_data/'],
    ['s3://b/v1.0/log_data', 's3://b/v1.0/log_data/'],
  ] as const) {
    it(`${url} is ${prefix}`, () => expect(asPrefix(url)).to.equal(prefix))
  }
})
