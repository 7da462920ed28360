/** Which screen shows a route. Every screen takes the application, its API and the route it was opened by. */
import type { Component } from 'svelte';
import type { Api } from '../api.ts';
import type { App } from '../app.svelte.ts';
import type { Route } from '../shell/route.ts';
import ImportScreen from './import/ImportScreen.svelte';
import LedgerScreen from './ledger/LedgerScreen.svelte';
import PathwaysScreen from './pathways/PathwaysScreen.svelte';
import PoolsScreen from './pools/PoolsScreen.svelte';
import ReportsScreen from './reports/ReportsScreen.svelte';
import SettingsScreen from './settings/SettingsScreen.svelte';
import TimelineScreen from './timeline/TimelineScreen.svelte';
import TodayScreen from './today/TodayScreen.svelte';
import WhatIfScreen from './whatif/WhatIfScreen.svelte';
import WorkspaceScreen from './workspace/WorkspaceScreen.svelte';

export interface ScreenProps {
  readonly app: App;
  readonly api: Api;
  readonly route: Route;
}

export const SCREENS: Readonly<Record<Route['name'], Component<ScreenProps>>> = {
  today: TodayScreen,
  timeline: TimelineScreen,
  workspace: WorkspaceScreen,
  pools: PoolsScreen,
  whatif: WhatIfScreen,
  pathways: PathwaysScreen,
  import: ImportScreen,
  reports: ReportsScreen,
  ledger: LedgerScreen,
  settings: SettingsScreen,
};
