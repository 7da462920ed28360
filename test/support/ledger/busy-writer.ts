/** A process that writes one command after another and says so, until it is killed: `busy-writer.ts <ledger> <from>`. */
import { openLedger, SYSTEM_ACTOR } from '../../../src/main/ledger/index.ts';
import { digest } from '../../../src/main/ledger/index.ts';
import { commandId } from '../../../src/shared/ids.ts';
import { accept } from '../../../src/shared/result.ts';

const [, , path = '', from = '0'] = process.argv;
const clock = { nowMs: () => Date.now() };
const opened = await openLedger({ path, clock, pauseMsMax: Number.MAX_SAFE_INTEGER });
if (!opened.ok) throw new Error(opened.error.code);
const ledger = opened.value;
for (let round = Number(from); ; round += 1) {
  const command = {
    commandId: commandId(`round-${round}`),
    bodyDigest: digest('0'.repeat(64)),
    actor: SYSTEM_ACTOR,
  };
  const reply = await ledger.write(command, (tx) => {
    tx.append('settings-changed', { key: `round-${round}`, value: 'x'.repeat(500) });
    return accept(tx.append('settings-changed', { key: 'last-round', value: round }));
  });
  if (!reply.ok) throw new Error(reply.error.code);
  process.stdout.write(`${round}\n`);
}
