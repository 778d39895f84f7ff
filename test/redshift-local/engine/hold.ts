import { openEngine } from '../../../redshift-local/engine/engine'

// A process that uses the engine until it is killed: node -r ./tools/typescript.js hold.ts FOLDER
async function hold(folder: string): Promise<void> {
  const { socketFolder } = await openEngine(folder)
  console.log(socketFolder)
  setInterval(() => {}, 1000)
}

void hold(process.argv[2]!)
