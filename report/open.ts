import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The program that opens a file as its user's settings have it, by platform. */
const openers: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens a file in the browser. Rejects where the platform's opener is not there, or fails. */
export async function openFile(file: string): Promise<void> {
  const [program, ...words] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(program!, [...words, file], { stdio: 'ignore' })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program!} ended with ${code}`)
}
