/**
 * The shape of everything the bridge and the command line may ask of the application: one handler per channel of the
 * contract, so that a missing one fails to compile. Handlers get requests that are already validated and permitted.
 */
import type { ChannelName, ErrorCode, Request, Response } from '../../shared/contract/index.ts';
import type { BridgeEventName, BridgeEvents } from '../../shared/contract/index.ts';
import type { StaffMember } from '../../shared/domain/clinic.ts';
import type { Locale } from '../../shared/domain/local-text.ts';
import type { PrintJob } from '../../shared/domain/print-job.ts';
import type { CommandId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { CheckpointKey, Installation } from '../security/index.ts';

/** Who asks, and under which id a command is to be remembered. */
export interface CallContext {
  /** Set for commands, null for queries. */
  readonly commandId: CommandId | null;
}

export type Handler<N extends ChannelName> = (
  request: Request<N>,
  context: CallContext,
) => Promise<Result<Response<N>, ErrorCode<N>>>;

export type Handlers = { readonly [N in ChannelName]: Handler<N> };

/** What use cases need from the machine they run on; `src/main/composition.ts` supplies it, tests supply their own. */
export interface Surroundings {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** The machine's IANA time zone. */
  readonly systemTimeZone: string;
  /** The language the system asks for, or null when it is neither English nor Chinese. */
  readonly systemLocale: Locale | null;
  /** Version of the time-zone data in use: `process.versions.tz`. */
  readonly timeZoneData: string;
  readonly version: string;
  readonly runtimeFlavor: string;
  /** The key that signs checkpoints; null while it cannot be read. Without it nothing is signed. */
  checkpointKey?(): CheckpointKey | null;
  /** Which installation this is; null where it cannot be told: then nothing is noted or asked. */
  installation?(): Installation | null;
  /** Tells every open window. */
  emit<N extends BridgeEventName>(event: N, payload: BridgeEvents[N]): void;
  /** The system's dialogs; null when cancelled, or when there is no window to ask in. */
  chooseFolder(): Promise<string | null>;
  /** A backup's ledger file. */
  chooseBackup(): Promise<string | null>;
  chooseSavePath(suggestedName: string): Promise<string | null>;
  /** Lays a report or a timeline out on the print page: the bytes of a PDF on paper, of an HTML file as a page. */
  printReport(job: PrintJob): Promise<Uint8Array>;
  /** The system's printers; missing where nothing can be printed on without asking. */
  readonly paper?: {
    /** By their system names. */
    list(): Promise<readonly string[]>;
    /**
     * Prints without asking.
     * @param printer  null for the system's own choice
     * @throws where the system refuses
     */
    print(job: PrintJob, printer: string | null): Promise<void>;
  };
  /** Diagnostics with ids and codes, never names; a stack trace goes here and nowhere else. */
  log(entry: { readonly code: string; readonly detail?: string }): void;
}

/** The application as its windows and its command line see it. */
export interface Application {
  readonly handlers: Handlers;
  /** Whether the person at the desk (or, before there is one, anybody) may use a channel. */
  person(): StaffMember | null;
  /** Runs what is due by the clock: automatic confirmation, replans on passed targets. Call about once a minute. */
  tick(): Promise<void>;
  /** Once the window stands: does ahead what somebody will ask for first. */
  warm(): Promise<void>;
  /** The computer was asleep: the time that passed meanwhile is a pause and no jump of the clock. */
  wake(): void;
  /** Waits for what has been begun in the background: a search for a better plan. */
  settled(): Promise<void>;
  /** What a window still has to do before it closes: the backup, if one was planned for then. */
  beforeClosing(): Promise<void>;
  close(): Promise<void>;
}
