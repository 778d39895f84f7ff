const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { version } = require('typescript/package.json')

const folder = join(__dirname, '..', 'node_modules', '.cache', 'sparkify-warehouse')

/**
 * A transpiler for ts-node (see its "transpiler" option) that remembers: a file is transpiled once for
 * each of its contents, because a hundred small files cost a second at each start otherwise.
 */
exports.create = ({ service: { config } }) => {
  const compilerOptions = {
    ...config.options,
    noEmit: false,
    inlineSourceMap: false,
    sourceMap: true,
  }
  const setting = JSON.stringify([version, compilerOptions])
  return {
    transpile(input, { fileName }) {
      const name = createHash('sha1').update(setting).update(fileName).update(input).digest('hex')
      const file = join(folder, `${name}.json`)
      return read(file) ?? write(file, transpile(input, { fileName, compilerOptions }))
    },
  }
}

function transpile(input, options) {
  const { outputText, sourceMapText } = require('typescript').transpileModule(input, options)
  return { outputText, sourceMapText }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // not there yet
  }
}

// Moved into place whole. Where node_modules may not be written there is no cache, and all else works.
function write(file, output) {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(output))
    renameSync(`${file}.${process.pid}`, file)
    return output
  } catch {
    return output
  }
}
