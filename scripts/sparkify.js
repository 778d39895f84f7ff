#!/usr/bin/env node
// The `sparkify` command: TypeScript is run as it is, so this only makes Node able to read it.
require('ts-node').register({ projectSearchDir: __dirname })
require('./cli/main.ts').main(process.argv.slice(2))
