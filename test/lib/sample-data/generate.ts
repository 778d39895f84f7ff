// A process of its own for the tests: writes the data set that its argument describes as JSON.
import { writeSampleData, type SampleOptions } from '../../../lib/sample-data/write'

void writeSampleData(JSON.parse(process.argv[2]!) as SampleOptions, () => process.stdout.write('.'))
