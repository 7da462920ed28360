/**
 * The bridge's whole contract: every channel by name, and the types inferred from it. Main is typed to answer all of
 * them and validates each request; tests validate each response. Events flow one way, from main to the window.
 */
import type { z } from 'zod';
import type { Result } from '../result.ts';
import type { CommonError, Immutable } from './channel.ts';
import { clinicChannels } from './clinic.ts';
import { importChannels } from './imports.ts';
import { ledgerChannels } from './ledger.ts';
import { pathwayChannels } from './pathways.ts';
import { poolChannels } from './pools.ts';
import { queueChannels } from './queue.ts';
import { recoveryChannels } from './recovery.ts';
import { reportChannels } from './report.ts';
import { reportPartsChannels } from './report-parts.ts';
import { reportSettingChannels } from './report-settings.ts';
import { taskChannels } from './tasks.ts';
import { dayChannels } from './day.ts';
import { decisionChannels } from './decisions.ts';
import { whatifChannels } from './whatif.ts';
import { timelineChannels } from './timeline.ts';

export const CONTRACT = {
  ...clinicChannels,
  ...taskChannels,
  ...queueChannels,
  ...poolChannels,
  ...timelineChannels,
  ...importChannels,
  ...reportChannels,
  ...reportPartsChannels,
  ...reportSettingChannels,
  ...ledgerChannels,
  ...recoveryChannels,
  ...dayChannels,
  ...decisionChannels,
  ...whatifChannels,
  ...pathwayChannels,
} as const;

export type Contract = typeof CONTRACT;
export type ChannelName = keyof Contract;
export type QueryName = { [N in ChannelName]: Contract[N]['kind'] extends 'query' ? N : never }[ChannelName];
export type CommandName = Exclude<ChannelName, QueryName>;

export type Request<N extends ChannelName> = Immutable<z.infer<Contract[N]['request']>>;
export type Response<N extends ChannelName> = Immutable<z.infer<Contract[N]['response']>>;
export type ErrorCode<N extends ChannelName> = CommonError | Contract[N]['errors'][number];
export type Reply<N extends ChannelName> = Result<Response<N>, ErrorCode<N>>;

/** What main tells the window without being asked. */
export interface BridgeEvents {
  /** The ledger has grown, or another ledger was opened: ask again. */
  'ledger.changed': { readonly length: number };
  /** There is another offer of a better plan, or none any more. */
  'offer.changed': Readonly<Record<string, never>>;
  'import.progress': {
    readonly phase: 'reading' | 'checking' | 'writing';
    readonly done: number;
    readonly total: number;
  };
  'verify.progress': { readonly done: number; readonly total: number };
  'export.progress': { readonly done: number; readonly total: number };
  /** A menu item of the window's own menu bar. */
  'menu.command': { readonly name: string };
}
export type BridgeEventName = keyof BridgeEvents;

/**
 * What the preload script puts on `window.clinicAllocator`, and nothing else. An answer is the JSON text of a `Reply`:
 * objects would be copied into the page property by property.
 */
export interface Bridge {
  invoke<N extends ChannelName>(channel: N, request: BridgeRequest<N>): Promise<string>;
  on<N extends BridgeEventName>(event: N, listener: (payload: BridgeEvents[N]) => void): () => void;
}

/** Commands travel with their id; the same id and body gives the first reply again. */
export type BridgeRequest<N extends ChannelName> = N extends CommandName
  ? { readonly commandId: string; readonly body: Request<N> }
  : { readonly body: Request<N> };
