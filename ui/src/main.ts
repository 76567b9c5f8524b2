// The start: opens the door to the app and mounts the window. Nothing else.
import { mount } from 'svelte';
import App from './App.svelte';
import { openBackend } from './backend';
import './styles/tokens.css';
import './styles/marks.css';
import './styles/base.css';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { backend: await openBackend() } });
