import type { FileHandle } from 'node:fs/promises'
import { fileError } from './file-errors'

const chunkBytes = 256 * 1024

/** The bytes of a file. Each chunk is the reader's to keep. */
export async function* readChunks(file: FileHandle, name: string): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file
      .read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes)
      .catch((error: unknown) => {
        throw fileError(error, name)
      })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
