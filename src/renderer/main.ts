/** The page's entry: styles, the API over the bridge, the application. */
import './styles/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { bridgeApi } from './api.ts';
import { firstAnswers } from './first-answers.ts';
import { locale, localeOfAddress } from './locale.svelte.ts';
import { readiness } from './shell/readiness.ts';
import { applyTheme } from './shell/theme.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// Decoded before the first layout, which would otherwise look for other faces in the system and then be done again: the
// Latin one, and those of the commonest Han glyphs, which the name of the other language needs on an English screen.
void document.fonts.load('1em "IBM Plex Sans Variable"');
void document.fonts.load('1em "Noto Sans SC Variable"', '中文');

// What main knows before the ledger is open: the language stands in the address, the theme is Chromium's own.
locale.set(localeOfAddress(location.search) ?? 'en');
applyTheme('system');

// When the first screen could be looked at, to be read by whoever measures a start.
void readiness.first.then(() => performance.mark('usable'));

mount(App, { target, props: { api: firstAnswers(bridgeApi(), location.hash) } });
