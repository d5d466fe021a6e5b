/**
 * Credentials, challenges and tokens: where they are found and what they say. Sends nothing; a
 * secret leaves this package only as a header value.
 */
@NullMarked
package landfall.registry.auth;

import org.jspecify.annotations.NullMarked;
