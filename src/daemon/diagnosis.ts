/** The doctor's visit: finds out the facts, and gives the findings with their words. */
import { serviceTag } from "../net/discovery.ts";
import type { NeighbourFacts, Surroundings, Way } from "../net/survey.ts";
import type { Status } from "./api.ts";
import { diagnose, isWell, type Finding } from "./doctor.ts";
import { wordsOf, type Words } from "./doctorWords.ts";
import { examine } from "./probe.ts";

/** What the doctor says, as `couloir doctor --json` and `GET /api/doctor` give it. */
export interface Diagnosis {
  /** Nothing is in the way, as far as can be seen. */
  readonly well: boolean;
  readonly findings: readonly (Finding & Words)[];
  /** The links that there are, and how each leads. */
  readonly neighbours: readonly { readonly address: string; readonly way: Way; readonly inbound: boolean }[];
}

/** What is known of a daemon that runs. */
export interface Patient {
  readonly status: Status;
  /** Takes seconds. */
  readonly survey: () => Promise<Surroundings | undefined>;
}

const LISTEN_MS = 2_000;

const shown = ({ address, way, inbound }: NeighbourFacts): Diagnosis["neighbours"][number] => ({
  address,
  way,
  inbound,
});

/** Looks around from this machine, and from the daemon where one runs. Takes a few seconds. */
export const visit = async (patient?: Patient): Promise<Diagnosis> => {
  const venue = patient?.status.venue ?? "couloir";
  const [machine, around] = await Promise.all([
    examine({ service: serviceTag(venue), ms: LISTEN_MS, alone: (patient?.status.peers ?? 0) === 0 }),
    patient?.survey(),
  ]);
  const findings = diagnose({ ...machine, around, daemon: patient?.status });
  return {
    well: isWell(findings),
    findings: findings.map((finding) => ({ ...finding, ...wordsOf(finding) })),
    neighbours: (around?.neighbours ?? []).map(shown),
  };
};

/** Visits one at a time: whoever asks meanwhile gets the same answer. */
export const oneVisit = (patient: () => Patient): (() => Promise<Diagnosis>) => {
  let running: Promise<Diagnosis> | undefined;
  return () => {
    running ??= visit(patient()).finally(() => {
      running = undefined;
    });
    return running;
  };
};
