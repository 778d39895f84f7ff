const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { basename, join, resolve } = require('node:path')
const { version } = require('typescript/package.json')

/*
 * A transpiler for ts-node (see its "transpiler" option) that remembers: a file is transpiled once for
 * each of its contents, because a command would take three seconds longer at each start otherwise.
 */
const project = resolve(__dirname, '..')
const folder = join(project, 'node_modules', '.cache', 'sparkify-warehouse')
const settings = ['tsconfig.json', 'tools/cached-transpiler.js'].map((file) =>
  readFileSync(join(project, file)),
)

exports.create = ({ service: { config } }) => {
  const compilerOptions = {
    ...config.options,
    noEmit: false,
    inlineSourceMap: false,
    sourceMap: true,
  }
  return {
    transpile(input, { fileName }) {
      const known = recall(fileName, input)
      if (known) return known
      const output = transpile(input, { fileName, compilerOptions })
      if (output.diagnostics.length === 0) remember(fileName, input, output)
      return output
    },
  }
}

/** What a TypeScript file of this content became, as `{ outputText, sourceMapText }`; undefined where that is not known yet. */
exports.recall = recall

function recall(fileName, input) {
  try {
    return JSON.parse(readFileSync(cacheFile(fileName, input), 'utf8'))
  } catch {
    return undefined
  }
}

// Where node_modules may not be written nothing is kept, and all else works.
function remember(fileName, input, output) {
  const file = cacheFile(fileName, input)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(output))
    renameSync(`${file}.${process.pid}`, file) // into place whole
  } catch {
    return
  }
}

// By what it is made of alone: copies of the project that share node_modules share this too.
function cacheFile(fileName, input) {
  const hash = createHash('sha1')
  for (const part of [version, ...settings, basename(fileName), input]) hash.update(part)
  return join(folder, `${hash.digest('hex')}.json`)
}

function transpile(input, options) {
  const { outputText, sourceMapText, diagnostics } = require('typescript').transpileModule(input, {
    ...options,
    reportDiagnostics: true,
  })
  // Its source is the file that it stands for, wherever that lies: nothing is written beside it.
  const map = {
    ...JSON.parse(sourceMapText),
    sourceRoot: '',
    sources: [basename(options.fileName)],
  }
  // Those of the file are its syntax errors, which ts-node throws with their lines; the rest are of options.
  const ofFile = diagnostics.filter(({ file }) => file !== undefined)
  return { outputText, sourceMapText: JSON.stringify(map), diagnostics: ofFile }
}
