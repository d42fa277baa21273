/** What other areas see of this one. */
export { listImports, listSources } from './register.service.ts';
