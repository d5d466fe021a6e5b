package landfall.campaign;

/** The parts of the campaign by their names on the command line. */
enum PartName {
  KILLS,
  CRASHES,
  OUTAGES,
  REDROPS,
  COPIES,
  FAULTS,
  CUTS,
  SYNCS
}
