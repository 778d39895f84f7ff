/** Where a picture is drawn: on a page, or on a phone. In pixels. */
export interface Frame {
  name: 'wide' | 'narrow'
  width: number
  /** Of pictures whose height does not follow from their rows. */
  height: number
  fontSize: number
}

export const frames: Frame[] = [
  { name: 'wide', width: 752, height: 260, fontSize: 13 },
  { name: 'narrow', width: 320, height: 220, fontSize: 12 },
]
