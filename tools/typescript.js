const { Buffer } = require('node:buffer')
const { readFileSync } = require('node:fs')
const { recall } = require('./cached-transpiler')

/*
 * Makes Node able to read TypeScript: loaded before all else (`node -r ./tools/typescript.js`). It is
 * ts-node that does it, but loading that and its compiler takes longer than a whole command: so not
 * before a file comes that was not transpiled yet.
 */
process.setSourceMapsEnabled(true)
require.extensions['.ts'] = (module, fileName) => {
  const known = recall(fileName, readFileSync(fileName, 'utf8'))
  if (!known) return withTsNode(module, fileName)
  module._compile(withMap(known), fileName)
}

function withTsNode(module, fileName) {
  delete require.extensions['.ts'] // ts-node hands on to what it finds there
  require('ts-node').register({ projectSearchDir: __dirname })
  Error.prepareStackTrace = undefined // its own knows no map of what came before it; Node's knows all
  require.extensions['.ts'](module, fileName)
}

// What is transpiled ends in the name of a map, which is in no file of its own.
function withMap({ outputText, sourceMapText }) {
  const map = Buffer.from(sourceMapText).toString('base64')
  const end = outputText.lastIndexOf('//# sourceMappingURL=')
  return `${outputText.slice(0, end)}//# sourceMappingURL=data:application/json;base64,${map}`
}
