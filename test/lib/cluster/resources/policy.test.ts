import { expect } from 'chai'
import { accessPolicy, trustPolicy } from '../../../../lib/cluster/resources/policy'

const places = {
  read: ['s3://data/log_data', 's3://songs/2018/song_data/', 's3://data/log_json_path.json'],
  written: 's3://work/loads',
}

describe('The role of the warehouse', () => {
  it('reads exactly the data, and writes exactly the work folder', () => {
    expect(accessPolicy('aws', places, undefined)).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: [
            'arn:aws:s3:::data/log_data/*',
            'arn:aws:s3:::songs/2018/song_data/*',
            'arn:aws:s3:::data/log_json_path.json',
            'arn:aws:s3:::work/loads/*',
          ],
        },
        {
          Sid: 'Write',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: ['arn:aws:s3:::work/loads/*'],
        },
        {
          Sid: 'Locate',
          Effect: 'Allow',
          Action: 's3:GetBucketLocation',
          Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::songs', 'arn:aws:s3:::work'],
        },
        {
          Sid: 'List1',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: ['arn:aws:s3:::data'],
          Condition: { StringLike: { 's3:prefix': ['log_data/*', 'log_json_path.json'] } },
        },
        {
          Sid: 'List2',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: ['arn:aws:s3:::songs'],
          Condition: { StringLike: { 's3:prefix': ['2018/song_data/*'] } },
        },
        {
          Sid: 'List3',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: ['arn:aws:s3:::work'],
          Condition: { StringLike: { 's3:prefix': ['loads/*'] } },
        },
      ],
    })
  })

  it('writes nothing without a work folder, and uses a key only where one is named', () => {
    const key = 'arn:aws:kms:us-west-2:123456789012:key/abc'
    const { Statement } = accessPolicy('aws', { ...places, written: undefined }, key)
    expect(JSON.stringify(Statement)).to.not.include('PutObject')
    expect(Statement.at(-1)).to.deep.equal({
      Sid: 'Decrypt',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: [key],
    })
  })

  it('is of the partition of the caller', () => {
    const text = JSON.stringify(accessPolicy('aws-us-gov', places, undefined))
    expect(text).to.include('arn:aws-us-gov:s3:::data').and.not.include('arn:aws:')
  })

  it('takes the signs of patterns in a prefix for what they are', () => {
    const odd = { ...places, read: ['s3://data/a*b?c$d'] }
    const text = JSON.stringify(accessPolicy('aws', odd, undefined))
    expect(text).to.include('arn:aws:s3:::data/a${*}b${?}c${$}d/*')
  })

  for (const [serverless, services] of [
    [false, ['redshift.amazonaws.com']],
    [true, ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com']],
  ] as const) {
    it(`is assumed by ${services.join(' and ')} only`, () => {
      expect(trustPolicy(serverless).Statement).to.deep.equal([
        { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' },
      ])
    })
  }
})
