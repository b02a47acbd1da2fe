/** What a pool gives each of its threads once, for worker files of floors above. */
export { workerData } from "piscina";
