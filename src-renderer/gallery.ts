/** Development only: every component in every state, at /gallery.html of the dev server. Not part of the build. */
import { mount } from 'svelte'
import Gallery from './gallery/Gallery.svelte'
import './styles/base.css'

const target = document.getElementById('gallery')
if (target !== null) mount(Gallery, { target })
