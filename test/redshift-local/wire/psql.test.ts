import { expect } from 'chai'
import { spawn, spawnSync } from 'node:child_process'
import { served } from './local-redshift'

/** Backslash commands of psql, and what of their answers has to be there. */
const commands: [command: string, ...lines: string[]][] = [
  ['\\d', 'public|home|table|awsuser', 'public|homes|view|awsuser'],
  [
    '\\d home',
    'id|integer||not null|',
    "name|character varying(20)||not null|'x'::character varying",
    '    "home_pkey" PRIMARY KEY, btree (id)',
    '    TABLE "shop.visit" CONSTRAINT "visit_home_fkey" FOREIGN KEY (home) REFERENCES home(id)',
  ],
  ['\\d+ home', 'id|integer||not null||plain||where one lives'],
  [
    '\\d shop.visit',
    '    "visit_id_key" UNIQUE CONSTRAINT, btree (id, home)',
    '    "visit_home_fkey" FOREIGN KEY (home) REFERENCES home(id)',
  ],
  ['\\d homes', 'id|integer|||'],
  ['\\d+ homes', 'View definition:', ' SELECT id', '   FROM home;'],
  ['\\d shop.v*', 'home|integer|||'],
  ['\\d pg_class', 'relname|name||not null|'],
  ['\\dt', 'public|home|table|awsuser'],
  ['\\dt+', 'public|home|table|awsuser|permanent|0 bytes|'],
  ['\\dt shop.*', 'shop|visit|table|awsuser'],
  ['\\dtS', 'pg_catalog|pg_class|table|rdsdb'],
  ['\\dv', 'public|homes|view|awsuser'],
  ['\\dv+', 'public|homes|view|awsuser|permanent|0 bytes|'],
  ['\\di', 'public|home_pkey|index|awsuser|home'],
  ['\\ds'],
  ['\\dn', 'public|awsuser', 'shop|awsuser'],
  ['\\dn+', 'shop|awsuser||'],
  ['\\du', 'awsuser|Superuser, Create role, Create DB|{}'],
  ['\\du+', 'awsuser|Superuser, Create role, Create DB|{}|'],
  ['\\dg', 'awsuser|Superuser, Create role, Create DB|{}'],
  ['\\l'],
  ['\\l+'],
  ['\\df'],
  ['\\df charindex', 'pg_catalog|charindex|integer|text, text|func'],
  ['\\df+ charindex'],
  ['\\da count'],
  ['\\dp', 'public|home|table||', 'public|homes|view||'],
  ['\\z', 'public|home|table||'],
  ['\\ddp'],
  ['\\drds'],
  ['\\dd'],
  ['\\dT'],
  ['\\dT+ int4'],
  ['\\dD'],
  ['\\dC'],
  ['\\do'],
  ['\\dL'],
  ['\\dconfig'],
  ['\\sv homes', 'CREATE OR REPLACE VIEW public.homes AS'],
]

describe("psql's backslash commands", () => {
  const redshift = served()
  const answers: string[][] = []

  before(async function () {
    if (spawnSync('psql', ['--version']).error) return this.skip()
    const client = await redshift.client()
    await client.query(`
      create table home (id int primary key, name varchar(20) not null default 'x');
      comment on column home.id is 'where one lives';
      create view homes as select id from home;
      create schema shop;
      create table shop.visit (id bigint identity(1, 1), home int references home (id), unique (id, home))`)
    const script = commands.map(([command]) => `${command}\n\\echo next\n`).join('')
    for (const answer of (await psql(script)).split('next\n')) answers.push(answer.split('\n'))
  })

  for (const [i, [command, ...lines]] of commands.entries()) {
    it(command, () => {
      expect(answers[i]).to.include.members(lines)
      const inner = answers[i]?.filter((line) => /ERROR|redshift_catalog|zone_map/.test(line))
      expect(inner).to.deep.equal([])
    })
  }

  /** All that psql says to a script. */
  function psql(script: string): Promise<string> {
    const { host, port } = redshift.server
    const words = ['-h', host, '-p', `${port}`, '-U', 'awsuser', '-d', 'dev', '-XAq']
    const child = spawn('psql', words, { env: { ...process.env, PSQLRC: '/dev/null', PAGER: '' } })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdin.end(script)
    return new Promise((resolve) => child.once('close', () => resolve(said)))
  }
})
