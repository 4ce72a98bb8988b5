/**
 * Below so many runs averages and rates say little. 30 is the usual rule of thumb for when the mean of a sample is close
 * enough to normally distributed that its spread can be reasoned about; it is a convention and no sharp border.
 */
const enough = 30;

/** Whether figures rest on too few runs to be compared. */
export const isSmallSample = (runs: number): boolean => runs < enough;
