/** The compute of a provisioned cluster. */
export interface NodeSize {
  nodeType: string
  nodes: number
}

/** The compute of Serverless, in RPU. */
export interface RpuSize {
  baseRpu: number
  maxRpu: number
}
