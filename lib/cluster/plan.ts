import type { Change, ResourceChange } from '@aws-sdk/client-cloudformation'
import { UsageError } from '../warehouse/errors'

/** A property that changes. */
interface PropertyChange {
  property: string
  before: string | undefined
  after: string | undefined
  /** Whether AWS makes the resource anew for it: Always, Conditionally, Never. */
  recreates: string
}

/** What is to happen to a resource of the stack. */
export interface PlannedChange {
  mark: '+' | '~' | '-' | '!'
  logicalId: string
  type: string
  properties: PropertyChange[]
}

/** A change set as a plan. */
export function planOf(changes: Change[]): PlannedChange[] {
  return changes.flatMap(({ ResourceChange: change }) =>
    change
      ? [
          {
            mark: markOf(change),
            logicalId: change.LogicalResourceId ?? '',
            type: change.ResourceType ?? '',
            properties: change.Action === 'Modify' ? propertiesOf(change) : [],
          },
        ]
      : [],
  )
}

function markOf({ Action, Replacement }: ResourceChange): PlannedChange['mark'] {
  if (Action === 'Add') return '+'
  if (Action === 'Remove') return '-'
  return Replacement === 'True' || Replacement === 'Conditional' ? '!' : '~'
}

// A property stands there for each reason that it has to change.
function propertiesOf({ Details }: ResourceChange): PropertyChange[] {
  const found = new Map<string, PropertyChange>()
  for (const { Target } of Details ?? []) {
    const property = Target?.Name ?? Target?.Attribute ?? ''
    const { BeforeValue: before, AfterValue: after, RequiresRecreation = 'Never' } = Target ?? {}
    const former = found.get(property)
    if (former && former.recreates !== 'Never') continue
    found.set(property, { property, before, after, recreates: RequiresRecreation })
  }
  return [...found.values()]
}

const dataHolders = ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Namespace']

/** @throws UsageError where a change would replace or remove what holds the data, with the property that asks for it */
export function refuseLoss(plan: PlannedChange[], name: string): void {
  const lost = plan.filter(
    ({ mark, type }) => dataHolders.includes(type) && (mark === '!' || mark === '-'),
  )
  if (lost.length === 0) return
  const list = lost.flatMap((change) => {
    if (change.mark === '-')
      return [
        `${changeText(change)}: it would be removed,`,
        '      because of Kind, as the other kind of warehouse is asked for',
      ]
    const why = change.properties.filter(({ recreates }) => recreates !== 'Never')
    return [
      `${changeText(change)}: it would be replaced,`,
      ...why.map((property) => `      because of ${propertyText(property)}`),
    ]
  })
  throw new UsageError(
    `The data would be lost, so this is not done:\n${list.join('\n')}\n` +
      'Leave that option out; or keep the data in a snapshot, and make the warehouse anew:\n' +
      `\`sparkify cluster down --name ${name} --snapshot …\`. Nothing was changed.`,
  )
}

/** A plan, one resource a line, with the properties that change. */
export function planText(plan: PlannedChange[]): string {
  return plan
    .flatMap((change) => [
      changeText(change),
      ...change.properties.map((property) => `      ${propertyText(property)}`),
    ])
    .join('\n')
}

function changeText({ mark, logicalId, type }: PlannedChange): string {
  return `  ${mark} ${logicalId} (${type})`
}

function propertyText({ property, before, after }: PropertyChange): string {
  if (before === undefined && after === undefined) return property
  return `${property}: ${valueText(before)} → ${valueText(after)}`
}

/** A value as AWS tells it, to be read in a line: of rules and tags their values alone. */
export function valueText(value: string | undefined): string {
  if (value === undefined) return 'nothing'
  try {
    return /^[[{]/.test(value) ? shown(JSON.parse(value)) : value
  } catch {
    return value
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'nothing'
  if (typeof value !== 'object' || value === null) return String(value)
  const values: unknown[] = Object.values(value)
  if (values.some((one) => typeof one === 'object')) return JSON.stringify(value)
  return [...new Set(values)].join(' ') // a port stands there twice: from, and to
}
