/** A wait for a time, where there is nothing to wait for: that something goes on, or does not happen. Else take `until`. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
