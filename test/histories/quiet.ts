import { steps } from '../../lib/warehouse/steps'
import type { TestWarehouse } from '../warehouse'

/** Keeps notices of loads and of connections that break, both meant to be here, from the test's output. */
export function useQuiet(warehouse: TestWarehouse): void {
  const say = () => {}
  before(() => {
    steps.on('notice', say)
    const { logger } = warehouse.knex.client as { logger: { warn: () => void } }
    logger.warn = say
  })
  after(() => steps.off('notice', say))
}
