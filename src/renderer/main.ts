/** The page's entry: styles, the API over the bridge, the application. */
import './styles/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { bridgeApi } from './api.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

mount(App, { target, props: { api: bridgeApi() } });
