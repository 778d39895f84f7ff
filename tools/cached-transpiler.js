const { basename } = require('node:path')
const { recall, remember } = require('./transpile-cache')

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
  return {
    transpile(input, { fileName }) {
      const known = recall(fileName, input)
      if (known) return known
      const output = transpile(input, { fileName, compilerOptions })
      remember(fileName, input, output)
      return output
    },
  }
}

function transpile(input, options) {
  const { outputText, sourceMapText } = require('typescript').transpileModule(input, options)
  // Its source is the file that it stands for, wherever that lies: nothing is written beside it.
  const map = {
    ...JSON.parse(sourceMapText),
    sourceRoot: '',
    sources: [basename(options.fileName)],
  }
  return { outputText, sourceMapText: JSON.stringify(map) }
}
