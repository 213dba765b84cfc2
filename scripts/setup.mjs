/** `node scripts/setup.mjs`: prepares everything that the app and its tests need, and says where Electron is. */
import { runScript, setup } from './setup/index.mjs'

await runScript(async () => {
  const system = /** @type {const} */ (['electron', 'display', 'desktop', 'prosody'])
  const { electronPath, electronVersion } = await setup({ system, triesOfficial: true })
  console.log(`Electron ${electronVersion}: ${electronPath}`)
})
