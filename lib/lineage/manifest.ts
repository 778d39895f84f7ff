import { type Audited, offendersOf } from '../../models/audits'
import type { Model, Severity } from '../../models/model'
import { allRows } from '../../models/scope'
import { stagingAudits } from '../../models/usual'
import { stagingTables } from '../../sources/index'
import type { StagingTable } from '../../sources/source'
import { auditsOf } from '../load/audit'
import { type Fingerprint, fingerprintOf } from '../load/fingerprint'
import type { ModelStates } from '../load/model-state'
import { tablesReadBy } from '../questions/dependencies'
import { type Question, readQuestions } from '../questions/question'
import { originsOfModel, originsOfQuestion } from './origins'
import type { Origin } from './query-columns'

/** A column, with what it is computed from: `songs.title`; `songs.*` where rows are counted. */
interface NodeColumn {
  name: string
  /** Null where only a warehouse could tell. */
  type: string | null
  description: string | null
  from: string[]
  /** Why that is not known, or not all of it; null where it is. */
  unknown: string | null
}

interface NodeOf<Kind> {
  kind: Kind
  name: string
  /** Where it is declared, from the project's folder. */
  file: string
  description: string
  /** The columns whose values no two rows share. */
  key: string[]
  /** The tables that it reads, by name. */
  reads: string[]
  columns: NodeColumn[]
}

/** What must hold of a table, with the query of the rows for which it does not. */
interface NodeAudit {
  name: string
  severity: Severity
  sql: string
}

/** A staging table; the files come from where its setting says. */
interface SourceNode extends NodeOf<'source'> {
  setting: string
  audits: NodeAudit[]
  rows: number | null
}

/** A table of the star. What a warehouse says of it is null without one. */
export interface ModelNode extends NodeOf<'model'> {
  refreshKey: string
  sql: string
  audits: NodeAudit[]
  fingerprint: Fingerprint
  builtFingerprint: Fingerprint | null
  builtAt: string | null
  changed: string[] | null
  rows: number | null
}

/** A question of the analysts. */
interface QuestionNode extends NodeOf<'question'> {
  answers: string
  sql: string
}

/** What data flows through, each node behind those that it reads. */
export type ManifestNode = SourceNode | ModelNode | QuestionNode

/** Sources, the models given, and the questions. @throws UsageError with file and line for a fault in a question */
export async function everything(models: Model[], states?: ModelStates): Promise<ManifestNode[]> {
  const nodes: ManifestNode[] = stagingTables.map((table) => sourceNode(table, states))
  for (const model of models) nodes.push(await modelNode(model, states))
  for (const question of readQuestions()) nodes.push(await questionNode(question))
  return nodes
}

function sourceNode(table: StagingTable, states?: ModelStates): SourceNode {
  const { name, grain, columns, data } = table
  return {
    kind: 'source',
    name,
    file: `sources/${name}.ts`,
    description: grain,
    key: [],
    reads: [],
    columns: columnsOf(columns, {}),
    setting: data.name,
    audits: auditsIn(stagingAudits(table)),
    rows: states?.rows[name] ?? null,
  }
}

/** What is known of a model. */
export async function modelNode(model: Model, states?: ModelStates): Promise<ModelNode> {
  const { name, grain, key, from, refreshKey, columns } = model
  const state = states?.built[name]
  return {
    kind: 'model',
    name,
    file: `models/${name}.ts`,
    description: grain,
    key,
    reads: from,
    columns: columnsOf(columns, await originsOfModel(model)),
    refreshKey,
    sql: model.rows(allRows),
    audits: auditsIn(model),
    fingerprint: fingerprintOf(model),
    builtFingerprint: state?.fingerprint ?? null,
    builtAt: state?.builtAt ?? null,
    changed: state?.changed ?? null,
    rows: states?.rows[name] ?? null,
  }
}

function auditsIn(table: Audited): NodeAudit[] {
  return auditsOf(table).map((audit) => {
    const { name, severity = 'error' } = audit
    return { name, severity, sql: offendersOf(audit, table, allRows) }
  })
}

async function questionNode(question: Question): Promise<QuestionNode> {
  const { name, file, title, answers, key, sql } = question
  const origins = await originsOfQuestion(question)
  const columns = Object.entries(origins).map(([column, origin]) => ({
    name: column,
    type: null,
    description: null,
    ...madeFrom(origin),
  }))
  const reads = await tablesReadBy(question)
  return { kind: 'question', name, file, description: title, key, reads, columns, answers, sql }
}

function columnsOf(columns: Model['columns'], origins: Record<string, Origin>): NodeColumn[] {
  return Object.entries(columns).map(([name, [type, description]]) => ({
    name,
    type,
    description,
    ...madeFrom(origins[name]),
  }))
}

function madeFrom(origin: Origin = { from: [] }) {
  return { from: origin.from, unknown: origin.unknown ?? null }
}
