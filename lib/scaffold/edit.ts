import ts from 'typescript'
import { UsageError } from '../warehouse/errors'

/**
 * `models/index.ts` with a model at the end of its list, behind all that it may read, and its import in the
 * order of the names; the same text where it is there.
 */
export function withModel(text: string, name: string): string {
  const file = parsed('models/index.ts', text)
  const list = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find((each) => each.name.getText(file) === 'models')?.initializer
  if (!list || !ts.isArrayLiteralExpression(list)) throw unexpected('models/index.ts', '`models`')
  if (list.elements.some((element) => element.getText(file) === name)) return text
  const imports = file.statements.filter(ts.isImportDeclaration)
  const isBehind = ({ moduleSpecifier }: ts.ImportDeclaration) => {
    const from = (moduleSpecifier as ts.StringLiteral).text
    return from.startsWith('./') && from > `./${name}`
  }
  const next = imports.find(isBehind)?.getStart(file) ?? imports.at(-1)!.getEnd() + 1
  return inserted(text, [
    { at: next, added: `import { ${name} } from './${name}'\n` },
    appendedTo(list, name),
  ])
}

/**
 * The file of a model with one more audit; the same text where it has it.
 * @param isTaken true where the model has an audit of that name, however it is written
 * @throws UsageError where it has another one of that name
 */
export function withAudit(
  path: string,
  text: string,
  { name, audit, isTaken }: { name: string; audit: string; isTaken: boolean },
): string {
  const file = parsed(path, text)
  const list = auditsIn(file)
  if (!list) throw unexpected(path, 'the `audits` of `model({…})`')
  const former = list.elements.find((element) => nameOf(element) === name)
  const taken = () =>
    new UsageError(
      `${path} has another audit "${name}" already: choose another name, or remove what is there.`,
    )
  if (!former && isTaken) throw taken()
  if (!former) return inserted(text, [appendedTo(list, audit)])
  const written = parsed('audit.ts', `(${audit})`).statements[0] as ts.ExpressionStatement
  const { expression } = written.expression as ts.ParenthesizedExpression
  if (bare(former.getText(file)) === bare(expression.getText())) return text
  throw taken()
}

function auditsIn(file: ts.SourceFile): ts.ArrayLiteralExpression | undefined {
  let found: ts.ArrayLiteralExpression | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(file) === 'model') {
      const [declaration] = node.arguments
      const properties =
        declaration && ts.isObjectLiteralExpression(declaration) ? declaration.properties : []
      for (const property of properties) {
        if (!ts.isPropertyAssignment(property) || property.name.getText(file) !== 'audits') continue
        if (ts.isArrayLiteralExpression(property.initializer)) found ??= property.initializer
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function nameOf(element: ts.Expression): string | undefined {
  if (!ts.isObjectLiteralExpression(element)) return undefined
  for (const property of element.properties) {
    const isName = ts.isPropertyAssignment(property) && property.name.getText() === 'name'
    if (isName && ts.isStringLiteralLike(property.initializer)) return property.initializer.text
  }
  return undefined
}

// Without what formatting changes.
function bare(text: string): string {
  return text.replace(/[\s,]/g, '').replaceAll('"', "'")
}

interface Insertion {
  at: number
  added: string
}

function appendedTo(list: ts.ArrayLiteralExpression, element: string): Insertion {
  const last = list.elements.at(-1)
  if (last) return { at: last.getEnd(), added: `, ${element}` }
  return { at: list.getEnd() - 1, added: element }
}

function inserted(text: string, insertions: Insertion[]): string {
  return insertions
    .toSorted((one, other) => other.at - one.at)
    .reduce((now, { at, added }) => now.slice(0, at) + added + now.slice(at), text)
}

function parsed(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

function unexpected(path: string, what: string): UsageError {
  return new UsageError(
    `${path} has no list of ${what} that something can be entered in: a literal array is expected there.`,
  )
}
