// ts-node writes import() as require(), which cannot load what awaits at its top level, as Vega does.
exports.loadVega = async () => ({ vega: await import('vega'), lite: await import('vega-lite') })
