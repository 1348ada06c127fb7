/** Contenders in turns: whatever else the machine does hits all of them alike, and the same repetition is the same time. */

/** @returns what each repetition of each contender measured, the contenders in the given order. */
export async function compareInTurns<Name, Measurement>(
  names: readonly Name[],
  repetitions: number,
  measure: (name: Name, repetition: number) => Promise<Measurement>,
): Promise<Map<Name, Measurement[]>> {
  const measured = new Map<Name, Measurement[]>(names.map((name) => [name, []]));
  for (let repetition = 1; repetition <= repetitions; repetition++)
    for (const [name, all] of measured) all.push(await measure(name, repetition));
  return measured;
}
