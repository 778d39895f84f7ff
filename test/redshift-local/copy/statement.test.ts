import { expect } from 'chai'
import { type TextFormat, textOptions } from '../../../redshift-local/copy/data-format'
import { copyOptions, refusedOptions } from '../../../redshift-local/copy/options'
import { parseCopy } from '../../../redshift-local/copy/statement'
import { tokenize } from '../../../redshift-local/dialect/tokens'
import { SqlError } from '../../../redshift-local/errors'

const parse = (sql: string) => parseCopy(tokenize(sql))

function refusal(sql: string): SqlError {
  try {
    parse(sql)
  } catch (error) {
    if (error instanceof SqlError) return error
  }
  throw new Error(`${sql} was not refused`)
}

describe('A COPY statement', () => {
  it('takes what the Sparkify projects write', () => {
    const statement = parse(`
      COPY staging_events FROM 's3://udacity-dend/log_data'
      CREDENTIALS 'aws_iam_role=arn:aws:iam::123456789012:role/dwhRole'
      REGION AS 'us-west-2' COMPUPDATE OFF STATUPDATE OFF
      FORMAT AS JSON 's3://udacity-dend/log_json_path.json';`)
    expect(statement).to.deep.include({
      table: 'staging_events',
      bucket: 'udacity-dend',
      key: 'log_data',
      region: 'us-west-2',
      roles: ['arn:aws:iam::123456789012:role/dwhRole'],
      maxError: 1,
    })
    expect(statement.format).to.have.deep.nested.include({
      name: 'JSON',
      'option.bucket': 'udacity-dend',
      'option.key': 'log_json_path.json',
    })
  })

  it('folds names to lower case, quoted ones too', () => {
    expect(parse(`copy "Sales".T ("A", b) from 's3://b/k' iam_role default json 'auto'`))
      .to.deep //
      .include({ schema: 'sales', table: 't', columns: ['a', 'b'] })
    expect(parse(`copy #stage from 's3://b/k' iam_role default json`).table).to.equal('#stage')
  })

  it('has its options in any order', () => {
    const one = parse(`copy t from 's3://b/k' iam_role default gzip json 'auto' maxerror 3`)
    const other = parse(
      `copy t from 's3://b/k' maxerror as 3 format json 'auto' gzip iam_role default`,
    )
    expect(one).to.deep.equal(other)
  })

  for (const { example } of copyOptions)
    it(`takes ${example}`, () => {
      parse(`copy t from 's3://b/k' ${example} iam_role default json 'auto'`)
      expect(
        refusal(`copy t from 's3://b/k' ${example} ${example} iam_role default json 'auto'`)
          .message,
      ).to.equal('conflicting or redundant options')
    })

  for (const { keywords, because } of refusedOptions)
    for (const keyword of keywords)
      it(`refuses ${keyword.toUpperCase()} by its name`, () => {
        const sql = `copy t from 's3://b/k' iam_role default ${keyword} json 'auto'`
        expect(refusal(sql)).to.include({
          sqlstate: '0A000',
          message: `COPY option ${keyword.toUpperCase()} ${because}`,
        })
      })

  for (const { example } of textOptions)
    it(`takes ${example} of text, and not of JSON`, () => {
      parse(`copy t from 's3://b/k' iam_role default ${example}`)
      const keyword = example.split(' ')[0]!.toUpperCase()
      expect(refusal(`copy t from 's3://b/k' iam_role default json ${example}`)).to.include({
        sqlstate: '0A000',
        message: `COPY option ${keyword} cannot be used with FORMAT JSON`,
      })
    })

  it('has one format, with what goes with it', () => {
    const messageOf = (options: string) =>
      refusal(`copy t from 's3://b/k' iam_role default ${options}`).message
    expect(messageOf('csv json')).to.equal('conflicting or redundant options')
    expect(messageOf('csv format json')).to.equal('conflicting or redundant options')
    expect(messageOf('csv escape')).to.equal('COPY option ESCAPE cannot be used with FORMAT CSV')
    expect(messageOf(`fixedwidth 'a:1' delimiter ','`)).to.match(/DELIMITER .* FIXEDWIDTH/)
    expect(messageOf(`quote '%'`)).to.equal('COPY option QUOTE is only for FORMAT CSV')
    expect(messageOf(`delimiter '||'`)).to.match(/single one-byte character/)
    expect(messageOf(`delimiter 'ü'`)).to.match(/single one-byte character/)
    expect(messageOf(`fixedwidth 'a'`)).to.match(/label:width/)
    expect(messageOf('format as parquet')).to.match(/PARQUET/)
    expect(messageOf(`json 'noshred'`)).to.match(/noshred/)
    expect(refusal(`copy t from 'dynamodb://t' iam_role default`).sqlstate).to.equal('0A000')
    expect(parse(`copy job from 's3://b/k' iam_role default`).table).to.equal('job')
  })

  it('reads the text for NULL as a file has it', () => {
    const nullOf = (text: string) =>
      (parse(`copy t from 's3://b/k' iam_role default null as ${text}`).format as TextFormat)
        .nullString
    for (const text of [String.raw`'\\N'`, String.raw`'\N'`]) expect(nullOf(text)).to.equal('\\N')
    for (const text of [String.raw`'\0'`, String.raw`'\000'`]) expect(nullOf(text)).to.equal('\0')
    expect(nullOf("''")).to.equal('')
  })

  it('says where a syntax error is', () => {
    const sql = `copy t from 's3://b/k' iam_role default jsonn 'auto'`
    expect(refusal(sql)).to.include({
      sqlstate: '42601',
      message: 'syntax error at or near "jsonn"',
    })
    expect(refusal(sql).fields.position).to.equal(sql.indexOf('jsonn') + 1)
    expect(refusal(`copy t from stdin`).message).to.equal('syntax error at or near "stdin"')
    expect(refusal(`copy t from 's3://b/k' maxerror`).message).to.equal(
      'syntax error at end of input',
    )
    expect(refusal(`copy t from 's3://b/k' iam_role default format gzip`).sqlstate).to.equal(
      '42601',
    )
    expect(refusal(`copy t from 's3://b/k' maxerror 100001`).sqlstate).to.equal('22023')
    expect(refusal(`copy t from 's3:/b' iam_role default json`).message).to.match(/s3:\/\/bucket/)
    expect(refusal(`copy t from 's3://b/k' timeformat 'yyyy-yyyy'`).message).to.match(/twice/)
  })

  describe('authorization', () => {
    const json = `copy t from 's3://b/k' json 'auto'`

    it('is needed, and one is enough', () => {
      expect(refusal(json).message).to.match(/needs IAM_ROLE/)
      expect(
        refusal(`${json} iam_role default access_key_id 'a' secret_access_key 'b'`).message,
      ).to.equal('conflicting or redundant options')
    })

    it('may be keys', () => {
      const keys = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }
      expect(
        parse(`${json} access_key_id 'a' secret_access_key 'b' session_token 'c'`).keys,
      ).to.deep.equal(keys)
      expect(
        parse(`${json} with credentials as 'aws_access_key_id=a;aws_secret_access_key=b;token=c'`)
          .keys,
      ).to.deep.equal(keys)
    })

    it('is checked by its form only', () => {
      for (const role of [
        'arn:aws:iam::<aws-account-id>:role/<role-name>',
        'arn:aws:iam::0123456789012:role/One,arn:aws:iam::210987654321:role/Other',
      ]) {
        parse(`${json} iam_role '${role}'`)
        parse(`${json} credentials 'aws_iam_role=${role}'`)
      }
      expect(refusal(`${json} iam_role 'arn:aws:s3:::bucket'`).message).to.match(/^Invalid cred/)
    })

    it('is never repeated in an error', () => {
      for (const wrong of [
        `access_key_id 'a' 'S3CRET'`,
        `access_key_id 'a' secret_access_key 'b' 'S3CRET'`,
        `credentials 'aws_secret_access_key=S3CRET'`,
        `credentials 'S3CRET'`,
        `iam_role 'S3CRET'`,
      ]) {
        const { message, fields } = refusal(`${json} ${wrong}`)
        expect(message + JSON.stringify(fields)).not.to.contain('S3CRET')
      }
    })
  })
})
