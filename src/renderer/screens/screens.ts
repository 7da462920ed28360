/**
 * What every screen takes, and where the code of each is. Today is there from the start; the others are loaded when they
 * are gone to, and all of them once the first screen stands, so that the start waits for one screen's code only.
 */
import type { Component } from 'svelte';
import type { Api } from '../api.ts';
import type { App } from '../app.svelte.ts';
import type { Route } from '../shell/route.ts';
import TodayScreen from './today/TodayScreen.svelte';

export interface ScreenProps {
  readonly app: App;
  readonly api: Api;
  readonly route: Route;
}

export type Screen = Component<ScreenProps>;
export type ScreenName = Route['name'];

export const FIRST_SCREEN: Readonly<Partial<Record<ScreenName, Screen>>> = { today: TodayScreen };

export const LATER_SCREENS: Readonly<
  Record<Exclude<ScreenName, 'today'>, () => Promise<{ readonly default: Screen }>>
> = {
  timeline: () => import('./timeline/TimelineScreen.svelte'),
  workspace: () => import('./workspace/WorkspaceScreen.svelte'),
  pools: () => import('./pools/PoolsScreen.svelte'),
  whatif: () => import('./whatif/WhatIfScreen.svelte'),
  pathways: () => import('./pathways/PathwaysScreen.svelte'),
  import: () => import('./import/ImportScreen.svelte'),
  reports: () => import('./reports/ReportsScreen.svelte'),
  ledger: () => import('./ledger/LedgerScreen.svelte'),
  settings: () => import('./settings/SettingsScreen.svelte'),
};
