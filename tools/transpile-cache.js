const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join, relative, resolve } = require('node:path')
const { version } = require('typescript/package.json')

const project = resolve(__dirname, '..')
const folder = join(project, 'node_modules', '.cache', 'sparkify-warehouse')
const settings = readFileSync(join(project, 'tsconfig.json'))

/** What a TypeScript file of this content became, as `{ outputText, sourceMapText }`; undefined where that is not known yet. */
exports.recall = (fileName, input) => {
  try {
    return JSON.parse(readFileSync(placeOf(fileName, input), 'utf8'))
  } catch {
    return undefined
  }
}

/** Keeps what a file became. Where node_modules may not be written nothing is kept, and all else works. */
exports.remember = (fileName, input, output) => {
  const file = placeOf(fileName, input)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(output))
    renameSync(`${file}.${process.pid}`, file) // into place whole
  } catch {
    return
  }
}

// By the path in the project: copies of the project that share node_modules share this too.
function placeOf(fileName, input) {
  const hash = createHash('sha1').update(version).update(settings)
  hash.update(relative(project, fileName)).update(input)
  return join(folder, `${hash.digest('hex')}.json`)
}
