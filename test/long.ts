/** Whether random runs take long (LONG=1). */
export const isLong = process.env.LONG !== undefined

/** Of the first case of a random run: SEED, else the same in every short run, and another in every long one. */
export const firstSeed = Number(process.env.SEED ?? (isLong ? Date.now() % 1_000_000_000 : 1))
