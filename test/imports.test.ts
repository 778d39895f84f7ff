import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

const projectFolder = resolve(__dirname, '..')

/**
 * Who may import whom, by the folders (and top-level files) that a file lies in. What is not listed
 * for a folder it may not import; its own folder it always may.
 */
const mayImport: Record<string, string[]> = {
  migrations: [],
  seeds: ['models', 'lib'],
  models: ['lib'],
  lib: ['knexfile.ts'],
  cluster: ['lib'],
  report: ['models', 'lib'],
  scripts: ['models', 'cluster', 'report', 'lib', 'knexfile.ts', 'package.json'],
  'knexfile.ts': ['lib', 'redshift-local'],
  'redshift-local': [],
  bench: ['models', 'lib', 'redshift-local', 'knexfile.ts'],
  tools: ['models', 'report', 'lib', 'knexfile.ts'],
}

describe('imports', () => {
  for (const [place, allowed] of Object.entries(mayImport)) {
    it(`of ${place} lead to ${[...allowed, 'packages'].join(', ')} only`, () => {
      const files = sourcesIn(place)
      expect(files).to.not.deep.equal([])
      for (const file of files) {
        for (const target of localImports(file)) {
          expect([place, ...allowed], `${file} imports ${target}`).to.include(target.split('/')[0])
        }
      }
    })
  }

  it('of a migration are only the type of Knex', () => {
    for (const file of sourcesIn('migrations')) {
      const imports = readFileSync(join(projectFolder, file), 'utf8').match(/^import .*$/gm)
      expect(imports, file).to.deep.equal(["import type { Knex } from 'knex'"])
    }
  })

  it('are ruled for every folder that holds code', () => {
    const folders = readdirSync(projectFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !['node_modules', 'data', 'test'].includes(name))
      .filter((name) => sourcesIn(name).length > 0)
    expect(Object.keys(mayImport)).to.include.members(folders)
  })
})

function sourcesIn(place: string): string[] {
  if (place.endsWith('.ts')) return [place]
  return readdirSync(join(projectFolder, place), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => join(place, file))
}

/** The project's own files that a file imports, also lazily, from the project's folder. */
function localImports(file: string): string[] {
  const path = join(projectFolder, file)
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'))
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(projectFolder, resolve(dirname(path), name)))
    .map((target) => (target === 'knexfile' ? 'knexfile.ts' : target))
}
