/** One empty window: the canvas on which make-icons.mjs draws. */
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => new BrowserWindow({ width: 400, height: 300 }).loadURL('about:blank'));
