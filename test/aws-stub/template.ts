import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORE_SCHEMA, defineScalarTag, defineSequenceTag, load } from 'js-yaml'
import { projectFolder } from '../scripts/command'

type Json = string | number | boolean | Json[] | { [name: string]: Json }
type Node = Record<string, Json>

export interface TemplateParameter {
  Type: 'String' | 'Number' | 'CommaDelimitedList'
  Default?: string | number
  AllowedValues?: string[]
  AllowedPattern?: string
  MinValue?: number
  MaxValue?: number
}

interface Declared {
  Type: string
  Condition?: string
  Properties: Json
  DeletionPolicy?: string
  UpdateReplacePolicy?: string
}

export interface Template {
  Parameters: Record<string, TemplateParameter>
  Conditions: Record<string, Json>
  Resources: Record<string, Declared>
  Outputs: Record<string, { Condition?: string; Value: Json }>
}

/** Where a template is expanded. */
export interface Place {
  name: string
  region: string
  account: string
  /** What an attribute of a resource is (`Role`, `Arn`), and with '' what names it. */
  attribute: (logicalId: string, attribute: string) => Json
}

/** A resource as it would be made. */
export interface Expanded {
  type: string
  properties: Node
  declared: Declared
}

export const templateText = readFileSync(
  join(projectFolder, 'lib', 'cluster', 'template.yaml'),
  'utf8',
)

const functions = ['Equals', 'Not', 'And', 'If', 'Sub', 'GetAtt']
const never = { identify: () => false }
const long = (name: string) => (['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`)
const schema = CORE_SCHEMA.withTags([
  ...['Ref', 'Condition', ...functions].map((name) =>
    defineScalarTag(`!${name}`, { ...never, resolve: (text) => ({ [long(name)]: text }) }),
  ),
  ...functions.map((name) =>
    defineSequenceTag<Json[], Node>(`!${name}`, {
      ...never,
      create: () => [],
      addItem: (list, item) => void list.push(item as Json),
      finalize: (list) => ({ [long(name)]: list }),
    }),
  ),
])

export function parseTemplate(text: string): Template {
  return load(text, { schema }) as Template
}

/** What CloudFormation says of parameters that the template does not take; undefined: it takes them. */
export function faultOfParameters(
  { Parameters }: Template,
  given: Record<string, string>,
): string | undefined {
  const strange = Object.keys(given).filter((name) => !(name in Parameters))
  if (strange.length > 0) return `Parameters: [${strange.join(', ')}] do not exist in the template`
  for (const [name, declared] of Object.entries(Parameters)) {
    const value = given[name] ?? declared.Default?.toString()
    if (value === undefined) return `Parameters: [${name}] must have values`
    const { AllowedValues, AllowedPattern, MinValue, MaxValue, Type } = declared
    if (AllowedValues && !AllowedValues.includes(value))
      return `Template error: ${name} has the value ${value}, which is not in [${AllowedValues.join(', ')}]`
    if (AllowedPattern && !new RegExp(`^(${AllowedPattern})$`).test(value))
      return `Parameter '${name}' must match pattern ${AllowedPattern}`
    const number = Number(value)
    if (Type === 'Number' && !(number >= MinValue! && number <= MaxValue!))
      return `Parameter '${name}' must be a number from ${MinValue} to ${MaxValue}`
  }
  return undefined
}

/** A template with its parameters put in, and its conditions judged. */
export function expand(template: Template, given: Record<string, string>, place: Place) {
  const value = (name: string): Json => {
    const pseudo = {
      'AWS::StackName': place.name,
      'AWS::Region': place.region,
      'AWS::AccountId': place.account,
      'AWS::Partition': 'aws',
    }
    if (name in pseudo) return pseudo[name as keyof typeof pseudo]
    const declared = template.Parameters[name]
    if (!declared) {
      if (!(name in template.Resources)) throw new Error(`There is no ${name} to refer to.`)
      return place.attribute(name, '')
    }
    const text = given[name] ?? String(declared.Default)
    return declared.Type === 'CommaDelimitedList' ? text.split(',') : text
  }
  const holds = (name: string): boolean => {
    if (!(name in template.Conditions)) throw new Error(`There is no condition ${name}.`)
    return evaluate(template.Conditions[name]!) === true
  }
  const evaluate = (node: Json): Json | undefined => {
    if (Array.isArray(node))
      return node.map(evaluate).filter((one): one is Json => one !== undefined)
    if (typeof node !== 'object') return node
    const [[name, of] = ['', ''], ...others] = Object.entries(node)
    if (
      others.length === 0 &&
      (name === 'Ref' || name.startsWith('Fn::') || name === 'Condition')
    ) {
      const list = of as Json[]
      if (name === 'Ref') return of === 'AWS::NoValue' ? undefined : value(of as string)
      if (name === 'Condition' && typeof of === 'string') return holds(of)
      if (name === 'Fn::If') return evaluate(holds(list[0] as string) ? list[1]! : list[2]!)
      if (name === 'Fn::Equals') return evaluate(list[0]!) === evaluate(list[1]!)
      if (name === 'Fn::Not') return evaluate(list[0]!) !== true
      if (name === 'Fn::And') return list.every((one) => evaluate(one) === true)
      if (name === 'Fn::Sub')
        return (of as string).replace(
          /\$\{([^}]+)\}/g,
          (_, inner: string) => value(inner) as string,
        )
      if (name === 'Fn::GetAtt') {
        const [, logicalId = '', attribute = ''] = /^([^.]+)\.(.+)$/.exec(of as string) ?? []
        if (!(logicalId in template.Resources)) throw new Error(`There is no ${logicalId}.`)
        return place.attribute(logicalId, attribute)
      }
    }
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, inner]) => {
        const found = evaluate(inner)
        return found === undefined ? [] : [[key, found]]
      }),
    )
  }
  const isThere = ({ Condition }: { Condition?: string }) =>
    Condition === undefined || holds(Condition)
  const resources = Object.entries(template.Resources)
    .filter(([, declared]) => isThere(declared))
    .map(([logicalId, declared]): [string, Expanded] => [
      logicalId,
      { type: declared.Type, properties: evaluate(declared.Properties) as Node, declared },
    ])
  const outputs = () =>
    Object.entries(template.Outputs)
      .filter(([, output]) => isThere(output))
      .map(([name, { Value }]): [string, string] => [name, evaluate(Value) as string])
  return { resources: new Map(resources), outputs }
}
