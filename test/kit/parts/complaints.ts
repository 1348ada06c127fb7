/**
 * The complaints of a decoder or an encoder on the console, each of which is a fault: it cannot read something, and
 * goes on.
 */
import { afterEach, beforeEach, expect, vi } from "vitest";

/** To be called once in a test file. */
export function failOnComplaints(): void {
  let complaints: string[];
  beforeEach(() => {
    complaints = [];
    const note = (...said: unknown[]): void => void complaints.push(said.map(String).join(" "));
    for (const level of ["error", "warn"] as const) vi.spyOn(console, level).mockImplementation(note);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}
