/** The handlers of every channel about reports. */
import { accept } from '../../../shared/result.ts';
import type { Handlers } from '../handlers.ts';
import type { Usecase } from '../usecase.ts';
import { within } from '../usecase.ts';
import type { Workplace } from '../workplace.ts';
import { getMapping, setMapping } from './export-mapping.ts';
import { ExportRun, exportReport } from './export-report.ts';
import { dropSchedule, getSchedules, setSchedule } from './export-schedules.ts';
import { getParts } from './get-parts.ts';
import { getPeriods, getReport } from './get-report.ts';

type ReportChannel = Extract<keyof Handlers, `report.${string}`>;

/** @param current  the books that are looked at: those of now, or of an instant in the past */
export function reportHandlers(current: () => Workplace | null): Pick<Handlers, ReportChannel> {
  const exports = new ExportRun();
  return {
    'report.utilization': within(current, getReport),
    'report.periods': within(current, getPeriods),
    'report.drill': within(current, getParts),
    'report.mapping': within(current, getMapping),
    'report.set-mapping': within(current, setMapping),
    'report.schedules': within(current, getSchedules),
    'report.set-schedule': within(current, setSchedule),
    'report.drop-schedule': within(current, dropSchedule),
    'report.choose-folder': within(current, chooseReportFolder),
    'report.export': within(current, exportReport(exports)),
    'report.cancel-export': () => {
      exports.cancel();
      return Promise.resolve(accept({}));
    },
  };
}

const chooseReportFolder: Usecase<'report.choose-folder'> = async (place) =>
  accept({ folder: await place.surroundings.chooseFolder() });
