package landfall.plan.leftover;

import landfall.plan.candidate.Attribution;

/** What an image was called at its source, and how that is known. */
record Origin(String reference, Attribution attribution) {}
