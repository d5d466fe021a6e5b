/**
 * OpenPGP as far as signatures need it: public keys, and messages signed with them. Messages are
 * foreign bytes, so their frame is read here, within limits, and only the cryptography is Bouncy
 * Castle's.
 */
@NullMarked
package landfall.openpgp;

import org.jspecify.annotations.NullMarked;
