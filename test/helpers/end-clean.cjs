/**
 * Loaded into the application before its own code (`-r`): collects garbage whole at its end. Electron before 33.4 now and then
 * ends with a segmentation fault when a collection is half done as it takes itself apart: an object that both the collection
 * and the clean-up free (electron/electron#45368). A forced collection leaves nothing half done.
 */
const { app } = require('electron')
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
app.on('will-quit', () => collect())
