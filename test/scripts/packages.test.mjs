/**
 * What a package says of itself: which runtime it is on, and its entry in Debian's lists.
 */
import { describe, expect, test } from 'vitest';
import { packageFlavor } from '../../scripts/lib/packages.mjs';
import { packageJson } from '../../scripts/lib/project.mjs';
import { controlText } from '../../scripts/packaging/fpm.mjs';

describe('a package', () => {
  const { version } = packageJson();
  const cases = [
    { kind: 'pinned', want: { version, runtimeFlavor: 'pinned' } },
    { kind: 'registry', want: { version: `${version}+testruntime`, runtimeFlavor: 'testruntime' } },
    { kind: 'override', want: { version: `${version}+testruntime`, runtimeFlavor: 'testruntime' } },
  ];
  test.each(cases)('on the $kind runtime is marked so', ({ kind, want }) => {
    expect(packageFlavor({ kind })).toEqual(want);
  });
});

test('Debian’s control file indents the description’s further lines and leaves out what is not there', () => {
  const values = {
    name: 'clinic-allocator',
    version: '0.1.0',
    architecture: 'amd64',
    maintainer: 'Somebody <a@b.example>',
    depends: ['libnss3', 'libgbm1'],
    description: 'Shares capacity\n Between kinds of work.\n\n Offline.',
  };
  expect(controlText(values, 42)).toBe(
    [
      'Package: clinic-allocator',
      'Version: 0.1.0',
      'Section: misc',
      'Priority: optional',
      'Architecture: amd64',
      'Depends: libnss3, libgbm1',
      'Installed-Size: 42',
      'Maintainer: Somebody <a@b.example>',
      'Description: Shares capacity',
      ' Between kinds of work.',
      ' .',
      ' Offline.',
      '',
    ].join('\n'),
  );
});
