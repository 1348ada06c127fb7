/** The number of this process among the workers of one server, from 1; undefined where there is one process, and in the primary. */

/** In the environment of a worker; nobody sets it by hand. */
export const WORKER_VARIABLE = "PHALANX_WORKER";

/** In the environment of a worker: what all of them sign with. */
export const SECRET_VARIABLE = "PHALANX_WORKERS_SECRET";

const said = process.env[WORKER_VARIABLE];

export const workerId: number | undefined = said === undefined ? undefined : Number(said);
