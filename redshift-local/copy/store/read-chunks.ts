import type { FileHandle } from 'node:fs/promises'
import { fileError } from './file-errors'

const chunkBytes = 256 * 1024

/** The bytes of a file of about `size`. Each chunk is the reader's to keep. */
export async function* readChunks(
  file: FileHandle,
  name: string,
  size: number,
): AsyncGenerator<Buffer> {
  // One byte more than there is finds the end, too.
  const length = Math.min(chunkBytes, size + 1)
  for (;;) {
    const { bytesRead, buffer } = await file
      .read(Buffer.allocUnsafeSlow(length), 0, length)
      .catch((error: unknown) => {
        throw fileError(error, name)
      })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
