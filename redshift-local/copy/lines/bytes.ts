/** What stands for something that is not plain: the line is to be read by the DocumentReader. */
export const unusual = -1

export const tab = 0x09
export const lineFeed = 0x0a
export const carriageReturn = 0x0d
export const space = 0x20
export const quote = 0x22
export const backslash = 0x5c

/** Four bytes are read and written at once, so that there must be some behind the last line and row. */
export const slack = 8

/** The bytes of lines, those of the rows that they become, and how far they are read. */
export class LineBytes {
  line: Buffer = Buffer.alloc(0)
  lineWords: DataView = new DataView(new ArrayBuffer(0))
  row: Buffer = Buffer.alloc(0)
  rowWords: DataView = new DataView(new ArrayBuffer(0))
  /** Where the bytes begin behind what was read last. */
  at = 0

  /** @param line has `slack` behind what is read */
  read(line: Buffer): void {
    if (this.line === line) return
    this.line = line
    this.lineWords = wordsOf(line)
  }

  /** @param row has `slack` behind what is written */
  write(row: Buffer): void {
    if (this.row === row) return
    this.row = row
    this.rowWords = wordsOf(row)
  }
}

function wordsOf({ buffer, byteOffset }: Buffer): DataView {
  return new DataView(buffer, byteOffset)
}
