/**
 * Loaded into the application before its own code (`-r`): it is not ready before the test driver is attached and says so by
 * `__playwright_run()`. A window that appears while the driver attaches to the browser makes it now and then wait for ever.
 * The driver brings the like for an Electron that it finds itself; that one changes Chromium's switches too.
 */
const { app } = require('electron')

const reallyReady = app.whenReady()
const emit = app.emit.bind(app)
let isReady = false
/** @type {unknown[]} */
let readyArguments = []
/** @type {() => void} */
let release = () => undefined
/** @type {Promise<void>} */
const released = new Promise((resolve) => (release = resolve))

app.isReady = () => isReady
app.whenReady = () => released
app.emit = (/** @type {string} */ event, /** @type {unknown[]} */ ...args) => {
  if (event !== 'ready') return emit(event, ...args)
  readyArguments = args
  return app.listenerCount('ready') > 0
}

Object.assign(globalThis, {
  __playwright_run: async () => {
    await reallyReady
    isReady = true
    release()
    emit('ready', ...readyArguments)
  },
})
