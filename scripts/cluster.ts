import type { Argv } from 'yargs'
import type { DownOptions } from '../lib/cluster/down'
import type { SessionOptions } from '../lib/cluster/session'
import type { UpOptions } from '../lib/cluster/up-checks'
import type { Wishes } from '../lib/cluster/wishes/wishes'
import type { Command, GlobalOptions } from './cli/main'

/** What is given on the command line. */
type Given<Options> = GlobalOptions & Omit<Options, 'envFile'> & { patience: number | undefined }

const command: Command = {
  command: 'cluster',
  describe: 'Make, inspect and remove the Amazon Redshift warehouse: up, status, down',
  builder: (yargs) =>
    yargs
      .command('up', 'Make what is missing of it, and write .env', upOptions, up)
      .command('status', 'What exists, what it costs, whether .env leads there', common, status)
      .command('down', 'Remove all of it, and look again', downOptions, down)
      .demandCommand(1, 'Which of `up`, `status` and `down`?')
      .example('$0 cluster up --dry-run --cidr 203.0.113.7/32', 'every call, and none made')
      .example('$0 cluster up --serverless --public --ttl 8', 'a warehouse that costs by use'),
  handler() {},
}

function common(yargs: Argv<GlobalOptions>) {
  return yargs
    .option('name', {
      type: 'string',
      default: 'sparkify',
      describe: 'what all of it is named after',
    })
    .option('region', {
      type: 'string',
      describe: 'the AWS region; without it AWS_REGION, or the profile',
    })
    .option('dry-run', {
      type: 'boolean',
      default: false,
      describe: 'print every call that would be made, and make none',
    })
    .option('poll', {
      type: 'number',
      default: 10,
      describe: 'seconds between looks while waiting',
    })
    .option('timeout', { type: 'number', default: 75, describe: 'minutes to wait at most' })
    .option('patience', { type: 'number', hidden: true }) // its former name
}

function confirmed(yargs: Argv<GlobalOptions>) {
  return common(yargs).option('yes', {
    type: 'boolean',
    default: false,
    describe: 'do not ask: for scripts',
  })
}

function upOptions(yargs: Argv<GlobalOptions>) {
  return confirmed(yargs)
    .option('cidr', { type: 'string', describe: 'who may connect: your address, 203.0.113.7/32' })
    .option('allow-wide-cidr', {
      type: 'boolean',
      default: false,
      describe: 'let in a range wider than /24 (IPv6: /64)',
    })
    .option('public', {
      type: 'boolean',
      default: false,
      describe: 'an endpoint that the internet can reach; without it only its VPC can',
    })
    .option('serverless', {
      type: 'boolean',
      default: false,
      describe: 'Redshift Serverless, which costs by use, in place of nodes',
    })
    .option('node-type', { type: 'string', describe: 'the type of the nodes [default: ra3.large]' })
    .option('nodes', { type: 'number', describe: 'how many [default: 1]' })
    .option('base-rpu', { type: 'number', describe: 'base capacity of Serverless [default: 4]' })
    .option('max-rpu', { type: 'number', describe: 'its maximum [default: 8, or the base]' })
    .option('database', { type: 'string', default: 'dev', describe: 'the name of the database' })
    .option('port', { type: 'number', default: 5439, describe: '5431 to 5455, or 8191 to 8215' })
    .option('ttl', {
      type: 'number',
      describe: 'hours that it is to live, as a tag: nothing ends it',
    })
    .option('owner', { type: 'string', describe: 'whose it is, as a tag [default: the caller]' })
    .option('vpc', { type: 'string', describe: 'the VPC [default: the default VPC]' })
    .option('subnets', {
      type: 'string',
      array: true,
      describe: 'subnets of the VPC [default: all]',
    })
    .option('kms-key', {
      type: 'string',
      describe: 'the ARN of the key that the data is encrypted with',
    })
    .option('sign-in', {
      choices: ['iam', 'secret'] as const,
      default: 'iam' as const,
      describe: 'with temporary credentials, or the managed secret',
    })
}

function downOptions(yargs: Argv<GlobalOptions>) {
  return confirmed(yargs).option('snapshot', {
    type: 'string',
    describe: 'keep the data in a last snapshot of this name',
  })
}

async function up(given: Given<UpOptions> & Wishes): Promise<void> {
  const { up } = await import('../lib/cluster/up.ts')
  const { upText } = await import('../lib/cluster/texts.ts')
  print(given, await up(given, ...(await session(given))), upText)
}

async function status(given: Given<SessionOptions>): Promise<void> {
  const { status } = await import('../lib/cluster/status.ts')
  const { statusText } = await import('../lib/cluster/texts.ts')
  print(given, await status(...(await session(given))), statusText)
}

async function down(given: Given<DownOptions>): Promise<void> {
  const { down } = await import('../lib/cluster/down.ts')
  const { downText } = await import('../lib/cluster/texts.ts')
  const report = await down(...(await session(given)))
  print(given, report, downText)
  if ('left' in report && report.left.length > 0) given.output.exitCode = 4
}

/** What all three need apart from what is given. */
async function session<T extends Given<SessionOptions>>(given: T) {
  const { envFile } = await import('../lib/warehouse/settings.ts')
  const { openTerminal } = await import('../lib/cluster/terminal.ts')
  const timeout = given.patience ?? given.timeout
  return [{ ...given, timeout, envFile }, openTerminal(given.output.stderr)] as const
}

function print<T extends object>(
  { json, output }: GlobalOptions,
  report: T,
  textOf: (report: T) => string,
): void {
  output.print(json ? JSON.stringify(report) : textOf(report))
}

export = command
