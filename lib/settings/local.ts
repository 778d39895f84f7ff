import { type Setting, anything } from './setting'

/** The folders of the local Redshift. */
export const localSettings: Setting[] = [
  {
    name: 'LOCAL_BUCKETS',
    form: anything,
    expected: 'a folder',
    fallback: { development: 'data/s3', production: 'data/s3' },
  },
  {
    name: 'LOCAL_WAREHOUSE',
    form: anything,
    expected: 'a folder',
    fallback: { development: '.warehouse', production: '.warehouse' },
  },
]
