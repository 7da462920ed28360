/** Where a Chromium that was started with `--remote-debugging-port=0` can be asked afterwards: it says so once it is up. */
import type { ChildProcess } from 'node:child_process';

/** @throws Error with what the program said, when it ends before */
export function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words += text;
      const address = /DevTools listening on ws:\/\/(\S+?)\//.exec(words)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    });
    child.on('exit', (code) => reject(new Error(`the program ended with ${String(code)}:\n${words}`)));
  });
}
