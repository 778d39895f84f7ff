import { expect } from 'chai'
import { countParts, partOf, planParts } from '../../../lib/load/compact'

const files = (sizes: number[]) =>
  sizes.map((size, at) => ({ url: `s3://b/${at}`, etag: `e${at}`, size }))
const sizesOf = (sizes: number[], count: number) =>
  planParts(files(sizes), count).map(({ originals }) => originals.map(({ size }) => size))

describe('A plan of parts', () => {
  const MB = 1e6
  const counts = [
    { bytes: 1000, files: 50, slices: 1, parts: 1 },
    { bytes: 64 * MB, files: 50, slices: 1, parts: 1 },
    { bytes: 65 * MB, files: 50, slices: 1, parts: 2 },
    { bytes: 65 * MB, files: 50, slices: 8, parts: 8 },
    { bytes: 600 * MB, files: 5000, slices: 8, parts: 16 },
    { bytes: 5 * MB, files: 5000, slices: 4, parts: 4 },
    { bytes: 3 * MB, files: 5000, slices: 4, parts: 3 },
    { bytes: 600 * MB, files: 10, slices: 8, parts: 8 },
    { bytes: 600 * MB, files: 3, slices: 8, parts: 3 },
    { bytes: 0, files: 3, slices: 2, parts: 1 },
  ]
  for (const { bytes, files: count, slices, parts } of counts) {
    it(`has ${parts} for ${bytes / MB} MB in ${count} files on ${slices} slices`, () => {
      expect(countParts(bytes, count, { partBytes: 64 * MB, slices })).to.equal(parts)
    })
  }

  it('keeps the order of files, and makes parts about as large as each other', () => {
    expect(sizesOf([1, 1, 1, 1, 1, 1], 3)).to.deep.equal([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    expect(sizesOf([9, 1, 1, 1], 2)).to.deep.equal([[9], [1, 1, 1]])
  })

  it('leaves no part empty, whatever the sizes', () => {
    expect(sizesOf([0, 0, 0, 100], 3)).to.have.length(3)
    expect(sizesOf([100, 0, 0], 3)).to.deep.equal([[100], [0], [0]])
    expect(sizesOf([5], 1)).to.deep.equal([[5]])
  })

  it('names a part by the URLs and etags that it holds', () => {
    const [first, second] = files([1, 2])
    const names = [[first!], [second!], [first!, second!], [{ ...first!, etag: 'other' }]].map(
      (originals) => partOf(originals).name,
    )
    expect(new Set(names).size).to.equal(4)
    expect(partOf([{ ...first!, size: 7 }]).name).to.equal(names[0])
  })
})
