/** Types of project.mjs for the tests, which are TypeScript. */
export const root: string;
