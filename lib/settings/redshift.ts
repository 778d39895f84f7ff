import {
  type Environment,
  type Setting,
  type SignInWay,
  type Values,
  anything,
  never,
  region,
} from './setting'

const signsInWith =
  (...ways: SignInWay[]) =>
  (environment: Environment, { REDSHIFT_SIGN_IN }: Values) =>
    environment === 'production' && ways.some((way) => way === REDSHIFT_SIGN_IN)

/** Where Amazon Redshift is, and how to sign in there. */
export const redshiftSettings: Setting[] = [
  {
    name: 'REDSHIFT_HOST',
    form: /^[\w.-]+$/,
    expected: 'the address of the cluster, name.id.region.redshift.amazonaws.com',
    fallback: { development: '127.0.0.1' },
  },
  {
    name: 'REDSHIFT_PORT',
    form: /^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
    expected: 'a port, 1 to 65535',
    fallback: { development: '5439', production: '5439' },
  },
  {
    name: 'REDSHIFT_DATABASE',
    form: anything,
    expected: 'the name of a database',
    fallback: { development: 'dev', production: 'dev' },
  },
  {
    name: 'REDSHIFT_SIGN_IN',
    form: /^(iam|secret|password)$/,
    expected: 'iam, secret or password',
    fallback: {
      development: 'password',
      production: ({ REDSHIFT_PASSWORD }) => (REDSHIFT_PASSWORD ? 'password' : 'iam'),
    },
  },
  {
    name: 'AWS_REGION',
    form: region,
    expected: "the cluster's AWS region, us-west-2",
    needed: signsInWith('iam', 'secret'),
  },
  {
    name: 'REDSHIFT_CLUSTER',
    form: /^(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    expected:
      'the identifier of a provisioned cluster (or REDSHIFT_WORKGROUP, the name of a workgroup)',
    needed: (environment, values) =>
      !values.REDSHIFT_WORKGROUP && signsInWith('iam')(environment, values),
  },
  {
    name: 'REDSHIFT_WORKGROUP',
    form: /^[a-z0-9-]{3,64}$/,
    expected: 'the name of a workgroup of Redshift Serverless',
    needed: never,
  },
  {
    name: 'REDSHIFT_SECRET_ARN',
    form: /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+$/,
    expected: 'the ARN of a secret, arn:aws:secretsmanager:us-west-2:123456789012:secret:name',
    needed: signsInWith('secret'),
  },
  {
    name: 'REDSHIFT_USER',
    form: anything,
    expected: 'the name of a user',
    needed: signsInWith('password'),
  },
  {
    name: 'REDSHIFT_PASSWORD',
    form: anything,
    expected: 'the password of REDSHIFT_USER',
    needed: signsInWith('password'),
    secret: true,
  },
]
