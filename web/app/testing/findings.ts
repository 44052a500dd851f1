import type { DoctorFinding } from "../../peer/backend.ts";

const finding = (code: string, level: DoctorFinding["level"], values: DoctorFinding["values"] = {}): DoctorFinding => ({
  code,
  level,
  values,
});

/** What a doctor finds where everything is wrong at once. */
export const FINDINGS: readonly DoctorFinding[] = [
  finding("clock", "bad", { year: "1970" }),
  finding("clock-behind", "look", { minutes: 14, others: 3 }),
  finding("clock-ahead", "look", { minutes: 1, others: 2 }),
  finding("clock-differs", "look", { minutes: 9, others: 1 }),
  finding("no-address", "bad"),
  finding("address", "good", { addresses: "192.168.8.31 (wlan0)" }),
  finding("self-assigned", "look"),
  finding("vpn", "look", { names: "tun0" }),
  finding("public-address", "note"),
  finding("no-gateway", "look"),
  finding("portal", "look", { gateway: "192.168.8.1" }),
  finding("isolation", "look", { hosts: "192.168.8.44, 192.168.8.45", apart: 2, by: "192.168.8.20" }),
  finding("multicast-unsent", "look"),
  finding("multicast-filtered", "look", { others: 2 }),
  finding("multicast-off", "note"),
  finding("multicast-silent", "note"),
  finding("firewall", "look", { others: 1 }),
  finding("not-listening", "bad"),
  finding("venue-differs", "bad", { others: 2, venue: "Palais", theirs: 8, buckets: 1 }),
  finding("venue-others-differ", "note", { others: 1, venue: "Palais", theirs: 1, buckets: 8 }),
  finding("venue-key-missing", "look", { venue: "Palais" }),
  finding("venue-key-some", "note", { others: 1, venue: "Palais" }),
  finding("venue-key-differs", "look", { others: 1, venue: "Palais" }),
  finding("venue-key-others", "note", { others: 1, venue: "Palais" }),
  finding("paths", "good", { links: 3, tcp: 2, hub: 1, webrtc: 0, relay: 0 }),
];
