import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { LogDestinationType } from '@aws-sdk/client-redshift'
import { LogExport } from '@aws-sdk/client-redshift-serverless'
import { AssertionError, expect } from 'chai'
import { dataParameters } from '../../../lib/cluster/parameters'
import { replacedFor } from '../../aws-stub/cloudformation'
import {
  expand,
  faultOfParameters,
  parseTemplate,
  type Template,
  templateText,
} from '../../aws-stub/template'

const data = dataParameters(
  ['s3://acme-music/log_data', 's3://acme-music/paths.json', 's3://acme-work/loads'],
  'aws',
)
const key = 'arn:aws:kms:us-west-2:123456789012:key/1234abcd'
const full = {
  ...{ Cidr2: '198.51.100.0/24', Cidr3: '192.0.2.1/32', Cidr4: '192.0.2.2/32' },
  ...{ Ipv6Cidr1: '2001:db8::7/128', Ipv6Cidr2: '2001:db8:1::/64', KmsKey: key, DataKmsKey: key },
  ...{ Vpc: 'vpc-01234567', Subnets: 'subnet-01234567,subnet-89abcdef', Public: 'true' },
  ...{ Nodes: '2', Expires: '2026-12-24T12:00:00.000Z' },
}

/** Ways to fill the template in; together they take each of its conditions both ways, as a test holds. */
const cases: { title: string; parameters: Record<string, string> }[] = [
  { title: 'a cluster of one node', parameters: {} },
  { title: 'a cluster with all that can be asked for', parameters: full },
  { title: 'data in one bucket', parameters: dataParameters(['s3://one/a'], 'aws') },
  { title: 'a range of IPv6 only', parameters: { Cidr1: '', Ipv6Cidr1: '2001:db8::7/128' } },
  { title: 'a cluster that logs to CloudWatch', parameters: { LogTo: 'cloudwatch' } },
  {
    title: 'a cluster that logs to S3',
    parameters: { LogTo: 's3', LogBucket: 'acme-logs', LogPrefix: 'redshift/' },
  },
  { title: 'Serverless', parameters: { Kind: 'serverless' } },
  {
    title: 'Serverless with all that can be asked for',
    parameters: { ...full, Kind: 'serverless', Nodes: '1', LogTo: 'cloudwatch' },
  },
  {
    title: 'data in three buckets',
    parameters: dataParameters(['s3://one/a', 's3://two/b', 's3://three/c'], 'aws'),
  },
]

const template = parseTemplate(templateText)
const spec = loadAwsServiceSpecSync()

interface Type {
  type: string
  element?: Type
  reference?: { $ref: string }
  types?: Type[]
  allowedValues?: unknown[]
}

/** What a property may be where CloudFormation's own types say no more than that it is a text. */
const enumsOfServices: Record<string, string[]> = {
  LogDestinationType: Object.values(LogDestinationType),
  LogExports: Object.values(LogExport),
  ClusterType: ['single-node', 'multi-node'],
  IpProtocol: ['tcp', '-1'],
}

const resourceOf = (type: string) => {
  const [found] = spec.lookup('resource', 'cloudFormationType', 'equals', type)
  if (!found) throw new Error(`CloudFormation knows no ${type}.`)
  return found
}

function made(parameters: Record<string, string>) {
  const given = { ...data, Cidr1: '203.0.113.7/32', ...parameters }
  expect(faultOfParameters(template, given)).to.equal(undefined)
  const attributes: string[] = []
  const place = {
    ...{ name: 'sparkify', region: 'us-west-2', account: '123456789012' },
    attribute(logicalId: string, attribute: string) {
      const { Type, Condition } = template.Resources[logicalId]!
      if (attribute !== '') checkAttribute(Type, attribute)
      attributes.push(`${logicalId} ${Condition ?? ''}`)
      return `${logicalId}.${attribute}`
    },
  }
  const { resources, outputs } = expand(template, given, place)
  return { resources, outputs: Object.fromEntries(outputs()), attributes, given }
}

function checkAttribute(type: string, attribute: string): void {
  const { attributes } = resourceOf(type)
  expect(Object.keys(attributes), `${type}.${attribute}`).to.include(attribute)
  const [kind, ...others] = allTypesOf(attributes[attribute]!.type)
  expect([kind, ...others], `${type}.${attribute}`).to.satisfy((all: string[]) =>
    all.every((one) => /^(string|integer)$/.test(one)),
  )
}

const allTypesOf = ({ type, types }: Type): string[] => (types ? types.flatMap(allTypesOf) : [type])

