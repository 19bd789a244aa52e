/**
 * Imports a module of this folder, which has its own lock file: the peers weigh half a gigabyte and
 * only `npm run bench` installs them.
 */
export const load = (name: string): Promise<unknown> => import(name);
