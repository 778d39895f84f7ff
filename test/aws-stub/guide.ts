import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../scripts/command'
import type { Policy } from './policy'

const guide = join(projectFolder, 'docs', 'amazon-redshift.md')

/** The permissions that the guide has the caller given: its JSON, as it stands there. */
export function readGuidePolicy(): Policy {
  const [, text = ''] = /```json\n(\{\n {2}"Version".*?)```/s.exec(readGuide()) ?? []
  return JSON.parse(text) as Policy
}

/** The commands of `cluster` that the page has to be run, as the words behind `sparkify`. */
export function readCommands(): string[][] {
  const blocks = [...readGuide().matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text!)
  return blocks
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => line.replace(/^npx sparkify /, '').split(' '))
}

/** The page. */
export function readGuide(): string {
  return readFileSync(guide, 'utf8')
}
