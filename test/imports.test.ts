import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

const projectFolder = resolve(__dirname, '..')

// The star, and what it stands on: where a folder may lead that works on it.
const floors = ['models', 'sources', 'lib/warehouse', 'object-store']
const lib = [
  ...['load', 'doctor', 'questions', 'lineage', 'scaffold', 'report', 'sample-data', 'cluster'],
].map((name) => `lib/${name}`)

/**
 * Where the imports of each folder may lead, its own files aside: down. `scripts`, and the programs of
 * `tools`, are where a process starts: they alone import `knexfile`, which plugs the floors together.
 * `bench` measures them from outside. Nobody imports a script, a migration or a seed; `scripts/cli` is what scripts share.
 */
const mayImport: Record<string, string[]> = {
  'knexfile.ts': ['lib/load', 'sources', 'lib/warehouse', 'object-store', 'redshift-local'],
  scripts: ['scripts/cli', 'knexfile.ts', ...lib, ...floors],
  'scripts/cli': ['knexfile.ts', ...lib, ...floors, 'package.json'],
  bench: ['tools', 'models', 'lib/sample-data', 'object-store', 'redshift-local'],
  tools: ['scripts/cli', 'knexfile.ts', ...lib, ...floors, 'redshift-local'],
  seeds: [...lib, ...floors],
  'docs/workflows': [],
  migrations: [],
  'lib/load': ['lib/doctor', ...floors],
  'lib/doctor': floors,
  'lib/questions': ['lib/load', ...floors],
  'lib/lineage': ['lib/questions', 'lib/load', ...floors],
  'lib/scaffold': ['lib/lineage', 'lib/questions', 'lib/load', 'lib/doctor', ...floors],
  'lib/report': ['lib/lineage', 'lib/questions', 'lib/load', ...floors],
  'lib/sample-data': floors,
  'lib/cluster': floors,
  models: ['sources', 'lib/warehouse', 'object-store'],
  sources: ['lib/warehouse', 'object-store'],
  'lib/warehouse': ['object-store'],
  'object-store': [],
  'redshift-local': ['object-store'],
}

describe('imports', () => {
  for (const [folder, allowed] of Object.entries(mayImport)) {
    it(`of ${folder} lead to ${[...allowed, 'packages'].join(', ')} only`, () => {
      const files = filesIn(folder).filter((file) => folderOf(file) === folder)
      expect(files).to.not.deep.equal([])
      for (const file of files) {
        for (const target of importsOf(file)) {
          expect([folder, ...allowed], `${file} imports ${target}`).to.include(folderOf(target))
        }
      }
    })
  }

  it('of a migration are only the type of Knex', () => {
    for (const file of filesIn('migrations')) {
      const imports = readFileSync(join(projectFolder, file), 'utf8').match(/^import .*$/gm)
      expect(imports, file).to.deep.equal(["import type { Knex } from 'knex'"])
    }
  })

  it('of values or types lead nowhere in a circle', () => {
    const circles = circlesAmong(new Map(productFiles().map((file) => [file, importsOf(file)])))
    expect(circles.map((circle) => circle.join(' → '))).to.deep.equal([])
  })

  it('are ruled for every file that holds code', () => {
    expect(productFiles().filter((file) => folderOf(file) === undefined)).to.deep.equal([])
  })
})

const isCode = (file: string) => /\.[jt]s$/.test(file)

/** All files of the project that hold code, but for tests and the settings of tools. */
function productFiles(): string[] {
  return readdirSync(projectFolder, { withFileTypes: true })
    .filter(({ name }) => !/^(\.|node_modules$|data$|test$)/.test(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(entry.name) : entry.name))
    .filter(isCode)
}

function filesIn(folder: string): string[] {
  if (isCode(folder)) return [folder]
  return readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => isCode(file) && !file.split(sep).includes('node_modules'))
    .map((file) => join(folder, file))
}

/** The folder with rules of its own that a file lies in, or the file itself. */
function folderOf(file: string): string | undefined {
  for (let folder = file; folder !== '.'; folder = dirname(folder)) {
    if (folder in mayImport || folder === 'package.json') return folder
  }
  return undefined
}

/** The project's own files that a file imports, also as types, and lazily. */
function importsOf(file: string): string[] {
  const path = join(projectFolder, file)
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'))
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => require.resolve(resolve(dirname(path), name)))
    .map((target) => relative(projectFolder, target))
}

/** The circles that a walk along the imports runs into: each from a file back to itself. */
function circlesAmong(imports: Map<string, string[]>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, way: string[]) => {
    if (way.includes(file)) return circles.push([...way.slice(way.indexOf(file)), file])
    if (done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...way, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return circles
}
