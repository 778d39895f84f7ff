/// <reference lib="dom" />
import type { Values } from '../values'

/**
 * In the page: under the pointer, and by the arrow keys, a picture says what its marks are worth. It is a
 * slider to the keyboard, which goes from mark to mark; Escape hides what it says.
 */
export function showValues(): void {
  const pictures = [...document.querySelectorAll<HTMLElement>('.picture')]
  const hides = pictures.map(attach)
  const hideAll = () => hides.forEach((hide) => hide())
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && hideAll())
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target as Element).closest('.picture')) hideAll()
  })
  addEventListener('resize', hideAll)

  function attach(picture: HTMLElement): () => void {
    const { unit, series, stops } = JSON.parse(picture.dataset.values!) as Values
    const figure = picture.closest('figure')!
    const marks = picture.querySelector('.marks')
    const [band, tip, slider] = [part('band'), part('tip'), part('stops')]
    band.hidden = tip.hidden = true
    band.ariaHidden = tip.ariaHidden = 'true'
    let at = 0
    slider.tabIndex = 0
    Object.assign(slider, {
      role: 'slider',
      ariaLabel: `Values: ${figure.querySelector('.subject')!.textContent}`,
      ariaValueMin: '1',
      ariaValueMax: String(stops.length),
    })
    say(0)
    picture.after(band, slider, tip)

    const hide = () => {
      band.hidden = tip.hidden = true
    }
    const point = (event: PointerEvent) => {
      const i = boxes().findIndex((box) => isIn(box, event))
      if (i < 0) hide()
      else show(i)
    }
    picture.addEventListener('pointermove', point)
    picture.addEventListener('pointerdown', point)
    picture.addEventListener('pointerleave', (event) => event.pointerType === 'mouse' && hide())
    picture.addEventListener('scroll', hide)
    slider.addEventListener('focus', () => show(at))
    slider.addEventListener('blur', hide)
    slider.addEventListener('keydown', (event) => {
      const to = event.altKey || event.ctrlKey || event.metaKey ? undefined : placeOf(event.key)
      if (to === undefined) return
      event.preventDefault()
      const i = Math.max(0, Math.min(to, stops.length - 1))
      reveal(i)
      show(i)
    })
    return hide

    /** Where each mark has its place, in the window. */
    function boxes(): DOMRect[] {
      if (marks) {
        const { left, top, width, height } = marks.getBoundingClientRect()
        const step = width / stops.length
        return stops.map((_, i) => new DOMRect(left + i * step, top, step, height))
      }
      const cells = [...picture.querySelectorAll('.cell, .bars > span')]
      return cells
        .filter((cell) => cell.checkVisibility())
        .map((cell) => {
          const box = cell.getBoundingClientRect()
          if (cell.matches('.cell')) return box
          const label = cell.previousElementSibling!.getBoundingClientRect()
          const [left, top] = [Math.min(label.left, box.left), Math.min(label.top, box.top)]
          return new DOMRect(left, top, box.right - left, Math.max(label.bottom, box.bottom) - top)
        })
    }

    /** Columns reach down to their labels. */
    function isIn(box: DOMRect, { clientX, clientY }: PointerEvent): boolean {
      const isBeside = clientX >= box.left && clientX < box.right
      return isBeside && (marks !== null || (clientY >= box.top && clientY < box.bottom))
    }

    function placeOf(key: string): number | undefined {
      const places: Record<string, () => number> = {
        Home: () => 0,
        End: () => stops.length - 1,
        PageUp: () => at - 10,
        PageDown: () => at + 10,
        ArrowLeft: () => next(-1, 0),
        ArrowRight: () => next(1, 0),
        ArrowUp: () => next(0, -1),
        ArrowDown: () => next(0, 1),
      }
      return places[key]?.()
    }

    /** The nearest mark in a direction; along columns up is on, as it is of a slider. */
    function next(right: number, down: number): number {
      if (marks) return at + right - down
      const all = boxes()
      const here = all[at]!
      if (picture.querySelector('.bars')) return at + right + down
      let nearest = { i: at, distance: Infinity }
      all.forEach((box, i) => {
        const [x, y] = [(box.left - here.left) / here.width, (box.top - here.top) / here.height]
        const [ahead, aside] = right === 0 ? [y * down, x] : [x * right, y]
        if (ahead > 0.5 && Math.abs(aside) < 0.5 && ahead < nearest.distance)
          nearest = { i, distance: ahead }
      })
      return nearest.i
    }

    /** Scrolls a picture that is wider than its place. */
    function reveal(i: number): void {
      const [box, frame] = [boxes()[i]!, picture.getBoundingClientRect()]
      if (box.left < frame.left || box.right > frame.right)
        picture.scrollLeft += box.left - frame.left - frame.width / 2
    }

    function show(i: number): void {
      const box = boxes()[i]
      if (!box) return
      at = i
      say(i)
      const [name, ...values] = stops[i]!
      tip.replaceChildren(lineOf(name, 'b'), ...linesOf(values))
      band.hidden = tip.hidden = false
      const frame = figure.getBoundingClientRect()
      const [left, top] = [box.left - frame.left, box.top - frame.top]
      cover(band, box, frame)
      cover(slider, picture.getBoundingClientRect(), frame)
      const { offsetWidth: width } = tip
      const beside = left + box.width + 8
      const x = !marks ? left : beside + width > frame.width ? left - width - 8 : beside
      place(tip, Math.max(0, Math.min(x, frame.width - width)), marks ? top : top + box.height + 5)
    }

    function say(i: number): void {
      const [name, ...values] = stops[i]!
      const said = values.map((value, j) => value !== null && [series[j], value].join(' ').trim())
      const text = said.filter(Boolean).join(', ')
      slider.ariaValueNow = String(i + 1)
      slider.ariaValueText = `${name}: ${text ? `${text} ${unit}` : 'no row'}`
    }

    function linesOf(values: (string | null)[]): HTMLElement[] {
      if (values.every((value) => value === null)) return [lineOf('no row', 'span')]
      if (values.length === 1) return [lineOf(`${values[0]} ${unit}`, 'span')]
      return values.map((value, j) => {
        const line = lineOf(series[j]!, 'span')
        line.className = `series-${j + 1}`
        line.append(lineOf(value ?? 'no row', 'em'))
        return line
      })
    }

    function lineOf(text: string, tag: string): HTMLElement {
      const line = document.createElement(tag)
      line.append(Object.assign(document.createElement('bdi'), { textContent: text }))
      return line
    }
  }

  function part(className: string): HTMLElement {
    return Object.assign(document.createElement('div'), { className })
  }

  function cover(
    element: HTMLElement,
    { left, top, width, height }: DOMRect,
    frame: DOMRect,
  ): void {
    place(element, left - frame.left, top - frame.top)
    element.style.width = `${width}px`
    element.style.height = `${height}px`
  }

  function place(element: HTMLElement, left: number, top: number): void {
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  }
}
