/** Types of app-window.mjs for the tests, which are TypeScript. */
import type { ElectronApplication, Page } from 'playwright-core';

export interface WindowOptions {
  readonly ledger?: string;
  readonly language?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark' | 'contrast' | 'system';
  readonly sample?: boolean;
  readonly extra?: readonly string[];
}

export interface OpenOptions extends WindowOptions {
  readonly userData?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly clockMs?: number;
}

export interface OpenedWindow {
  readonly electronApp: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

export function windowArguments(options: WindowOptions): string[];
export function sandboxArguments(): string[];
export function driverArguments(): string[];
export function openWindow(options?: OpenOptions): Promise<OpenedWindow>;
export function whenReady(page: Page): Promise<void>;
export function goTo(page: Page, route: string): Promise<void>;
export function inMain<Result, Argument = undefined>(
  electronApp: ElectronApplication,
  work: (electron: typeof Electron.CrossProcessExports, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result>;
export function sleepUntil(electronApp: ElectronApplication, clockMs: number): Promise<void>;
export function resizeWindow(electronApp: ElectronApplication, width: number, height: number): Promise<void>;
export function takeScreenshot(page: Page, path: string): Promise<void>;