function checkValue(where: string, value: unknown, type: Type): void {
  const said = `${where} is ${JSON.stringify(value)}: ${type.type} is expected`
  if (type.type === 'array') {
    expect(Array.isArray(value), said).to.equal(true)
    for (const [i, one] of (value as unknown[]).entries())
      checkValue(`${where}.${i}`, one, type.element!)
  } else if (type.type === 'ref') {
    const definition = spec.get('typeDefinition', type.reference!.$ref)
    checkProperties(where, value as object, definition.properties)
  } else if (type.type === 'tag') expect(value, said).to.have.all.keys('Key', 'Value')
  else if (type.type === 'boolean') expect(String(value), said).to.match(/^(true|false)$/)
  else if (type.type === 'integer') expect(String(value), said).to.match(/^\d+$/)
  else if (type.type === 'string') {
    expect(value, said).to.be.a('string')
    const property = /([^.]+)(\.\d+)?$/.exec(where)![1]!
    const allowed = type.allowedValues ?? enumsOfServices[property]
    if (allowed) expect(value, said).to.be.oneOf(allowed)
  } else if (type.type === 'json') expect(value, said).to.be.an('object')
  else if (type.type === 'union') {
    expect(typeof value, said).to.be.oneOf(['object', 'string'])
  } else throw new Error(`${where} has the type ${type.type}, which this test does not know.`)
}

function checkResource(type: string, properties: object, where = type): void {
  checkProperties(where, properties, resourceOf(type).properties)
}

function checkProperties(
  where: string,
  found: object,
  known: Record<string, { type: Type; required?: boolean }>,
): void {
  for (const [name, value] of Object.entries(found)) {
    expect(Object.keys(known), where).to.include(name)
    checkValue(`${where}.${name}`, value, known[name]!.type)
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required) expect(found, where).to.have.property(name)
  }
}

