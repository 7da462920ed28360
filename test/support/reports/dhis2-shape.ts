/** DHIS2 dataValueSets in the shape that its documentation gives (Web API, "Data values"). */
import { z } from 'zod';

const uid = z.string().regex(/^[A-Za-z][A-Za-z0-9]{10}$/);
const period = z.string().regex(/^\d{4}(\d{2}(\d{2})?|Q[1-4]|W([1-9]|[1-4]\d|5[0-3]))?$/);
export const documentedDataValueSet = z.strictObject({
  dataSet: uid.optional(),
  completeDate: z.iso.date().optional(),
  period,
  orgUnit: uid,
  attributeOptionCombo: uid.optional(),
  dataValues: z.array(
    z.strictObject({
      dataElement: uid,
      categoryOptionCombo: uid.optional(),
      period: period.optional(),
      orgUnit: uid.optional(),
      value: z.string().regex(/^-?\d+(\.\d+)?$/),
      comment: z.string().max(50_000).optional(),
    }),
  ),
});
