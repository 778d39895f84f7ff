#!/usr/bin/env node
// The `sparkify` command: TypeScript is run as it is, so this only makes Node able to read it.
require('../tools/typescript')
require('./cli/main.ts').runProcess(process.argv.slice(2))
