/** The renderer's start: one root of state for this window, and the screen that its address asks for. */
import { mount } from 'svelte'
import App from './App.svelte'
import { windowClient } from './bridge.ts'
import { Linnet } from './stores/linnet.svelte.ts'
import './styles/base.css'

const target = document.getElementById('app')
const query = new URLSearchParams(location.search)
if (target !== null) {
  mount(App, {
    target,
    props: {
      linnet: new Linnet(windowClient()),
      conversationId: idIn('conversation'),
      consoleAccountId: idIn('console'),
    },
  })
}

function idIn(name: string): number | undefined {
  const id = Number(query.get(name))
  return id > 0 ? id : undefined
}