describe('The CloudFormation template', () => {
  for (const { title, parameters } of cases) {
    describe(`for ${title}`, () => {
      const { resources, outputs, attributes } = made(parameters)
      const text = JSON.stringify([...resources.values()].map(({ properties }) => properties))

      it('has only properties that CloudFormation knows, of their types, and all that it requires', () => {
        for (const [logicalId, { type, properties }] of resources) {
          checkResource(type, properties, logicalId)
        }
      })

      it('refers only to what is made', () => {
        for (const attribute of attributes) {
          expect([...resources.keys()]).to.include(attribute.split(' ')[0])
        }
        expect(outputs).to.include.keys('Host', 'Port', 'Database', 'RoleArn', 'SignIn')
      })

      it('gives the role no more than to read the data, and to Redshift of this account only', () => {
        const { AssumeRolePolicyDocument: trust, Policies } = resources.get('Role')!
          .properties as never as {
          AssumeRolePolicyDocument: { Statement: Record<string, unknown>[] }
          Policies: {
            PolicyDocument: { Statement: { Action: string; Resource: string | string[] }[] }
          }[]
        }
        expect(trust.Statement).to.have.length(1)
        expect(trust.Statement[0]!.Condition).to.deep.equal({
          StringEquals: { 'aws:SourceAccount': '123456789012' },
        })
        for (const { Action, Resource } of Policies.flatMap(
          (one) => one.PolicyDocument.Statement,
        )) {
          expect(Action).to.match(/^(s3:GetObject|s3:GetBucketLocation|s3:ListBucket|kms:Decrypt)$/)
          for (const resource of [Resource].flat()) {
            expect(resource).to.match(
              /^arn:aws:(s3:::[a-z-]+(\/[a-z_./]+\*?)?|kms:us-west-2:\d+:key\/\w+)$/,
            )
          }
        }
      })

      it('lets nobody in but the ranges that are given, and holds no secret', () => {
        expect(text).to.not.match(/0\.0\.0\.0|::\/0|MasterUserPassword|AdminUserPassword/)
        const { SecurityGroupIngress: rules, SecurityGroupEgress: out } = resources.get(
          'SecurityGroup',
        )!.properties as Record<string, Record<string, string>[]>
        for (const { IpProtocol, FromPort, ToPort } of rules!)
          expect([IpProtocol, FromPort, ToPort]).to.deep.equal(['tcp', '5439', '5439'])
        expect(out).to.deep.equal([{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }])
      })

      it('tags all that can be tagged with project and name', () => {
        for (const { properties } of resources.values()) {
          const tags = properties.Tags as { Key: string; Value: string }[]
          expect(tags.slice(0, 2)).to.deep.equal([
            { Key: 'project', Value: 'sparkify-warehouse' },
            { Key: 'name', Value: 'sparkify' },
          ])
        }
      })
    })
  }

  for (const [what, break_] of Object.entries({
    'a property that is not known': () => checkResource('AWS::IAM::Role', { Nonsense: 'x' }),
    'a required property that is missing': () => checkResource('AWS::Redshift::Cluster', {}),
    'a number that is a text': () =>
      checkResource('AWS::RedshiftServerless::Workgroup', { WorkgroupName: 'x', Port: 'x' }),
    'a value that CloudFormation does not allow': () =>
      checkResource('AWS::RedshiftServerless::Workgroup', {
        WorkgroupName: 'x',
        PricePerformanceTarget: { Status: 'PERHAPS' },
      }),
    'a value that the service does not allow': () =>
      checkResource('AWS::RedshiftServerless::Namespace', {
        NamespaceName: 'x',
        LogExports: ['everything'],
      }),
    'an attribute that is not known': () => checkAttribute('AWS::IAM::Role', 'Nonsense'),
  })) {
    it(`would be refused for ${what}`, () => expect(break_).to.throw(AssertionError))
  }

  it('has each of its conditions tried both ways', () => {
    const tried = cases.map(({ parameters }) => conditionsOf(parameters))
    for (const name of Object.keys(template.Conditions)) {
      expect(new Set(tried.map((all) => all[name])), name).to.deep.equal(new Set([true, false]))
    }
  })

  it('encrypts the warehouse, with the key where one is given', () => {
    expect(made({}).resources.get('Cluster')!.properties).to.include({ Encrypted: true })
    expect(made(full).resources.get('Cluster')!.properties).to.include({ KmsKeyId: key })
    const serverless = { ...full, Kind: 'serverless' }
    expect(made(serverless).resources.get('Namespace')!.properties).to.include({ KmsKeyId: key })
  })

  it('has an update keep what holds data', () => {
    const { Cluster, Namespace } = template.Resources
    expect(Cluster).to.include({ UpdateReplacePolicy: 'Snapshot', DeletionPolicy: 'Delete' })
    expect(Namespace).to.include({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Delete' })
  })

  it('never changes the tags of the namespace, which would replace it', () => {
    expect(resourceOf('AWS::RedshiftServerless::Namespace').properties.Tags).to.include({
      causesReplacement: 'yes',
    })
    expect(JSON.stringify(template.Resources.Namespace)).to.not.include('Expires')
  })

  it('has the stub of the tests know what CloudFormation replaces a resource for', () => {
    for (const { parameters } of cases) {
      for (const { type, properties } of made(parameters).resources.values()) {
        const known = resourceOf(type).properties
        const found = Object.keys(properties).filter(
          (name) => known[name]!.causesReplacement === 'yes',
        )
        expect(replacedFor[type] ?? [], type).to.include.members(found)
        for (const name of replacedFor[type] ?? [])
          expect(known[name], name).to.include({ causesReplacement: 'yes' })
      }
    }
  })

  it('takes no range that is the whole internet, and no password', () => {
    for (const range of ['0.0.0.0/0', '::/0', '10.0.0.0/7', 'x']) {
      expect(faultOfParameters(template, { ...data, Cidr1: range })).to.be.a('string')
      expect(faultOfParameters(template, { ...data, Ipv6Cidr1: range })).to.be.a('string')
    }
    expect(Object.keys(template.Parameters).join()).to.not.match(/password|secret/i)
  })

  it('is small enough to be sent with the request, and uses no alias, which CloudFormation does not take', () => {
    expect(templateText.length).to.be.lessThan(51_200)
    expect(templateText).to.not.match(/[&*][a-z]\w+$/m)
  })
})

/** Which of the template's conditions hold: a template that has one output for each tells it. */
function conditionsOf(parameters: Record<string, string>): Record<string, boolean> {
  const Outputs = Object.fromEntries(
    Object.keys(template.Conditions).map((name) => [name, { Condition: name, Value: 'yes' }]),
  )
  const probe: Template = { ...template, Resources: {}, Outputs }
  const place = { name: '', region: '', account: '', attribute: () => '' }
  const held = Object.fromEntries(
    expand(probe, { ...data, Cidr1: '1.2.3.4/32', ...parameters }, place).outputs(),
  )
  return Object.fromEntries(Object.keys(Outputs).map((name) => [name, name in held]))
}
