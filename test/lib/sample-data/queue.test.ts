import { expect } from 'chai'
import { Queue, Random } from '../../../lib/sample-data/random'

describe('Queue', () => {
  it('gives what was added in order, whatever the order of adding', () => {
    const random = new Random(1, 1)
    const queue = new Queue<number>((one, other) => one < other)
    const added = Array.from({ length: 500 }, () => random.below(300))
    for (const number of added) queue.add(number)
    const taken: number[] = []
    for (; queue.first !== undefined; queue.take()) taken.push(queue.first)
    expect(taken).to.deep.equal(added.sort((one, other) => one - other))
  })

  it('puts the first behind others when it has changed', () => {
    const queue = new Queue<{ at: number }>((one, other) => one.at < other.at)
    for (const at of [1, 5, 3]) queue.add({ at })
    queue.first!.at = 4
    queue.changed()
    expect(queue.first).to.deep.equal({ at: 3 })
  })
})
