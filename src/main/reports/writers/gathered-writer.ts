/**
 * Writes many small pieces as few large ones through one buffer: each write is a way to another thread and back, which on a busy
 * computer takes longer than making the piece, and a buffer of its own for each would wait for the collector.
 */
import type { FileHandle } from 'node:fs/promises';

/** Few enough for whatever else goes on in the process to have its turn often. */
const BUFFER_BYTES = 262_144;

export class GatheredWriter {
  /** Written so far, once everything is flushed. */
  bytes = 0;
  readonly #file: FileHandle;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #encoder = new TextEncoder();
  #used = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Text is written as UTF-8. */
  async write(piece: string | Uint8Array): Promise<void> {
    if (typeof piece === 'string') return this.#writeText(piece);
    if (piece.byteLength > BUFFER_BYTES - this.#used) await this.flush();
    if (piece.byteLength > BUFFER_BYTES) return this.#writeWhole(piece);
    this.#buffer.set(piece, this.#used);
    this.#used += piece.byteLength;
  }

  async flush(): Promise<void> {
    const gathered = this.#buffer.subarray(0, this.#used);
    this.#used = 0;
    await this.#writeWhole(gathered);
  }

  async #writeText(text: string): Promise<void> {
    for (let from = 0; from < text.length;) {
      const rest = from === 0 ? text : text.slice(from);
      const { read, written } = this.#encoder.encodeInto(rest, this.#buffer.subarray(this.#used));
      this.#used += written;
      from += read;
      if (from < text.length) await this.flush();
    }
  }

  /** A single write may take less than it is given. */
  async #writeWhole(data: Uint8Array): Promise<void> {
    for (let offset = 0; offset < data.byteLength;) {
      const { bytesWritten } = await this.#file.write(data, offset, data.byteLength - offset);
      offset += bytesWritten;
      this.bytes += bytesWritten;
    }
  }
}
