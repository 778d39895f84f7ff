import type { Argv } from 'yargs'
import type { DownOptions, UpOptions } from '../lib/cluster/options'
import type { SessionOptions } from '../lib/cluster/session'
import type { StatusOptions } from '../lib/cluster/status'
import { meaningOf } from './cli/colors'
import type { Command, GlobalOptions } from './cli/main'

/** What is given on the command line. */
type Given<Options> = GlobalOptions & Omit<Options, 'envFile'>

const command: Command = {
  command: 'cluster',
  describe: 'Make, inspect and remove the Amazon Redshift warehouse: up, status, down',
  builder: (yargs) =>
    yargs
      .command(
        'up',
        'Make it or change it, as one CloudFormation stack, and write .env',
        upOptions,
        up,
      )
      .command('status', 'How it stands, what it costs, who may connect', statusOptions, status)
      .command('down', 'Remove all of it, and look again', downOptions, down)
      .demandCommand(1, 'Which of `up`, `status` and `down`?')
      .example('$0 cluster up --dry-run --cidr 203.0.113.7/32', 'the change set, and nothing made')
      .example('$0 cluster up --serverless --public --ttl 8', 'a warehouse that costs by use'),
  handler() {},
}

function common(yargs: Argv<GlobalOptions>) {
  return yargs
    .option('name', {
      type: 'string',
      default: 'sparkify',
      describe: 'the name of the stack, and of the warehouse',
    })
    .option('region', {
      type: 'string',
      describe: 'the AWS region; without it AWS_REGION, or the profile',
    })
    .option('poll', {
      type: 'number',
      default: 5,
      describe: 'seconds between looks while waiting',
    })
    .option('timeout', { type: 'number', default: 75, describe: 'minutes to wait at most' })
}

function confirmed(yargs: Argv<GlobalOptions>) {
  return common(yargs)
    .option('yes', { type: 'boolean', default: false, describe: 'do not ask: for scripts' })
    .option('dry-run', {
      type: 'boolean',
      default: false,
      describe: 'show what would be done, and do nothing',
    })
}

function statusOptions(yargs: Argv<GlobalOptions>) {
  return common(yargs).option('drift', {
    type: 'boolean',
    default: false,
    describe: 'have AWS look for what was changed past the stack: minutes',
  })
}

function upOptions(yargs: Argv<GlobalOptions>) {
  return confirmed(yargs)
    .option('cidr', {
      type: 'string',
      array: true,
      describe: 'who may connect: your address, 203.0.113.7/32, or several',
    })
    .option('allow-wide-cidr', {
      type: 'boolean',
      default: false,
      describe: 'let in a range wider than /24 (IPv6: /64)',
    })
    .option('public', {
      type: 'boolean',
      describe: 'an endpoint that the internet can reach; without it only its VPC can',
    })
    .option('serverless', {
      type: 'boolean',
      describe: 'Redshift Serverless, which costs by use, in place of nodes',
    })
    .option('node-type', { type: 'string', describe: 'the type of the nodes [default: ra3.large]' })
    .option('nodes', { type: 'number', describe: 'how many [default: 1]' })
    .option('base-rpu', { type: 'number', describe: 'base capacity of Serverless [default: 4]' })
    .option('max-rpu', { type: 'number', describe: 'its maximum [default: 8, or the base]' })
    .option('database', { type: 'string', describe: 'the name of the database [default: dev]' })
    .option('port', { type: 'number', describe: '5431 to 5455, or 8191 to 8215 [default: 5439]' })
    .option('ttl', {
      type: 'number',
      describe: 'hours that it is to live, as a tag: nothing ends it',
    })
    .option('owner', { type: 'string', describe: 'whose it is, as a tag [default: the caller]' })
    .option('vpc', { type: 'string', describe: 'the VPC [default: the default VPC]' })
    .option('subnets', { type: 'string', array: true, describe: 'subnets of that VPC' })
    .option('kms-key', {
      type: 'string',
      describe: 'the ARN of the key that the warehouse is encrypted with',
    })
    .option('data-kms-key', {
      type: 'string',
      describe: 'the ARN of the key that the data in S3 is encrypted with',
    })
    .option('logs', {
      type: 'string',
      describe: 'log to cloudwatch, or to an s3:// URL [default: none]',
    })
    .option('sign-in', {
      choices: ['iam', 'secret'] as const,
      describe: 'with temporary credentials, or the managed secret [default: iam]',
    })
    .epilogue('What is not given stays as it is; of a new warehouse it is the default.')
}

function downOptions(yargs: Argv<GlobalOptions>) {
  return confirmed(yargs)
    .option('snapshot', {
      type: 'string',
      describe: 'keep the data in a last snapshot of this name',
    })
    .option('force', {
      type: 'boolean',
      default: false,
      describe: 'where something cannot be deleted, leave it behind and say what',
    })
}

async function up(given: Given<UpOptions>): Promise<void> {
  const { up, upText } = await import('../lib/cluster/up.ts')
  print(given, await up(...(await session(given))), upText)
}

async function status(given: Given<StatusOptions>): Promise<void> {
  const { status, statusText } = await import('../lib/cluster/status.ts')
  const report = await status(...(await session(given)))
  print(given, report, statusText)
  if (!report.isWell) given.output.exitCode = 4
}

async function down(given: Given<DownOptions>): Promise<void> {
  const { down, downText } = await import('../lib/cluster/down.ts')
  const report = await down(...(await session(given)))
  print(given, report, downText)
  if (report.left.length + report.unseen.length > 0) given.output.exitCode = 4
}

/** What all three need apart from what is given. */
async function session<T extends Given<SessionOptions>>(given: T) {
  const { envFile } = await import('../lib/warehouse/settings.ts')
  const { openTerminal } = await import('../lib/cluster/terminal.ts')
  return [{ ...given, envFile }, openTerminal(given.output)] as const
}

function print<T extends object>(
  { json, output }: GlobalOptions,
  report: T,
  textOf: (report: T) => string,
): void {
  if (json) output.document(report)
  else output.print(textOf(report).replace(/\b[A-Z]+(_[A-Z]+)+\b/g, painted))

  function painted(state: string): string {
    return output.paint(meaningOf(state), state)
  }
}

export = command
